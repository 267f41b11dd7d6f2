// Text of one value → the value, checked as the only argument of a method: configurations and items of streams are written so.

import { parseJson } from "../../model/value/losslessJson.ts";
import type { TakesArguments } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { CheckOptions } from "../kinds/encodeContext.ts";
import { parseArguments } from "./parseArguments.ts";
import type { ArgumentsProblem } from "./parseArguments.ts";

/** The value that `text` gives for the one argument that `method` has, or all problems; places count from the text's start. */
export function parseOnlyArgument(
  method: TakesArguments,
  types: TypeTable,
  text: string,
  options: Pick<CheckOptions, "allowsFileReferences"> = {},
): Result<JsonValue, readonly ArgumentsProblem[]> {
  // Alone first: in brackets the words would be those of a list.
  const syntax = parseJson(text);
  if (!syntax.ok) {
    const { message, offset, line, column } = syntax.error;
    return err([{ pointer: "", message, offset, end: offset, line, column }]);
  }
  const name = method.arguments[0]?.name ?? "";
  const parsed = parseArguments(method, types, `[${text}\n]`, options);
  return parsed.ok
    ? ok(parsed.value[name] ?? null)
    : err(parsed.error.map((problem) => withoutBracket(problem, `/${name}`)));
}

/** The problem with its place in the value itself. */
function withoutBracket(problem: ArgumentsProblem, start: string): ArgumentsProblem {
  const { pointer, offset, end, line, column } = problem;
  return {
    ...problem,
    pointer: pointer.startsWith(start) ? pointer.slice(start.length) : pointer,
    offset: Math.max(0, offset - 1),
    end: Math.max(0, end - 1),
    column: line === 1 ? Math.max(1, column - 1) : column,
  };
}
