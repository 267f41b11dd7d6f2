// A one-line text input for a scalar: shows what is typed while it has the focus, the value's own text otherwise.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { JsonValue } from "../../src/model/value/value.ts";
import { useRequest } from "../request/requestStore.ts";
import { equalValues } from "../values/equalValues.ts";
import { useValueAt, type ControlProps } from "./fieldState.ts";

interface ScalarInputProps extends ControlProps {
  readonly toText: (value: JsonValue) => string;
  /** The text shown without focus, when it differs. */
  readonly toShownText?: ((text: string) => string) | undefined;
  readonly fromText: (text: string) => JsonValue;
  /** What ↑ and ↓ do; without it they do nothing. */
  readonly onStep?: (value: JsonValue, steps: number) => JsonValue | undefined;
  readonly inputMode?: "numeric" | "decimal" | "text";
  readonly placeholder?: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

export function ScalarInput(props: ScalarInputProps): JSX.Element {
  const request = useRequest();
  const value = useValueAt(props.pointer);
  const typed = useSignal<string | null>(null);
  const isCurrent = typed.value !== null && equalValues(props.fromText(typed.value), value);
  const text = props.toText(value);
  const shown =
    typed.value === null ? (props.toShownText?.(text) ?? text) : isCurrent ? typed.value : text;

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (direction === 0 || event.altKey || event.ctrlKey || props.onStep === undefined) {
      return;
    }
    event.preventDefault();
    const next = props.onStep(value, direction * (event.shiftKey ? 10 : 1));
    if (next !== undefined) {
      typed.value = props.toText(next);
      request.setAt(props.pointer, next);
    }
  };

  return (
    <div class={`input-box ${props.class ?? ""}`}>
      <input
        type="text"
        id={props.inputId}
        class="input mono"
        data-testid="input"
        value={shown}
        inputMode={props.inputMode ?? "text"}
        placeholder={props.placeholder}
        autocomplete="off"
        spellcheck={false}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid ? "true" : undefined}
        onFocus={() => {
          typed.value = text;
        }}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          request.setAt(props.pointer, props.fromText(event.currentTarget.value));
        }}
        onBlur={() => {
          typed.value = null;
          request.touch(props.pointer);
        }}
        onKeyDown={onKeyDown}
      />
      {props.children}
    </div>
  );
}
