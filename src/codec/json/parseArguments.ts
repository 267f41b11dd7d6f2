// Text of a request → the arguments of a method, checked against their types. Takes an object by argument name or a list by
// position; reports everything that is wrong, each problem with its place in the text.

import { givenKey, underOwnNames } from "../../model/schema/argumentNames.ts";
import { isJsonArray, isJsonObject, setMember } from "../../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import { pointerOf, splitPointer } from "../../model/value/jsonPointer.ts";
import type { PathStep } from "../../model/value/jsonPointer.ts";
import { createLineFinder, parseJson } from "../../model/value/losslessJson.ts";
import type { LineAndColumn, ParsedJson, TextRange } from "../../model/value/losslessJson.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import type { TakesArguments } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import { count } from "../text/describe.ts";
import { checkArguments } from "../bincode/encode.ts";
import type { CheckOptions, SettledNumber } from "../kinds/encodeContext.ts";

/** A problem with arguments written as text. `offset`, `end` in UTF-16 units; line and column count from 1. */
export interface ArgumentsProblem extends ValueProblem, LineAndColumn {
  readonly offset: number;
  readonly end: number;
}

const nowhere: TextRange = { start: 0, end: 0 };

/**
 * The arguments that `text` gives, by name, with numbers in the form that values have them; or all problems. Files that bytes
 * refer to must have been read, unless `allowsFileReferences`: then `{"$file": path}` comes back as it is.
 */
export function parseArguments(
  method: TakesArguments,
  types: TypeTable,
  text: string,
  options: Pick<CheckOptions, "allowsFileReferences" | "allowsSerdeText"> = {},
): Result<JsonObject, readonly ArgumentsProblem[]> {
  if (method.arguments.length === 0 && text.trim() === "") {
    return ok({});
  }
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { message, offset, line, column } = parsed.error;
    return err([{ pointer: "", message, offset, end: offset, line, column }]);
  }
  const named = nameArguments(method, parsed.value);
  if (!named.ok) {
    const { start, end } = parsed.value.locate("") ?? nowhere;
    const place = createLineFinder(text)(start);
    return err([{ pointer: "", message: named.error, offset: start, end, ...place }]);
  }
  const { args, bareNumbers, locate } = named.value;
  const settled: SettledNumber[] = [];
  const problems = checkArguments(method, types, args, {
    ...options,
    source: { bareNumbers, settled },
  });
  if (problems.length > 0) {
    const findLine = createLineFinder(text);
    return err(
      problems.map((problem): ArgumentsProblem => {
        const { start, end } = locateNearest(locate, problem.pointer);
        return { ...problem, offset: start, end, ...findLine(start) };
      }),
    );
  }
  for (const { path, value } of settled) {
    replaceAt(args, path, value);
  }
  return ok(args);
}

interface NamedArguments extends Omit<ParsedJson, "value"> {
  readonly args: JsonObject;
}

/** Gives positional arguments their names; an object has them already. */
function nameArguments(method: TakesArguments, parsed: ParsedJson): Result<NamedArguments, string> {
  const names = method.arguments.map((argument) => argument.name);
  const { value } = parsed;
  if (isJsonObject(value)) {
    return ok(underTraitNames(method, parsed, value));
  }
  if (!isJsonArray(value)) {
    return err(
      `Give the arguments of ${method.name} as an object by name or as a list: ${example(names)}.`,
    );
  }
  if (value.length !== names.length) {
    const takes = `${method.name} takes ${count(names.length, "argument")}`;
    return err(
      `${takes}${names.length > 0 ? ` (${names.join(", ")})` : ""}; the list has ${value.length}.`,
    );
  }
  const args: MutableJsonObject = {};
  names.forEach((name, index) => {
    setMember(args, name, value[index] ?? null);
  });
  const toName = (step: string): string => names[Number(step)] ?? step;
  const toIndex = (step: string): string => String(names.indexOf(step));
  return ok({
    args,
    bareNumbers: new Set([...parsed.bareNumbers].map((pointer) => mapFirst(pointer, toName))),
    locate: (pointer) => parsed.locate(mapFirst(pointer, toIndex)),
  });
}

/** The impl block's names become the trait's; places in the text stay. */
function underTraitNames(
  method: TakesArguments,
  parsed: ParsedJson,
  value: JsonObject,
): NamedArguments {
  const args = underOwnNames(method.arguments, value);
  if (args === value) {
    return { ...parsed, args };
  }
  const keys = new Map(
    method.arguments.map((argument) => [argument.name, givenKey(argument, value)]),
  );
  const names = new Map([...keys].map(([name, key]) => [key, name]));
  const toName = (step: string): string => names.get(step) ?? step;
  const toKey = (step: string): string => keys.get(step) ?? step;
  return {
    args,
    bareNumbers: new Set([...parsed.bareNumbers].map((pointer) => mapFirst(pointer, toName))),
    locate: (pointer) => parsed.locate(mapFirst(pointer, toKey)),
  };
}

function example(names: readonly string[]): string {
  return names.length === 0 ? "{}" : `{${names.map((name) => `"${name}": …`).join(", ")}}`;
}

function mapFirst(pointer: string, map: (step: string) => string): string {
  const [first, ...rest] = splitPointer(pointer) ?? [];
  return first === undefined ? pointer : pointerOf([map(first), ...rest]);
}

/** The text of the place, or of what it is missing from. */
function locateNearest(locate: ParsedJson["locate"], pointer: string): TextRange {
  const steps = [...(splitPointer(pointer) ?? [])];
  for (;;) {
    const range = locate(pointerOf(steps));
    if (range !== undefined) {
      return range;
    }
    if (steps.pop() === undefined) {
      return nowhere;
    }
  }
}

/** Puts a settled number into the arguments, which were parsed here and belong to nobody else yet. */
function replaceAt(args: JsonObject, path: readonly PathStep[], value: JsonValue): void {
  const last = path.length - 1;
  let parent: JsonValue | undefined = args;
  for (let index = 0; index < last; index++) {
    const step = path[index] ?? "";
    parent = isJsonArray(parent)
      ? parent[Number(step)]
      : isJsonObject(parent)
        ? parent[step]
        : undefined;
  }
  const step = path[last] ?? "";
  if (isJsonArray(parent)) {
    (parent as JsonValue[])[Number(step)] = value;
  } else if (isJsonObject(parent)) {
    setMember(parent, String(step), value);
  }
}
