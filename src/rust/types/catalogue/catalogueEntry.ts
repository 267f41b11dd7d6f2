// What a crate of the catalogue says about its types: the wire form of the versions that were compared with its source.

import type { NamedType, TypeSchema, ValueFormat } from "../../../model/schema/schema.ts";
import { primitiveShape, resolved, type Resolved, type TypeSink } from "../resolved.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";

/** One use of a type of the catalogue. */
export interface CatalogueUse {
  readonly rustType: string;
  /** Unique for the type with its arguments. */
  readonly key: string;
  readonly arguments: readonly Resolved[];
  /** Values of its constant arguments; null where one cannot be told. */
  readonly constants: readonly (bigint | null)[];
  readonly sink: TypeSink;
  /** Features of the crate that the build turns on, as far as manifests tell. */
  readonly features: ReadonlySet<string>;
  readonly direction: WireDirection;
}

export interface CrateCatalogue {
  /** Version lines that were compared with the source: `"1"`, `"0.4"`. */
  readonly versions: readonly string[];
  /** Types by name; undefined where arguments are missing. */
  readonly types: Readonly<Record<string, (use: CatalogueUse) => Resolved | undefined>>;
  /** Modules for `#[serde(with = "…")]`, by their path in the crate: what they write for a type that stands there. */
  readonly helpers?: Readonly<Record<string, Helper>>;
}

/** What a helper module writes or reads for a type; undefined for types that it is not made for. */
export type Helper = (inner: TypeSchema, direction: WireDirection) => TypeSchema | undefined;

/** `schema` with a warning where it is read, as something that asks the format what comes next (`deserialize_any`). */
export function unreadable(
  schema: TypeSchema,
  direction: WireDirection,
  message: string,
): TypeSchema {
  return direction === "writing"
    ? schema
    : { ...schema, warnings: [{ code: "unreadableType", message }] };
}

/** A version without a lock file may be a requirement: only the first number and what follows counts. */
export function isOfLine(version: string | null, lines: readonly string[]): boolean {
  const numbers = /\d+(?:\.\d+)*/.exec(version ?? "")?.[0];
  return (
    numbers === undefined ||
    lines.some(
      (line) =>
        numbers === line || numbers.startsWith(`${line}.`) || line.startsWith(`${numbers}.`),
    )
  );
}

export function string(format?: ValueFormat): (use: CatalogueUse) => Resolved {
  return ({ rustType, key }) => ({ schema: stringType(rustType, format), key });
}

function stringType(rustType: string, format: ValueFormat | undefined): TypeSchema {
  return format === undefined ? { rustType, kind: "string" } : { rustType, kind: "string", format };
}

export function bytes({ rustType, key }: CatalogueUse): Resolved {
  return resolved(rustType, key, { kind: "bytes" });
}

/** A tuple of integers with a human form, as the crate `time` writes all its types. */
export function integers(format: ValueFormat, ...types: string[]) {
  return ({ rustType, key }: CatalogueUse): Resolved => {
    const elements = types.map(primitive);
    const schema: TypeSchema = { rustType, kind: "tuple", elements, format };
    return { schema, key };
  };
}

export function integer(type: string, format?: ValueFormat) {
  return ({ rustType, key }: CatalogueUse): Resolved => ({
    schema: { ...primitive(type), rustType, ...(format === undefined ? {} : { format }) },
    key,
  });
}

export function primitive(name: string): TypeSchema {
  return { rustType: name, ...(primitiveShape(name) ?? { kind: "unit" }) };
}

/** An enum of newtype variants in order. */
export function newtypeEnum(
  name: string,
  variants: readonly (readonly [string, TypeSchema])[],
): NamedType {
  return {
    kind: "enum",
    name,
    variants: variants.map(([variant, inner], index) => ({
      name: variant,
      index,
      body: { kind: "newtype", inner },
    })),
    warnings: [],
  };
}
