// Floats: text, a menu for the values that are hard to type, and a note on what an f32 really stores.

import type { JSX } from "preact";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { useRequest } from "../../request/requestStore.ts";
import { floatFromText, floatToText, roundingNote } from "../../values/floatText.ts";
import { MenuButton } from "../../widgets/menu.tsx";
import { useValueAt, type ControlProps } from "../fieldState.ts";
import { ScalarInput } from "../scalarInput.tsx";

const specials: readonly { readonly id: string; readonly label: string; readonly value: string }[] =
  [
    { id: "nan", label: "NaN", value: "NaN" },
    { id: "inf", label: "+Infinity", value: "Infinity" },
    { id: "neg-inf", label: "-Infinity", value: "-Infinity" },
    { id: "neg-zero", label: "-0", value: "-0" },
  ];

function stepFloat(value: JsonValue, steps: number): JsonValue | undefined {
  return typeof value === "number" ? Number((value + steps).toPrecision(15)) : undefined;
}

export function FloatField({ bits, ...control }: ControlProps & { bits: 32 | 64 }): JSX.Element {
  const request = useRequest();
  const note = roundingNote(useValueAt(control.pointer), bits);
  return (
    <div class="control-row">
      <ScalarInput
        {...control}
        class="input-number"
        inputMode="decimal"
        toText={floatToText}
        fromText={floatFromText}
        onStep={stepFloat}
      />
      <MenuButton
        label={`Special values for ${control.label}`}
        icon="chevron-down"
        isCompact
        testId="float-menu"
        items={specials.map((special) => ({
          id: special.id,
          label: special.label,
          onSelect: () => {
            request.setAt(control.pointer, special.value);
          },
        }))}
      />
      {note === undefined ? null : (
        <span class="hint" data-testid="float-note">
          stored as <span class="mono">{note}</span>
        </span>
      )}
    </div>
  );
}
