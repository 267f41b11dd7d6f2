// Which type stands at which place of a value's JSON form: options and newtypes have no place of their own, a variant's body has.

import { isJsonArray } from "../model/jsonObject.ts";
import type { FieldSchema, TypeBody, TypeSchema, TypeTable } from "../model/schema.ts";
import type { JsonValue } from "../model/value.ts";
import { maxDepth } from "./encodeContext.ts";
import { isSomeWrapper } from "./options.ts";
import { namedType } from "./structs.ts";

/** What a JSON value at a place is: a type, the fields of a struct or variant, a map's pair, or not known (it does not fit). */
export type JsonPlace =
  | TypeSchema
  | { readonly kind: "fields"; readonly fields: readonly Pick<FieldSchema, "name" | "type">[] }
  | { readonly kind: "pair"; readonly key: TypeSchema; readonly value: TypeSchema }
  | undefined;

/** Looks through options and newtypes to what the JSON value itself is. */
export function visiblePlace(place: JsonPlace, types: TypeTable, value: JsonValue): JsonPlace {
  let current = place;
  for (let depth = 0; depth < maxDepth; depth++) {
    if (current?.kind === "option" && !isSomeWrapper(value)) {
      current = current.inner;
    } else if (current?.kind === "named") {
      const named = namedType(types, current.id);
      if (named?.kind !== "struct") {
        return current;
      }
      current = placeOfBody(named.body, current.rustType);
    } else {
      return current;
    }
  }
  return undefined;
}

function placeOfBody(body: TypeBody, rustType: string): JsonPlace {
  switch (body.kind) {
    case "unit":
      return { kind: "unit", rustType };
    case "newtype":
      return body.inner;
    case "tuple":
      return { kind: "tuple", elements: body.elements, rustType };
    case "struct":
      return { kind: "fields", fields: body.fields };
  }
}

/** The place of a member or element of `value`, which stands at `place` (a visible one). */
export function childPlace(
  place: JsonPlace,
  types: TypeTable,
  value: JsonValue,
  step: string | number,
): JsonPlace {
  switch (place?.kind) {
    case "sequence":
    case "array":
      return place.element;
    case "tuple":
      return typeof step === "number" ? place.elements[step] : undefined;
    case "map":
      return isJsonArray(value)
        ? { kind: "pair", key: place.key, value: place.value }
        : place.value;
    case "pair":
      return step === 0 ? place.key : place.value;
    case "option":
      return place.inner;
    case "result":
      return step === "Ok" ? place.success : place.failure;
    case "fields":
      return place.fields.find((field) => field.name === step)?.type;
    case "named":
      return placeOfVariant(place.id, types, step, place.rustType);
    default:
      return undefined;
  }
}

function placeOfVariant(
  id: string,
  types: TypeTable,
  step: string | number,
  rustType: string,
): JsonPlace {
  const named = namedType(types, id);
  const variant =
    named?.kind === "enum"
      ? named.variants.find((candidate) => candidate.name === step)
      : undefined;
  return variant && placeOfBody(variant.body, `${rustType}::${variant.name}`);
}
