// The least number of bytes a value of a type takes: what a count on the wire is checked against before allocation.

import { assertNever } from "../model/result.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../model/schema.ts";

export interface SizeScope {
  readonly types: TypeTable;
  /** Known sizes of named types. */
  readonly minimumSizes: Map<string, number>;
}

/** A lower bound (recursion counts as 0, so the bound may be lower than the truth, never higher). */
export function minimumSize(scope: SizeScope, type: TypeSchema): number {
  switch (type.kind) {
    case "bool":
    case "char":
    case "option":
      return 1;
    case "integer":
    case "float":
      return type.bits / 8;
    case "string":
    case "sequence":
    case "map":
      return 8;
    case "bytes":
      return type.length ?? 8;
    case "unit":
    case "unknown":
      return 0;
    case "array":
      return type.length * minimumSize(scope, type.element);
    case "tuple":
      return sumOf(scope, type.elements);
    case "result":
      return 4 + Math.min(minimumSize(scope, type.success), minimumSize(scope, type.failure));
    case "named":
      return namedSize(scope, type.id);
    default:
      return assertNever(type);
  }
}

function namedSize(scope: SizeScope, id: string): number {
  const known = scope.minimumSizes.get(id);
  if (known !== undefined) {
    return known;
  }
  scope.minimumSizes.set(id, 0);
  const named = Object.hasOwn(scope.types, id) ? scope.types[id] : undefined;
  let size = 0;
  if (named?.kind === "struct") {
    size = bodySize(scope, named.body);
  } else if (named !== undefined) {
    const sizes = named.variants.map((variant) => bodySize(scope, variant.body));
    size = 4 + (sizes.length === 0 ? 0 : Math.min(...sizes));
  }
  scope.minimumSizes.set(id, size);
  return size;
}

function bodySize(scope: SizeScope, body: TypeBody): number {
  switch (body.kind) {
    case "unit":
      return 0;
    case "newtype":
      return minimumSize(scope, body.inner);
    case "tuple":
      return sumOf(scope, body.elements);
    case "struct":
      return sumOf(
        scope,
        body.fields.map((field) => field.type),
      );
    default:
      return assertNever(body);
  }
}

function sumOf(scope: SizeScope, types: readonly TypeSchema[]): number {
  return types.reduce((sum, type) => sum + minimumSize(scope, type), 0);
}
