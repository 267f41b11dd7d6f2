// uuid: sixteen bytes with their length, because bincode is not human readable; `compact` leaves the length out.

import type { TypeSchema, ValueFormat } from "../../../model/schema/schema.ts";
import type { Resolved } from "../resolved.ts";
import type { CatalogueUse, CrateCatalogue } from "./catalogueEntry.ts";

function uuidType({ rustType, key }: CatalogueUse): Resolved {
  return { schema: { rustType, kind: "bytes", format: "uuid" }, key };
}

function compact({ rustType }: TypeSchema): TypeSchema {
  return { rustType, kind: "bytes", length: 16, format: "uuid" };
}

/** Text in one way of writing, which alone is read. */
function text(format: ValueFormat) {
  return ({ rustType }: TypeSchema): TypeSchema => ({ rustType, kind: "string", format });
}

const texts = [
  ["braced", text("uuidBraced")],
  ["hyphenated", text("uuidHyphenated")],
  ["simple", text("uuidSimple")],
  ["urn", text("uuidUrn")],
] as const;

/** In an option the helper stands for what is inside. */
function optional(inner: (type: TypeSchema) => TypeSchema) {
  return (type: TypeSchema): TypeSchema | undefined =>
    type.kind === "option" ? { ...type, inner: inner(type.inner) } : undefined;
}

export const uuid: CrateCatalogue = {
  versions: ["0.8", "1"],
  types: { Uuid: uuidType, NonNilUuid: uuidType },
  helpers: {
    "serde::compact": compact,
    "serde::compact::option": optional(compact),
    ...Object.fromEntries(
      texts.flatMap(([form, written]) => [
        [`serde::${form}`, written],
        [`serde::${form}::option`, optional(written)],
      ]),
    ),
  },
};
