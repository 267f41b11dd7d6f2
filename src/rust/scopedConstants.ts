// Constant expressions where they are written: const parameters and `const` items by name.

import { evaluateConstant } from "./constants.ts";
import type { Names } from "./names.ts";
import { plainScope, type GenericValue, type TypeScope } from "./typeScope.ts";

/** Longest chain of constants that is followed. */
const longestChain = 64;

/** Value of `expression`, or null when it cannot be worked out from source. */
export function evaluateInScope(
  names: Names,
  expression: string,
  scope: TypeScope,
  depth = 0,
): bigint | null {
  return evaluateConstant(expression, (segments) => {
    const generic = segments.length === 1 ? scope.generics.get(segments[0] ?? "") : undefined;
    if (generic !== undefined) {
      return generic.kind === "const" ? generic.value : null;
    }
    const { module } = scope;
    const found = names.resolve({ segments, isGlobal: false, module, namespace: "value" });
    const item = found?.kind === "item" ? found.placed.item : undefined;
    if (found?.kind !== "item" || item?.kind !== "const" || depth > longestChain) {
      return null;
    }
    const inner = plainScope(found.module, found.placed);
    return item.value === null ? null : evaluateInScope(names, item.value.text, inner, depth + 1);
  });
}

/** A generic argument that is a single name: a parameter, or a constant when no type has that name. */
export function constantArgument(
  names: Names,
  name: string,
  scope: TypeScope,
): GenericValue | undefined {
  const generic = scope.generics.get(name);
  if (generic !== undefined) {
    return generic;
  }
  const request = { segments: [name], isGlobal: false, module: scope.module };
  const asType = names.resolve({ ...request, namespace: "type" });
  const asValue = asType ?? names.resolve({ ...request, namespace: "value" });
  return asType === undefined && asValue !== undefined
    ? { kind: "const", value: evaluateInScope(names, name, scope) }
    : undefined;
}
