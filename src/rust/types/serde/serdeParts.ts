// Small questions about the serde attributes of fields and variants: which are there, where they stand, what they leave out.

import { entryText, serdeEntries, type MetaEntry } from "../../syntax/attributes.ts";
import type { WireDirection } from "../../syntax/direction.ts";
import type {
  EnumItem,
  FieldSource,
  Fragment,
  StructItem,
  VariantSource,
} from "../../syntax/items.ts";

/** Left out of what is read or written. */
export function isLeftOut(part: FieldSource | VariantSource, direction: WireDirection): boolean {
  const entries = byName(serdeEntries(part));
  return (
    entries.has("skip") ||
    entries.has(direction === "reading" ? "skip_deserializing" : "skip_serializing")
  );
}

/** Where the attribute with that serde entry stands, else the whole part. */
export function attributePlace(
  part: FieldSource | VariantSource | StructItem | EnumItem,
  name: string,
): Fragment {
  const attribute = part.attributes.find((candidate) =>
    byName(serdeEntries({ attributes: [candidate] })).has(name),
  );
  return attribute ?? part;
}

/** Entries by their names. */
export function byName(entries: readonly MetaEntry[]): ReadonlyMap<string, MetaEntry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

/** The text of an entry. */
export function entryValue(
  entries: ReadonlyMap<string, MetaEntry>,
  name: string,
): string | undefined {
  const entry = entries.get(name);
  return entry === undefined ? undefined : (entryText(entry) ?? undefined);
}
