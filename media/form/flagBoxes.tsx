// The bits of a type with flags as check boxes: one for each named flag, half checked where only some of its bits are set, and
// one for the bits that no flag names, as long as there are any. Bits without a name are given in the text above.

import type { JSX } from "preact";
import { bitsOf, flagBits, printFlags } from "../../src/codec/formats/flags.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import { useRequest } from "../request/requestStore.ts";
import { useValueAt, type ControlProps } from "./fieldState.ts";

interface FlagBoxesProps extends Pick<ControlProps, "pointer" | "label" | "describedBy"> {
  readonly type: Extract<TypeSchema, { kind: "integer" }>;
}

export function FlagBoxes({ type, pointer, label, describedBy }: FlagBoxesProps): JSX.Element {
  const request = useRequest();
  const value = useValueAt(pointer);
  const parsed = typeof value === "string" ? flagBits(type, value) : undefined;
  const bits = parsed?.ok === true ? parsed.value : bitsOf(type, value);
  const named = type.flags?.named ?? [];
  const all = named.reduce((union, flag) => union | BigInt(flag.value), 0n);
  const nameless = (bits ?? 0n) & ~all;
  const set = (next: bigint) => {
    request.setAt(pointer, printFlags(type, next));
    request.touch(pointer);
  };
  return (
    <div
      class="flags"
      role="group"
      aria-label={`Flags of ${label}`}
      aria-describedby={describedBy}
      data-testid="flags"
    >
      {named.map(({ name, value: digits, doc }) => (
        <FlagBox
          key={name}
          name={name}
          title={`${doc === undefined ? "" : `${doc}\n`}0x${BigInt(digits).toString(16)}`}
          flag={BigInt(digits)}
          bits={bits}
          onChange={set}
        />
      ))}
      {nameless === 0n ? null : (
        <FlagBox
          name={`0x${nameless.toString(16)}`}
          title="Bits that no flag names"
          flag={nameless}
          bits={bits}
          onChange={set}
        />
      )}
    </div>
  );
}

interface FlagBoxProps {
  readonly name: string;
  readonly title: string;
  readonly flag: bigint;
  /** All bits that are set; undefined while the text says none. */
  readonly bits: bigint | undefined;
  readonly onChange: (bits: bigint) => void;
}

function FlagBox({ name, title, flag, bits, onChange }: FlagBoxProps): JSX.Element {
  const set = (bits ?? 0n) & flag;
  const isSet = bits !== undefined && set === flag && flag !== 0n;
  return (
    <label class="checkbox flag" title={title}>
      <input
        type="checkbox"
        data-testid={`flag-${name}`}
        checked={isSet}
        disabled={bits === undefined || flag === 0n}
        ref={(box) => {
          if (box !== null) {
            box.indeterminate = !isSet && set !== 0n;
          }
        }}
        onChange={(event) => {
          const rest = (bits ?? 0n) & ~flag;
          onChange(event.currentTarget.checked ? rest | flag : rest);
        }}
      />
      <span class="mono">{name}</span>
    </label>
  );
}
