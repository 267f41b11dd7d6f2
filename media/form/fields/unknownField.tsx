// A type that is not known from source: its bincode bytes in hex, with the reason. Never a guess.

import type { JSX } from "preact";
import { isJsonObject } from "../../../src/model/value/jsonObject.ts";
import { useRequest } from "../../request/requestStore.ts";
import { useValueAt, type ControlProps } from "../fieldState.ts";
import { useAutoHeight } from "./textField.tsx";

export function UnknownField({
  reason,
  ...control
}: ControlProps & { reason: string }): JSX.Element {
  const request = useRequest();
  const value = useValueAt(control.pointer);
  const raw = isJsonObject(value) && typeof value["$raw"] === "string" ? value["$raw"] : "";
  const text = raw.replace(/^hex:/, "");
  const box = useAutoHeight(text);
  const reasonId = `${control.inputId}:reason`;
  return (
    <div class="bytes-control">
      <textarea
        ref={box}
        id={control.inputId}
        class="input textarea mono"
        data-testid="input"
        rows={1}
        value={text}
        placeholder="bincode bytes in hex"
        spellcheck={false}
        aria-label={`${control.label}, bincode bytes in hex`}
        aria-describedby={[reasonId, control.describedBy].filter(Boolean).join(" ")}
        aria-invalid={control.isInvalid ? "true" : undefined}
        onInput={(event) => {
          request.setAt(control.pointer, { $raw: `hex:${event.currentTarget.value}` });
        }}
        onBlur={() => {
          request.touch(control.pointer);
        }}
      />
      <p class="hint" id={reasonId} data-testid="unknown-reason">
        {reason} Give the bytes that bincode writes for it, in hex.
      </p>
    </div>
  );
}
