// Arguments by name: the trait's names are shown, those of the impl block are understood.

import type { ArgumentSchema } from "./schema.ts";
import { memberOf, setMember, type MutableJsonObject } from "../value/jsonObject.ts";
import type { JsonObject } from "../value/value.ts";

type Named = Pick<ArgumentSchema, "name" | "alias">;

/** The key under which `values` has an argument; undefined when it has none. An argument given twice is the trait's. */
export function givenKey({ name, alias }: Named, values: JsonObject): string | undefined {
  if (memberOf(values, name) !== undefined) {
    return name;
  }
  return alias !== undefined && memberOf(values, alias) !== undefined ? alias : undefined;
}

/** The values under the trait's names, in their order. */
export function underOwnNames(named: readonly Named[], values: JsonObject): JsonObject {
  const renamed = new Map(
    named.flatMap((argument) => {
      const key = givenKey(argument, values);
      return key === undefined || key === argument.name ? [] : [[key, argument.name] as const];
    }),
  );
  if (renamed.size === 0) {
    return values;
  }
  const result: MutableJsonObject = {};
  for (const [key, value] of Object.entries(values)) {
    setMember(result, renamed.get(key) ?? key, value);
  }
  return result;
}
