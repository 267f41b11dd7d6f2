// The JSON tab's text → arguments, as the codec reads them. The bytes of a file are read when the call is made.

import { markSerdeText } from "../../src/codec/json/markSerdeText.ts";
import { parseArguments, type ArgumentsProblem } from "../../src/codec/json/parseArguments.ts";
import { parseJson } from "../../src/model/value/losslessJson.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";

export type TextProblem = ArgumentsProblem;

export interface ReadArguments {
  readonly value: JsonObject | undefined;
  readonly problems: readonly TextProblem[];
}

/** `asksSerde`: what the source does not tell is JSON for the type's own serde. */
export function readArguments(
  method: MethodSchema,
  types: TypeTable,
  text: string,
  asksSerde = false,
): ReadArguments {
  const marked = asksSerde ? markSerdeText(method, types, text) : text;
  const parsed = parseArguments(method, types, marked, {
    allowsFileReferences: true,
    allowsSerdeText: true,
  });
  return parsed.ok
    ? { value: parsed.value, problems: [] }
    : { value: undefined, problems: marked === text ? parsed.error : placedIn(text, parsed.error) };
}

/** Problems of a text in which parts were marked, at their places in the text as it is. */
function placedIn(text: string, problems: readonly TextProblem[]): readonly TextProblem[] {
  const parsed = parseJson(text);
  return problems.map((problem) => {
    const place = parsed.ok ? parsed.value.locate(problem.pointer) : undefined;
    if (place === undefined) {
      return problem;
    }
    const before = text.slice(0, place.start).split("\n");
    return { ...problem, line: before.length, column: (before.at(-1) ?? "").length + 1 };
  });
}
