// uuid: sixteen bytes with their length, because bincode is not human readable; `compact` leaves the length out.

import type { TypeSchema } from "../../model/schema.ts";
import type { Resolved } from "../resolved.ts";
import type { CatalogueUse, CrateCatalogue } from "./catalogueEntry.ts";

function uuidType({ rustType, key }: CatalogueUse): Resolved {
  return { schema: { rustType, kind: "bytes", format: "uuid" }, key };
}

function compact({ rustType }: TypeSchema): TypeSchema {
  return { rustType, kind: "bytes", length: 16, format: "uuid" };
}

function text({ rustType }: TypeSchema): TypeSchema {
  return { rustType, kind: "string" };
}

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
      ["simple", "braced", "urn", "hyphenated"].map((form) => [`serde::${form}`, text]),
    ),
  },
};
