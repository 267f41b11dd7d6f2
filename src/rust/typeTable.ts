// The part of the resolver's named types that a set of schemas refers to, directly or through one another.

import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../model/schema.ts";
import type { TypeResolver } from "./resolveType.ts";

/** The named types that `roots` refer to. */
export function typeTable(roots: readonly TypeSchema[], resolver: TypeResolver): TypeTable {
  const table = new Map<string, NamedType>();
  const pending = [...roots];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind !== "named") {
      pending.push(...partsOf(type));
    } else if (!table.has(type.id)) {
      const named = resolver.typeOf(type.id);
      if (named !== undefined) {
        table.set(type.id, named);
        pending.push(...partsOfNamed(named));
      }
    }
  }
  return Object.fromEntries(table);
}

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

function partsOfBody(body: TypeBody): readonly TypeSchema[] {
  switch (body.kind) {
    case "unit":
      return [];
    case "newtype":
      return [body.inner];
    case "tuple":
      return body.elements;
    case "struct":
      return body.fields.map(({ type }) => type);
  }
}
