// String: a text box that grows with its lines and says how many bytes the text has in UTF-8.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useRequest } from "../../request/requestStore.ts";
import { useValueAt, type ControlProps } from "../fieldState.ts";

const maxHeightPx = 320;

/** Sets a text box as high as its text, up to a limit. */
export function useAutoHeight(text: string): { current: HTMLTextAreaElement | null } {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) {
      element.style.height = "auto";
      const border = element.offsetHeight - element.clientHeight;
      element.style.height = `${Math.min(element.scrollHeight + border, maxHeightPx)}px`;
    }
  }, [text]);
  return box;
}

export function byteCount(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "byte" : "bytes"}`;
}

export function TextField(control: ControlProps): JSX.Element {
  const request = useRequest();
  const value = useValueAt(control.pointer);
  const text = typeof value === "string" ? value : "";
  const box = useAutoHeight(text);
  return (
    <div class="text-control">
      <textarea
        ref={box}
        id={control.inputId}
        class="input textarea"
        data-testid="input"
        rows={1}
        value={text}
        placeholder="empty string"
        spellcheck={false}
        aria-label={control.label}
        aria-describedby={control.describedBy}
        aria-invalid={control.isInvalid ? "true" : undefined}
        onInput={(event) => {
          request.setAt(control.pointer, event.currentTarget.value);
        }}
        onBlur={() => {
          request.touch(control.pointer);
        }}
      />
      <span class="input-count" data-testid="byte-count">
        {byteCount(new TextEncoder().encode(text).length)}
      </span>
    </div>
  );
}
