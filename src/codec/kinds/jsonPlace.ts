// Which type stands at which place of a value's JSON form: options and newtypes have no place of their own, a variant's body has.

import type {
  ArgumentSchema,
  FieldSchema,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { isExactText } from "./formatted.ts";
import { isSomeWrapper } from "./options.ts";
import { namedType } from "./structs.ts";

/** What a JSON value at a place is: a type, the fields of a struct or variant, a map's pair, or not known (it does not fit). */
export type JsonPlace =
  | TypeSchema
  | { readonly kind: "fields"; readonly fields: readonly NamedPlace[] }
  | { readonly kind: "pair"; readonly key: TypeSchema; readonly value: TypeSchema }
  | undefined;

/** A field, or an argument that may be given under another name too. */
type NamedPlace = Pick<FieldSchema, "name" | "type"> & Pick<ArgumentSchema, "alias">;

/** Options and newtypes around a type that are looked through. */
const maxWrappers = 200;

/** Looks through options and newtypes to what the JSON value itself is. */
export function visiblePlace(place: JsonPlace, types: TypeTable, value: JsonValue): JsonPlace {
  let current = place;
  for (let depth = 0; depth < maxWrappers; depth++) {
    const human = humanPlace(current, value);
    if (human !== undefined) {
      return human;
    }
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

/** Where a value is written in its human form, that is text whatever the type's shape is. */
function humanPlace(place: JsonPlace, value: JsonValue): TypeSchema | undefined {
  const type = place !== undefined && "format" in place ? place : undefined;
  return type?.format === undefined || typeof value !== "string" || isExactText(type, value)
    ? undefined
    : { kind: "string", rustType: type.rustType };
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

/** The place of an element of the list `value`, which stands at `place` (a visible one). */
export function elementPlace(place: JsonPlace, index: number): JsonPlace {
  if (place?.kind === "sequence" || place?.kind === "array") {
    return place.element;
  }
  if (place?.kind === "tuple") {
    return place.elements[index];
  }
  if (place?.kind === "map") {
    return { kind: "pair", key: place.key, value: place.value };
  }
  return place?.kind === "pair" ? (index === 0 ? place.key : place.value) : undefined;
}

/** The place of a member of an object, which stands at `place` (a visible one). */
export function memberPlace(place: JsonPlace, types: TypeTable, key: string): JsonPlace {
  if (place?.kind === "fields") {
    const { fields } = place;
    const field =
      fields.find(({ name }) => name === key) ?? fields.find(({ alias }) => alias === key);
    return field?.type;
  }
  if (place?.kind === "named") {
    return placeOfVariant(place.id, types, key, place.rustType);
  }
  if (place?.kind === "map") {
    return place.value;
  }
  if (place?.kind === "result") {
    return key === "Ok" ? place.success : place.failure;
  }
  return place?.kind === "option" ? place.inner : undefined;
}

function placeOfVariant(id: string, types: TypeTable, name: string, rustType: string): JsonPlace {
  const named = namedType(types, id);
  const variant =
    named?.kind === "enum"
      ? named.variants.find((candidate) => candidate.name === name)
      : undefined;
  return variant && placeOfBody(variant.body, `${rustType}::${variant.name}`);
}
