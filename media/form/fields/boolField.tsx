// bool: a checkbox that says its value in words.

import type { JSX } from "preact";
import { useRequest } from "../../request/requestStore.ts";
import { useValueAt, type ControlProps } from "../fieldState.ts";

export function BoolField(control: ControlProps): JSX.Element {
  const request = useRequest();
  const value = useValueAt(control.pointer);
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        id={control.inputId}
        data-testid="input"
        checked={value === true}
        aria-label={control.label}
        aria-describedby={control.describedBy}
        onChange={(event) => {
          request.setAt(control.pointer, event.currentTarget.checked);
        }}
      />
      <span class="mono">{value === true ? "true" : "false"}</span>
    </label>
  );
}
