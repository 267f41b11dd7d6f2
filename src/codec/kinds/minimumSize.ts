// The least number of bytes a value of a type takes: what a count on the wire is checked against before allocation.

import { assertNever } from "../../model/result.ts";
import type { TypeBody, TypeKind, TypeSchema, TypeTable } from "../../model/schema/schema.ts";

export interface SizeScope {
  readonly types: TypeTable;
  /** Known sizes of named types. */
  readonly minimumSizes: Map<string, number>;
}

const sizes: {
  readonly [K in TypeKind]: (scope: SizeScope, type: Extract<TypeSchema, { kind: K }>) => number;
} = {
  bool: () => 1,
  integer: (_, type) => type.bits / 8,
  float: (_, type) => type.bits / 8,
  char: () => 1,
  string: () => 8,
  bytes: (_, { length, isCounted }) => (length ?? 0) + (length === undefined || isCounted ? 8 : 0),
  unit: () => 0,
  unknown: () => 0,
  option: () => 1,
  sequence: () => 8,
  array: (scope, type) => type.length * minimumSize(scope, type.element),
  tuple: (scope, type) => sumOf(scope, type.elements),
  map: () => 8,
  result: (scope, type) =>
    4 + Math.min(minimumSize(scope, type.success), minimumSize(scope, type.failure)),
  named: (scope, type) => namedSize(scope, type.id),
};

/** A lower bound (recursion counts as 0, so the bound may be lower than the truth, never higher). */
export function minimumSize(scope: SizeScope, type: TypeSchema): number {
  // The table's type says that the entry at `type.kind` takes this very type; the compiler cannot follow that.
  const size = sizes[type.kind] as (scope: SizeScope, type: TypeSchema) => number;
  return size(scope, type);
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
    const bodies = named.variants.map((variant) => bodySize(scope, variant.body));
    size = 4 + (bodies.length === 0 ? 0 : Math.min(...bodies));
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
