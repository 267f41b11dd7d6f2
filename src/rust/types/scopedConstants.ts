// Constant expressions where they are written: const parameters, `const` items, associated constants, and the numbers of
// enum variants.

import { findAssociated } from "./associatedItems.ts";
import { evaluateConstant } from "./constants.ts";
import type { EnumItem } from "../syntax/items.ts";
import type { Module, Placed } from "../names/modules.ts";
import type { Names } from "../names/names.ts";
import type { GenericValue } from "./resolved.ts";
import type { OwnerPorts } from "./typeOwners.ts";
import { plainScope, type TypeScope } from "./typeScope.ts";
import { parseTypeText } from "../syntax/typeSyntax.ts";

/** Longest chain of constants that is followed. */
const longestChain = 64;

/** Value of `expression`, or null when it cannot be worked out from source. */
export function evaluateInScope(
  ports: OwnerPorts,
  expression: string,
  scope: TypeScope,
  depth = 0,
): bigint | null {
  return evaluateConstant(expression, (segments, text) => {
    const generic = segments.length === 1 ? scope.generics.get(segments[0] ?? "") : undefined;
    if (generic !== undefined) {
      return generic.kind === "const" ? generic.value : null;
    }
    return depth > longestChain ? null : valueOf(segments, text, scope, ports, depth);
  });
}

function valueOf(
  segments: readonly string[],
  text: string,
  scope: TypeScope,
  ports: OwnerPorts,
  depth: number,
): bigint | null {
  const { module } = scope;
  const path = parseTypeText(text);
  if (path.kind !== "path") {
    return null;
  }
  const { isGlobal } = path;
  const found =
    path.qualifier === null
      ? ports.names.resolve({ segments, isGlobal, module, namespace: "value" })
      : undefined;
  if (found?.kind === "variant") {
    return variantNumber(found.module, found.placed, found.variant, ports, depth);
  }
  if (found?.kind === "item") {
    const { item } = found.placed;
    return item.kind === "const" && item.value !== null
      ? evaluateInScope(ports, item.value.text, plainScope(found.module, found.placed), depth + 1)
      : null;
  }
  const limit = segments.length > 1 ? limitOf(segments.slice(-2).join("::")) : null;
  if (limit !== null) {
    return limit;
  }
  const associated = findAssociated(path, scope, "const", ports);
  return associated === undefined
    ? null
    : evaluateInScope(ports, associated.source.text, associated.scope, depth + 1);
}

/** `u8::MAX` and its like. */
function limitOf(path: string): bigint | null {
  const match = /^(?<sign>[iu])(?<width>8|16|32|64|128|size)::(?<name>MAX|MIN|BITS)$/u.exec(
    path,
  )?.groups;
  if (match === undefined) {
    return null;
  }
  const bits = match["width"] === "size" ? 64n : BigInt(match["width"] ?? "");
  const isSigned = match["sign"] === "i";
  if (match["name"] === "BITS") {
    return bits;
  }
  const magnitude = 1n << (isSigned ? bits - 1n : bits);
  return match["name"] === "MAX" ? magnitude - 1n : isSigned ? -magnitude : 0n;
}

/** The number of a variant: what is written, or one more than that of the variant before. */
function variantNumber(
  module: Module,
  placed: Placed<EnumItem>,
  name: string,
  ports: OwnerPorts,
  depth: number,
): bigint | null {
  let next: bigint | null = 0n;
  for (const variant of placed.item.variants) {
    const { discriminant } = variant;
    const value: bigint | null =
      discriminant === null
        ? next
        : evaluateInScope(ports, discriminant.text, plainScope(module, placed), depth + 1);
    if (variant.name === name) {
      return value;
    }
    next = value === null ? null : value + 1n;
  }
  return null;
}

/** A generic argument that is a single name: a parameter, or a constant when no type has that name. */
export function constantArgument(
  names: Names,
  name: string,
  scope: TypeScope,
  evaluate: (name: string) => bigint | null,
): GenericValue | undefined {
  const generic = scope.generics.get(name);
  if (generic !== undefined) {
    return generic;
  }
  const request = { segments: [name], isGlobal: false, module: scope.module };
  const asType = names.resolve({ ...request, namespace: "type" });
  const asValue = asType ?? names.resolve({ ...request, namespace: "value" });
  return asType === undefined && asValue !== undefined
    ? { kind: "const", value: evaluate(name) }
    : undefined;
}
