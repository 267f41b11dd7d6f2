// Arguments written as JSON where the source does not tell a type: their text is for serde, which only the bridge reads.

import { givenKey } from "../../model/schema/argumentNames.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import { parseJson } from "../../model/value/losslessJson.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import { unknownReason } from "../values/unknownParts.ts";

/**
 * The text of arguments with those that the source does not tell marked as JSON for serde, unless they are bytes already
 * or hold parts that are.
 */
export function markSerdeText(method: MethodSchema, types: TypeTable, text: string): string {
  const unknown = method.arguments.flatMap((argument, index) =>
    unknownReason(argument.type, types) === undefined ? [] : [{ argument, index }],
  );
  const parsed = unknown.length === 0 ? undefined : parseJson(text);
  if (parsed?.ok !== true || method.wire === "raw") {
    return text;
  }
  const { value, locate } = parsed.value;
  const places = unknown
    .flatMap(({ argument, index }) => {
      const step = isJsonObject(value) ? givenKey(argument, value) : index;
      return step === undefined ? [] : (locate(pointerOf([step])) ?? []);
    })
    .sort((left, right) => right.start - left.start);
  let marked = text;
  for (const { start, end } of places) {
    const part = text.slice(start, end);
    if (!/"\$(?:raw|serde)"\s*:/u.test(part)) {
      marked = `${marked.slice(0, start)}${JSON.stringify({ $serde: part })}${marked.slice(end)}`;
    }
  }
  return marked;
}
