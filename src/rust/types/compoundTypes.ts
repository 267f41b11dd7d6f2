// Tuples, slices and arrays: types that are made of other types without a name.

import { tokenizeRust } from "../../abi/rustTokens.ts";
import { arrayOf, listShape, resolved, unknownType, type Resolved } from "./resolved.ts";
import type { OwnerPorts } from "./typeOwners.ts";
import type { TypeScope } from "./typeScope.ts";
import type { TypeSyntax } from "../syntax/typeSyntax.ts";

export function resolveTuple(
  elements: readonly TypeSyntax[],
  scope: TypeScope,
  ports: OwnerPorts,
): Resolved {
  const parts = elements.map((element) => ports.resolve(element, scope));
  const texts = parts.map(({ schema }) => schema.rustType);
  const rustType = texts.length === 1 ? `(${texts.join()},)` : `(${texts.join(", ")})`;
  const key = `(${parts.map((part) => part.key).join(",")})`;
  return parts.length === 0
    ? resolved(rustType, key, { kind: "unit" })
    : resolved(rustType, key, { kind: "tuple", elements: parts.map(({ schema }) => schema) });
}

export function resolveSlice(element: TypeSyntax, scope: TypeScope, ports: OwnerPorts): Resolved {
  const inner = ports.resolve(element, scope);
  return resolved(`[${inner.schema.rustType}]`, `[${inner.key}]`, listShape(inner));
}

/** Unknown when the length is not known from source. */
export function resolveArray(
  type: TypeSyntax & { readonly kind: "array" },
  scope: TypeScope,
  ports: OwnerPorts,
): Resolved {
  const element = ports.resolve(type.element, scope);
  const length = ports.evaluate(type.length, scope, "usize");
  const rustType = `[${element.schema.rustType}; ${type.length}]`;
  const parameter = length === null ? openParameter(type.length, scope) : undefined;
  if (parameter !== undefined) {
    // Nothing is wrong with it here: where it gets a value, the array has a length.
    const reason = `The array length \`${type.length}\` depends on the parameter \`${parameter}\`, which has no value here.`;
    return unknownType(rustType, reason);
  }
  if (length === null || length < 0n) {
    const reason = `The array length \`${type.length}\` is not a constant that can be worked out from source.`;
    return ports.unknown(rustType, reason);
  }
  const array = arrayOf(rustType, element, length);
  return ports.reported(array);
}

/** A const parameter without a value that the expression names, or `Self` in a trait. */
function openParameter(expression: string, { generics, self }: TypeScope): string | undefined {
  return tokenizeRust(expression).find(({ text }) => {
    const generic = generics.get(text);
    return (
      (generic?.kind === "const" && generic.value === null) || (text === "Self" && self === null)
    );
  })?.text;
}
