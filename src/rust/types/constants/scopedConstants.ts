// Constant expressions where they are written: const parameters, `const` items, associated constants, and the numbers of
// enum variants.

import { findAssociated } from "../associatedItems.ts";
import { evaluateConstant } from "./evaluateConstant.ts";
import type { ConstantNames, PathValue } from "./inference.ts";
import { readEntries } from "../../syntax/items/attributes.ts";
import type { EnumItem, GenericParameter, TypeSource } from "../../syntax/items/items.ts";
import type { Module, Placed } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import type { GenericValue } from "../resolved.ts";
import {
  isIntegerName,
  isScalarName,
  limitOf,
  type ConstantValue,
  type ScalarName,
} from "./scalars.ts";
import { ownerOf, type OwnerPorts } from "../typeOwners.ts";
import { plainScope, type TypeScope } from "../typeScope.ts";
import { parseTypeText, type GenericArgument, type TypeSyntax } from "../../syntax/typeSyntax.ts";
import { scalarOf } from "../genericArguments.ts";

/** Longest chain of constants that is followed. */
const longestChain = 200;

/** Most names that are looked up for one value. */
const mostSteps = 20_000;

/** Where one evaluation stands. */
interface Walk {
  readonly ports: OwnerPorts;
  readonly depth: number;
  readonly steps: { left: number };
}

/** Constants that were worked out for a resolver, null while they are: each is worked out once. */
const known = new WeakMap<OwnerPorts, Map<TypeSource, Map<Module, ConstantValue | null>>>();

/** Value of `expression` where `expected` is wanted (null: any type), or null when it cannot be worked out from source. */
export function evaluateInScope(
  ports: OwnerPorts,
  expression: string,
  scope: TypeScope,
  expected: ScalarName | null,
): bigint | null {
  return evaluateConstant(expression, expected, namesInScope(ports, scope))?.value ?? null;
}

/** What the names in a constant expression mean in `scope`. */
export function namesInScope(ports: OwnerPorts, scope: TypeScope): ConstantNames {
  return namesOf(scope, { ports, depth: 0, steps: { left: mostSteps } });
}

function evaluate(
  expression: string,
  scope: TypeScope,
  expected: ScalarName | null,
  walk: Walk,
): ConstantValue | null {
  return evaluateConstant(expression, expected, namesOf(scope, walk));
}

function namesOf(scope: TypeScope, walk: Walk): ConstantNames {
  return {
    scalarAt: (path) => scalarAt(path, scope, walk.ports),
    valueAt: ({ segments, text }) => {
      walk.steps.left -= 1;
      const generic = segments.length === 1 ? scope.generics.get(segments[0] ?? "") : undefined;
      if (generic !== undefined) {
        return generic.kind === "const"
          ? { type: generic.type ?? null, value: generic.value }
          : null;
      }
      const isTooLong = walk.depth > longestChain || walk.steps.left < 0;
      return isTooLong ? null : valueOf(segments, text, scope, { ...walk, depth: walk.depth + 1 });
    },
  };
}

/** The scalar that a type's path names, through aliases; null for all other types. */
function scalarAt(path: string, scope: TypeScope, ports: OwnerPorts): ScalarName | null {
  // A plain name or path, so that no array length is worked out on the way.
  const owner = /^[\w\s:#]+$/u.test(path) ? ownerOf(parseTypeText(path), scope, ports) : undefined;
  return owner?.kind === "primitive" && isScalarName(owner.name) ? owner.name : null;
}

function valueOf(
  segments: readonly string[],
  text: string,
  scope: TypeScope,
  walk: Walk,
): PathValue | null {
  const { module } = scope;
  const { ports } = walk;
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
    return {
      type: "variant",
      value: variantNumber(found.module, found.placed, found.variant, walk),
    };
  }
  if (found?.kind === "item") {
    const { item } = found.placed;
    return item.kind === "const"
      ? declaredValue(item, plainScope(found.module, found.placed), walk, true)
      : null;
  }
  const limit = limitAt(segments);
  if (limit !== null) {
    return limit;
  }
  const associated = findAssociated(path, scope, "const", ports);
  return associated === undefined
    ? null
    : declaredValue(
        { type: associated.type, value: associated.source },
        associated.scope,
        walk,
        associated.scope.generics.size === 0 && associated.scope.self === null,
      );
}

/** The value of a `const` of a declared type; `isPlain`: nothing but its place decides what it is. */
function declaredValue(
  { type, value }: { readonly type: TypeSource | null; readonly value: TypeSource | null },
  scope: TypeScope,
  walk: Walk,
  isPlain: boolean,
): PathValue | null {
  const scalar = type === null ? null : scalarAt(type.text, scope, walk.ports);
  if (value === null || scalar === null) {
    return null;
  }
  if (!isPlain) {
    return evaluate(value.text, scope, scalar, walk) ?? { type: scalar, value: null };
  }
  const memory = memoryOf(walk.ports, value);
  let result = walk.ports.names.within(scope.module.crate, () => memory.get(scope.module));
  if (result === undefined) {
    memory.set(scope.module, null);
    const { crate } = scope.module;
    result = walk.ports.names.within(crate, () => evaluate(value.text, scope, scalar, walk));
    memory.set(scope.module, result);
  }
  return result ?? { type: scalar, value: null };
}

function memoryOf(ports: OwnerPorts, value: TypeSource): Map<Module, ConstantValue | null> {
  const constants = known.get(ports) ?? new Map<TypeSource, Map<Module, ConstantValue | null>>();
  known.set(ports, constants);
  const memory = constants.get(value) ?? new Map<Module, ConstantValue | null>();
  constants.set(value, memory);
  return memory;
}

/** `u8::MAX`, `std::primitive::u8::MAX` and the older `std::u8::MAX`. */
function limitAt(segments: readonly string[]): ConstantValue | null {
  const [type = "", name = ""] = segments.slice(-2);
  const before = segments.slice(0, -2).join("::");
  return /^(?:(?:std|core)(?:::primitive)?)?$/u.test(before) ? limitOf(type, name) : null;
}

/** The number of a variant: what is written, or one more than that of the variant before. */
function variantNumber(
  module: Module,
  placed: Placed<EnumItem>,
  name: string,
  walk: Walk,
): bigint | null {
  const { attributes, variants } = placed.item;
  const repr = attributes
    .filter(({ path }) => path.join() === "repr")
    .flatMap((attribute) => readEntries(attribute.arguments))
    .map((entry) => entry.name)
    .find(isIntegerName);
  let next: bigint | null = 0n;
  for (const variant of variants) {
    const { discriminant } = variant;
    const value: bigint | null =
      discriminant === null
        ? next
        : (evaluate(discriminant.text, plainScope(module, placed), repr ?? "isize", walk)?.value ??
          null);
    if (variant.name === name) {
      return value;
    }
    next = value === null ? null : value + 1n;
  }
  return null;
}

/** What an argument of a type stands for; `parameter` is the one that it is given for. */
export function genericArgument(
  ports: OwnerPorts,
  argument: GenericArgument,
  scope: TypeScope,
  parameter?: GenericParameter,
): GenericValue {
  const type = scalarOf(parameter);
  const constant = (text: string): GenericValue => ({
    kind: "const",
    value: evaluateInScope(ports, text, scope, type),
    type,
  });
  if (argument.kind === "const") {
    return constant(argument.text);
  }
  const named = nameOf(argument.type);
  const found = named === null ? undefined : namedArgument(ports.names, named, scope, constant);
  return found ?? { kind: "type", type: ports.resolve(argument.type, scope) };
}

function nameOf(type: TypeSyntax): string | null {
  return type.kind === "path" && type.segments.length === 1 ? type.text : null;
}

/** A generic argument that is a single name: a parameter, or a constant when no type has that name. */
function namedArgument(
  names: Names,
  name: string,
  scope: TypeScope,
  constant: (name: string) => GenericValue,
): GenericValue | undefined {
  const generic = scope.generics.get(name);
  if (generic !== undefined || name === "true" || name === "false") {
    return generic ?? constant(name);
  }
  const request = { segments: [name], isGlobal: false, module: scope.module };
  const asType = names.resolve({ ...request, namespace: "type" });
  const asValue = asType ?? names.resolve({ ...request, namespace: "value" });
  return asType === undefined && asValue !== undefined ? constant(name) : undefined;
}
