// What is known of a method's types that can make a call fail on the wire: told instead of a guess.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
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

/** That nobody but the plugin knows what bytes an argument's type takes; one sentence for the first of them. */
export function unknownArguments(method: MethodSchema, types: TypeTable): readonly string[] {
  const unknown = method.arguments.find(({ type }) => unknownReason(type, types) !== undefined);
  return unknown === undefined
    ? []
    : [
        `What was given for \`${unknown.name}\` may be no \`${unknown.type.rustType}\`: its source does not tell its bytes.`,
      ];
}

/** What {@link knownReasons} says of one type. */
export function reasonsOf(root: TypeSchema, types: TypeTable): readonly string[] {
  const { warnings, refuses } = knownOfType(root, types);
  return [...new Set([...warnings.map(({ message }) => message), ...refuses])];
}
