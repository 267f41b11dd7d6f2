// What the form remembers beside the value, by JSON pointer: what the user typed under a variant that is not chosen now,
// what is open, and identities of list rows. Plain data, so it survives a reload; list edits move it with the rows.

import type { KeptPart } from "../draft/keptParts.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

export interface SideEntry {
  /** What stood here and does not fit the type that the source gives it now. */
  readonly kept?: readonly KeptPart[];
  /** Values of the alternatives that are not chosen: by variant name, "some", "Ok", "Err", … */
  readonly drafts?: Readonly<Record<string, JsonValue>>;
  readonly isOpen?: boolean;
  /** One number a row, unique in its list, so that focus and drafts follow a row that moves. */
  readonly rowKeys?: readonly number[];
  /** First row shown of a long list. */
  readonly page?: number;
}

export type SideTable = Readonly<Record<string, SideEntry>>;

/** A copy with `patch` laid over the entry at `pointer`. */
export function withSideEntry(side: SideTable, pointer: string, patch: SideEntry): SideTable {
  return { ...side, [pointer]: { ...side[pointer], ...patch } };
}

/** Where each row of a list came from after an edit: the old index, or null for a new row. */
export type RowOrigins = readonly (number | null)[];

/**
 * Moves all entries below the list at `pointer` along with its rows. A row that stands twice in `origins` (duplicated)
 * takes its entries to both places; rows that are in none lose theirs.
 */
export function moveRows(side: SideTable, pointer: string, origins: RowOrigins): SideTable {
  const prefix = `${pointer}/`;
  const result: Record<string, SideEntry> = {};
  const byRow = new Map<string, [rest: string, SideEntry][]>();
  for (const [place, entry] of Object.entries(side)) {
    if (!place.startsWith(prefix)) {
      result[place] = entry;
      continue;
    }
    const tail = place.slice(prefix.length);
    const cut = tail.indexOf("/");
    const row = cut === -1 ? tail : tail.slice(0, cut);
    const entries = byRow.get(row) ?? [];
    entries.push([cut === -1 ? "" : tail.slice(cut), entry]);
    byRow.set(row, entries);
  }
  origins.forEach((origin, index) => {
    for (const [rest, entry] of byRow.get(String(origin)) ?? []) {
      result[`${prefix}${index}${rest}`] = entry;
    }
  });
  const oldKeys = side[pointer]?.rowKeys ?? [];
  return withSideEntry(result, pointer, { rowKeys: newRowKeys(oldKeys, origins) });
}

/** The keys of a list of `count` rows: the remembered ones where they fit, else plain positions. */
export function rowKeysOf(entry: SideEntry | undefined, count: number): readonly number[] {
  const keys = entry?.rowKeys;
  return keys?.length === count ? keys : Array.from({ length: count }, (_, index) => index);
}

function newRowKeys(oldKeys: readonly number[], origins: RowOrigins): number[] {
  let next = Math.max(-1, ...oldKeys, ...origins.map((origin) => origin ?? -1)) + 1;
  const used = new Set<number>();
  return origins.map((origin) => {
    const kept = origin === null ? undefined : (oldKeys[origin] ?? origin);
    const key = kept === undefined || used.has(kept) ? next++ : kept;
    used.add(key);
    return key;
  });
}
