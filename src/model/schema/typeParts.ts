// The types directly inside of a type, whatever its kind.

import { assertNever } from "../result.ts";
import type { NamedType, TypeBody, TypeSchema } from "./schema.ts";

/** The types directly inside of a type. */
export function partsOf(type: TypeSchema): readonly TypeSchema[] {
  if ("inner" in type) {
    return [type.inner];
  }
  if ("element" in type) {
    return [type.element];
  }
  if ("elements" in type) {
    return type.elements;
  }
  if ("key" in type) {
    return [type.key, type.value];
  }
  return "success" in type ? [type.success, type.failure] : [];
}

/** The types directly inside of a struct or enum. */
export function partsOfNamed(named: NamedType): readonly TypeSchema[] {
  return named.kind === "struct"
    ? partsOfBody(named.body)
    : named.variants.flatMap(({ body }) => partsOfBody(body));
}

/** The types directly inside of a struct's or a variant's body. */
export function partsOfBody(body: TypeBody): readonly TypeSchema[] {
  switch (body.kind) {
    case "unit":
      return [];
    case "newtype":
      return [body.inner];
    case "tuple":
      return body.elements;
    case "struct":
      return body.fields.map(({ type }) => type);
    default:
      return assertNever(body);
  }
}
