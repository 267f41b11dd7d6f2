// Integers of all widths: text and BigInt, steps with the arrow keys, and shortcuts to the limits of the long ones.

import type { JSX } from "preact";
import { integerRange, type IntegerType } from "../../../src/codec/kinds/integers.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { useRequest } from "../../request/requestStore.ts";
import {
  groupDigits,
  integerFromText,
  integerOf,
  integerToText,
} from "../../values/integerText.ts";
import type { ControlProps } from "../fieldState.ts";
import { stepStops } from "../fieldStops.ts";
import { ScalarInput } from "../scalarInput.tsx";

export function IntegerField({
  type,
  ...control
}: ControlProps & { type: IntegerType }): JSX.Element {
  const request = useRequest();
  const { min, max } = integerRange(type);
  const fromText = (text: string) => integerFromText(text, type);

  const step = (value: JsonValue, steps: number): JsonValue | undefined => {
    const current = integerOf(integerToText(value));
    if (current === undefined) {
      return fromText(min > 0n ? min.toString() : "0");
    }
    const next = current + BigInt(steps);
    return fromText((next < min ? min : next > max ? max : next).toString());
  };

  const limits = [
    { label: "min", value: min },
    ...(min < 0n ? [{ label: "0", value: 0n }] : []),
    { label: "max", value: max },
  ];
  return (
    <div class="control-row">
      <ScalarInput
        {...control}
        class={type.bits > 64 ? "input-wide" : "input-number"}
        inputMode="numeric"
        toText={integerToText}
        toShownText={type.bits > 32 ? groupDigits : undefined}
        fromText={fromText}
        onStep={step}
      />
      {type.bits < 64 ? null : (
        <span
          class="chips"
          role="toolbar"
          aria-label={`Limits of ${type.rustType}`}
          onKeyDown={stepStops}
        >
          {limits.map((limit, index) => (
            <button
              key={limit.label}
              type="button"
              class="chip"
              tabIndex={index === 0 ? 0 : -1}
              data-testid={`chip-${limit.label}`}
              title={`Set to ${limit.value.toString()}`}
              onClick={() => {
                request.setAt(control.pointer, fromText(limit.value.toString()));
              }}
            >
              {limit.label}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}
