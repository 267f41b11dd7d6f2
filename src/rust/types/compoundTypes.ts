// Tuples, slices and arrays: types that are made of other types without a name.

import { arrayOf, listShape, resolved, type Resolved } from "./resolved.ts";
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
  const length = ports.evaluate(type.length, scope);
  const rustType = `[${element.schema.rustType}; ${type.length}]`;
  return length === null || length < 0n || length > BigInt(Number.MAX_SAFE_INTEGER)
    ? ports.unknown(
        rustType,
        `The array length \`${type.length}\` is not a constant that can be worked out from source.`,
      )
    : arrayOf(rustType, element, Number(length));
}
