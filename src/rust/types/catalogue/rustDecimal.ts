// rust_decimal: a string, which its default `Deserialize` cannot read from bincode; the features decide (its src/serde.rs).

import type { TypeSchema } from "../../../model/schema/schema.ts";
import type { Resolved } from "../resolved.ts";
import { primitive, unreadable, type CatalogueUse, type CrateCatalogue } from "./catalogueEntry.ts";

const neverRead =
  'rust_decimal can write a `Decimal` into bincode but not read it back (it asks for `deserialize_any`), so a call that passes one fails. Turn on its feature `serde-str`, or put `#[serde(with = "rust_decimal::serde::str")]` on the field.';

function decimal({ rustType, key, features, direction }: CatalogueUse): Resolved {
  const isFloat = features.has("serde-float");
  const isText = features.has("serde-str") || features.has("serde-bincode");
  if (direction === "writing" && isFloat && features.has("serde-arbitrary-precision")) {
    const reason =
      "With `serde-float` and `serde-arbitrary-precision` rust_decimal writes a map that bincode has no fixed form of.";
    return { schema: { rustType, kind: "unknown", reason }, key };
  }
  const shape: TypeSchema = isFloat
    ? { ...primitive("f64"), rustType }
    : { rustType, kind: "string", format: "decimal" };
  return { schema: isText ? shape : unreadable(shape, direction, neverRead), key };
}

function text({ rustType }: TypeSchema): TypeSchema {
  return { rustType, kind: "string", format: "decimal" };
}

function optionalText({ rustType }: TypeSchema): TypeSchema {
  return { rustType, kind: "option", inner: text({ rustType: "Decimal", kind: "unit" }) };
}

export const rustDecimal: CrateCatalogue = {
  versions: ["1"],
  types: { Decimal: decimal },
  helpers: { "serde::str": text, "serde::str_option": optionalText },
};
