// Generic parameters of an item and the arguments given to it → what each parameter stands for, defaults included.

import type { GenericParameter } from "../syntax/items.ts";
import type { Module, Placed } from "../names/modules.ts";
import type { GenericValue, Resolved } from "./resolved.ts";
import { plainScope, type TypeScope } from "./typeScope.ts";
import { parseType, type TypeSyntax } from "../syntax/typeSyntax.ts";

/** What binding asks of the resolver. */
export interface ArgumentResolver {
  resolve(type: TypeSyntax, scope: TypeScope): Resolved;
  unknown(rustType: string, reason: string): Resolved;
  evaluate(expression: string, scope: TypeScope): bigint | null;
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
  for (const { kind, name, fallback } of parameters) {
    if (kind === "lifetime") {
      continue;
    }
    const given = generics[next];
    next += 1;
    if (given !== undefined) {
      bound.set(name, given);
    } else if (kind === "const") {
      const value = fallback === null ? null : resolver.evaluate(fallback.text, scope);
      bound.set(name, { kind, value });
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
