// Small questions about the serde attributes of fields and variants: which are there, where they stand, what they leave out.

import type { TypeSchema } from "../../../model/schema/schema.ts";
import type { Resolved } from "../resolved.ts";
import { entryText, serdeEntries, type MetaEntry } from "../../syntax/items/attributes.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";
import type {
  EnumItem,
  FieldSource,
  Fragment,
  StructItem,
  VariantSource,
} from "../../syntax/items/items.ts";

/** Left out of what is read or written. */
export function isLeftOut(part: FieldSource | VariantSource, direction: WireDirection): boolean {
  const entries = byName(serdeEntries(part));
  return (
    entries.has("skip") ||
    entries.has(direction === "reading" ? "skip_deserializing" : "skip_serializing")
  );
}

/**
 * The field for which serde makes a map of what holds it, to put the field's own entries into it. A variant becomes a map when
 * it is written even if the field is left out.
 */
export function flattenedField(
  fields: readonly FieldSource[],
  direction: WireDirection,
  isVariant: boolean,
): FieldSource | undefined {
  const isAny = isVariant && direction === "writing";
  return fields.find(
    (field) =>
      byName(serdeEntries(field)).has("flatten") && (isAny || !isLeftOut(field, direction)),
  );
}

/** The field that a `transparent` struct is to serde: one that is written, or one that is read and has no default. */
export function transparentField(
  fields: readonly FieldSource[],
  direction: WireDirection,
): FieldSource | undefined {
  return fields.find((field) => {
    const hasDefault = direction === "reading" && byName(serdeEntries(field)).has("default");
    return !isLeftOut(field, direction) && !hasDefault && !isPhantom(field.type.text);
  });
}

/** As serde tells: by the last name of the type's path. */
function isPhantom(type: string): boolean {
  return /^(?:(?:::\s*)?\w+\s*::\s*)*PhantomData\s*(?:(?:::\s*)?<.*)?$/su.test(type);
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

/** What `serde_bytes` writes: a length and bytes, also for arrays of any length; inside an option too. */
export function asBytes({ schema, key }: Resolved): TypeSchema | undefined {
  const { rustType } = schema;
  if (schema.kind === "option") {
    const inner = asBytes({ schema: schema.inner, key: "" });
    return inner && { rustType, kind: "option", inner };
  }
  const length = /^\[u8;(?<length>\d+)\]$/u.exec(key)?.groups?.["length"];
  return schema.kind === "bytes"
    ? countedBytes(rustType, schema.length)
    : length === undefined
      ? undefined
      : countedBytes(rustType, Number(length));
}

/** Bytes with their length before them, also where it is always the same. */
export function countedBytes(rustType: string, length: number | undefined): TypeSchema {
  return { rustType, kind: "bytes", ...(length === undefined ? {} : { length, isCounted: true }) };
}
