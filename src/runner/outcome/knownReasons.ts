// What is known of a method's types that can make a call fail on the wire: told instead of a guess.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { knownOfType } from "../../model/schema/typeWarnings.ts";

/** More of them help nobody. */
const most = 3;

/** Sentences on the types of the arguments and of the result, the arguments' first. */
export function knownReasons(method: MethodSchema, types: TypeTable): readonly string[] {
  const { returns } = method;
  const results = returns.kind === "result" ? [returns.success, returns.failure] : [returns.type];
  const inputs = method.arguments.map(({ type }) => type);
  return [...new Set([...inputs, ...results].flatMap((type) => reasonsOf(type, types)))].slice(
    0,
    most,
  );
}

/** The same of one type. */
export function reasonsOf(root: TypeSchema, types: TypeTable): readonly string[] {
  const { warnings, refuses } = knownOfType(root, types);
  return [...new Set([...warnings.map(({ message }) => message), ...refuses])];
}
