// The part of the resolver's named types that a set of schemas refers to, directly or through one another.

import type { NamedType, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../../model/schema/typeParts.ts";
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
