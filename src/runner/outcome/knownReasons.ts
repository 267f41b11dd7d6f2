// What is known of a method's types that can make a call fail on the wire: told instead of a guess.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../model/schema.ts";
import { partsOf, partsOfNamed } from "../../model/typeParts.ts";

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
  const found = new Set<string>();
  const seen = new Set<string>();
  const pending = [root];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    const named =
      type.kind === "named" && Object.hasOwn(types, type.id) ? types[type.id] : undefined;
    for (const { message } of [...(type.warnings ?? []), ...(named?.warnings ?? [])]) {
      found.add(message);
    }
    if (type.kind !== "named") {
      pending.push(...partsOf(type).toReversed());
    } else if (named !== undefined && !seen.has(type.id)) {
      seen.add(type.id);
      if (named.kind === "struct" && named.refuses !== undefined) {
        found.add(named.refuses);
      }
      pending.push(...partsOfNamed(named).toReversed());
    }
  }
  return [...found];
}
