// The JSON tab's text → arguments, as the codec reads them, except that a reference to a file is no problem here: its
// bytes are read when the call is made.

import { parseArguments, type ArgumentsProblem } from "../../src/codec/parseArguments.ts";
import { isJsonObject } from "../../src/model/jsonObject.ts";
import { parseJson } from "../../src/model/losslessJson.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value.ts";
import { valueAt } from "../values/pointer.ts";

export type TextProblem = ArgumentsProblem;

export interface ReadArguments {
  readonly value: JsonObject | undefined;
  readonly problems: readonly TextProblem[];
}

/** `{"$file": path}` with a path. */
export function isFileReference(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && typeof value["$file"] === "string" && value["$file"] !== "";
}

export function readArguments(method: MethodSchema, types: TypeTable, text: string): ReadArguments {
  const parsed = parseArguments(method, types, text);
  if (parsed.ok) {
    return { value: parsed.value, problems: [] };
  }
  const json = parseJson(text);
  const whole = json.ok && isJsonObject(json.value.value) ? json.value.value : undefined;
  const problems = parsed.error.filter(
    (problem) => whole === undefined || !isFileReference(valueAt(whole, problem.pointer)),
  );
  return { value: problems.length === 0 ? whole : undefined, problems };
}
