// Generic parameters of an item and the arguments given to it → what each parameter stands for, defaults included.

import type { GenericParameter } from "../syntax/items/items.ts";
import type { Definition } from "../names/definitions.ts";
import type { Module, Placed } from "../names/modules/modules.ts";
import type { GenericValue, Resolved } from "./resolved.ts";
import { plainScope, type TypeScope } from "./typeScope.ts";
import { parseType, type TypeSyntax } from "../syntax/typeSyntax.ts";
import { isScalarName, type ScalarName } from "./constants/scalars.ts";

/** What binding asks of the resolver. */
export interface ArgumentResolver {
  resolve(type: TypeSyntax, scope: TypeScope): Resolved;
  unknown(rustType: string, reason: string): Resolved;
  /** Value of a constant where a value of type `expected` is wanted; null: of any type. */
  evaluate(expression: string, scope: TypeScope, expected: ScalarName | null): bigint | null;
}

/** Values of the parameters by name; defaults are resolved where the item stands. */
export function bindGenerics(
  resolver: ArgumentResolver,
  parameters: readonly GenericParameter[],
  generics: readonly GenericValue[],
  module: Module,
  placed: Placed<unknown>,
): Map<string, GenericValue> {
  const bound = new Map<string, GenericValue>();
  const scope = { ...plainScope(module, placed), generics: bound };
  let next = 0;
  for (const parameter of parameters) {
    const { kind, name, fallback } = parameter;
    if (kind === "lifetime") {
      continue;
    }
    const given = generics[next];
    next += 1;
    if (given !== undefined) {
      bound.set(name, given.kind === "const" ? { ...given, type: scalarOf(parameter) } : given);
    } else if (kind === "const") {
      const type = scalarOf(parameter);
      const value = fallback === null ? null : resolver.evaluate(fallback.text, scope, type);
      bound.set(name, { kind, value, type });
    } else {
      const type =
        fallback === null
          ? resolver.unknown(name, `The type argument \`${name}\` is missing.`)
          : resolver.resolve(parseType(fallback), scope);
      bound.set(name, { kind: "type", type });
    }
  }
  return bound;
}

/** The type of a const parameter; null for all others, and where an alias hides it. */
export function scalarOf(parameter: GenericParameter | undefined): ScalarName | null {
  const name = parameter?.type?.text ?? "";
  return isScalarName(name) ? name : null;
}

/** The parameters that arguments are given for. */
export function parametersOf(definition: Definition | undefined): readonly GenericParameter[] {
  const item = definition?.kind === "item" ? definition.placed.item : undefined;
  const hasParameters = item?.kind === "struct" || item?.kind === "enum" || item?.kind === "alias";
  return hasParameters ? item.generics.filter(({ kind }) => kind !== "lifetime") : [];
}
