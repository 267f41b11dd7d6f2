// Everything that is wrong with the form's value, in the words of the form.

import { checkArguments } from "../../src/codec/bincode/encode.ts";
import type { PluginMethod } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import { isJsonObject } from "../../src/model/value/jsonObject.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { valueAt } from "../values/pointer.ts";

/** The codec's problems with a value; what a file will hold is not known yet, so it is no problem. */
export function findProblems(
  method: PluginMethod,
  types: TypeTable,
  value: JsonObject,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { pointer, message } of checkArguments(method, types, value, {
    allowsFileReferences: true,
    allowsSerdeText: true,
  })) {
    if (!found.has(pointer)) {
      found.set(pointer, messageInForm(message, valueAt(value, pointer)));
    }
  }
  return found;
}

/** The form shows bytes without their prefix, so a column that the codec counted moves by its length. */
function messageInForm(message: string, part: JsonValue | undefined): string {
  const text = isJsonObject(part) ? part["$raw"] : part;
  const prefix = typeof text === "string" ? /^(?:hex|base64):/.exec(text)?.[0] : undefined;
  return prefix === undefined
    ? message
    : message.replace(/\bcolumn (\d+)/, (_, column) => `column ${Number(column) - prefix.length}`);
}
