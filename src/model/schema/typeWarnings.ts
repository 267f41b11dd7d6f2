// What is known of a type and of all types inside of it that surprises on the wire.

import type { TypeSchema, TypeTable, TypeWarning } from "./schema.ts";
import { partsOf, partsOfNamed } from "./typeParts.ts";

/** Warnings of a type and its parts, in the order of the value, and the values that its conversion refuses. */
export interface KnownOfType {
  readonly warnings: readonly TypeWarning[];
  readonly refuses: readonly string[];
}

/** Walks a type and its parts, each named type once. */
export function knownOfType(root: TypeSchema, types: TypeTable): KnownOfType {
  const warnings: TypeWarning[] = [];
  const refuses: string[] = [];
  const seen = new Set<string>();
  const pending = [root];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    warnings.push(...(type.warnings ?? []));
    if (type.kind !== "named") {
      pending.push(...partsOf(type).toReversed());
      continue;
    }
    const named = Object.hasOwn(types, type.id) ? types[type.id] : undefined;
    if (named !== undefined && !seen.has(type.id)) {
      seen.add(type.id);
      warnings.push(...named.warnings);
      if (named.kind === "struct" && named.refuses !== undefined) {
        refuses.push(named.refuses);
      }
      pending.push(...partsOfNamed(named).toReversed());
    }
  }
  return { warnings, refuses };
}
