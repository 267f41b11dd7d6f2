// Which types the source does not tell completely: their values are given and shown as bytes, or through the bridge, which
// has the compiler's word for them.

import { isJsonObject } from "../../model/value/jsonObject.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../../model/schema/typeParts.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";

/** The reason why a type, or a part of it, is not known from source; undefined when all of it is known. */
export function unknownReason(type: TypeSchema, types: TypeTable): string | undefined {
  const pending: TypeSchema[] = [type];
  const seen = new Set<string>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "unknown") {
      return next.reason;
    }
    if (next.kind !== "named") {
      pending.push(...partsOf(next));
    } else if (!seen.has(next.id)) {
      seen.add(next.id);
      const named = Object.hasOwn(types, next.id) ? types[next.id] : undefined;
      pending.push(...(named === undefined ? [] : partsOfNamed(named)));
    }
  }
  return undefined;
}

/** The JSON text of `{"$serde": text}`: a whole argument or result in serde's own JSON form, which only the bridge reads. */
export function serdeText(value: JsonValue | undefined): string | undefined {
  const text = onlyMember(value, "$serde");
  return typeof text === "string" ? text : undefined;
}

/** Whether an argument is JSON for serde. */
export function hasSerdeText(values: JsonObject): boolean {
  return Object.values(values).some((value) => serdeText(value) !== undefined);
}

/** Whether a value is `{"$raw": …}` and nothing else: bytes for the whole of it. */
export function isRawWhole(value: JsonValue | undefined): boolean {
  return onlyMember(value, "$raw") !== undefined;
}

function onlyMember(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, key)
    ? value[key]
    : undefined;
}
