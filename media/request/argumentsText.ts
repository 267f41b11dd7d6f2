// The JSON tab's text → arguments, as the codec reads them. The bytes of a file are read when the call is made.

import { parseArguments, type ArgumentsProblem } from "../../src/codec/parseArguments.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema.ts";
import type { JsonObject } from "../../src/model/value.ts";

export type TextProblem = ArgumentsProblem;

export interface ReadArguments {
  readonly value: JsonObject | undefined;
  readonly problems: readonly TextProblem[];
}

export function readArguments(method: MethodSchema, types: TypeTable, text: string): ReadArguments {
  const parsed = parseArguments(method, types, text, { allowsFileReferences: true });
  return parsed.ok
    ? { value: parsed.value, problems: [] }
    : { value: undefined, problems: parsed.error };
}
