// What a draft keeps of values that no longer fit their type: in the side table at the place where they stood, oldest first, so
// that a list's edits take them along with their rows.

import type { Shape } from "../values/shape.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import type { SideEntry, SideTable } from "../values/sideTable.ts";

export type ShapeKind = Shape["kind"];

export interface KeptPart {
  /** What stood there; absent where the place itself is new. */
  readonly value?: JsonValue;
  /** What stands there as long as nobody changes it; absent where the place is gone. */
  readonly instead?: JsonValue;
  /** Kind of the type that the value is of. */
  readonly kind?: ShapeKind;
  /** The type began with this value: nobody typed it. */
  readonly isDefault?: true;
}

export function keptAt(side: SideTable, pointer: string): readonly KeptPart[] {
  return (Object.hasOwn(side, pointer) ? side[pointer]?.kept : undefined) ?? [];
}

/** A copy of `side` that keeps these parts, and no others, at the place. */
export function withKept(side: SideTable, pointer: string, parts: readonly KeptPart[]): SideTable {
  const { kept: _, ...entry }: SideEntry = side[pointer] ?? {};
  if (parts.length > 0) {
    return { ...side, [pointer]: { ...entry, kept: parts } };
  }
  const { [pointer]: __, ...others } = side;
  return Object.keys(entry).length === 0 ? others : { ...others, [pointer]: entry };
}

/** A change of what is kept at a place. */
export interface KeptNote {
  readonly pointer: string;
  readonly keep?: KeptPart;
  /** This one is used again. */
  readonly drop?: KeptPart;
}

/** A copy of `side` with such changes. */
export function noted(side: SideTable, notes: readonly KeptNote[]): SideTable {
  const changed: Record<string, SideEntry> = { ...side };
  for (const { pointer, keep, drop } of notes) {
    const left = keptAt(changed, pointer).filter((part) => part !== drop);
    const kept = keep === undefined ? left : [...left, keep];
    changed[pointer] = { ...changed[pointer], kept };
    if (kept.length === 0) {
      const { kept: _, ...entry } = changed[pointer];
      changed[pointer] = entry;
    }
  }
  return changed;
}

/** A copy of `side` with nothing but what is kept. */
export function onlyKept(side: SideTable): SideTable {
  return Object.fromEntries(
    Object.entries(side).flatMap(([pointer, { kept }]) =>
      kept === undefined ? [] : [[pointer, { kept }]],
    ),
  );
}
