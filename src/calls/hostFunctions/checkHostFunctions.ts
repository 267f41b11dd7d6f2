// What the text of a host function set-up says, and everything in it that does not fit the host interfaces of the sources, with
// its place: what the panel shows beside the forms.

import { checkArguments } from "../../codec/bincode/encode.ts";
import type { HostFunctionAnswer, HostFunctionSetup } from "../../model/hostFunctions.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import { createLineFinder, parseJson } from "../../model/value/losslessJson.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import {
  answerType,
  parseHostFunctions,
  type HostFunctionFileProblem,
} from "./parseHostFunctions.ts";

export interface HostFunctionText {
  /** Null: the text is no set-up, and nothing of it may be changed. */
  readonly setup: HostFunctionSetup | null;
  readonly problems: readonly HostFunctionFileProblem[];
}

/** Reads a set-up's text; interfaces that no source shows are left alone. */
export function readHostFunctionText(
  text: string,
  interfaces: readonly HostInterfaceSchema[],
): HostFunctionText {
  const parsed = parseHostFunctions(text);
  if (!parsed.ok) {
    return { setup: null, problems: parsed.error };
  }
  const setup = parsed.value;
  const found = interfaces.flatMap((schema) =>
    Object.hasOwn(setup, schema.name) ? checkInterface(schema, setup) : [],
  );
  return { setup, problems: withPlaces(text, found) };
}

/** Why an answer does not fit a function; pointers begin at the answer. */
export function checkAnswer(
  method: MethodSchema,
  types: TypeTable,
  answer: HostFunctionAnswer,
): readonly HostFunctionFileProblem[] {
  switch (answer.kind) {
    case "value": {
      const place = { ...method, arguments: [{ name: "value", type: answerType(method) }] };
      return checkArguments(place, types, { value: answer.value }, { allowsFileReferences: true });
    }
    case "error":
      return method.returns.kind === "result"
        ? []
        : [
            {
              pointer: "/error",
              message: `${method.name} returns no Result, so it cannot answer with an error.`,
            },
          ];
    case "module":
      return answer.module.trim() === ""
        ? [{ pointer: "/module", message: "The path of a module is missing." }]
        : [];
  }
}

function checkInterface(
  schema: HostInterfaceSchema,
  setup: HostFunctionSetup,
): readonly HostFunctionFileProblem[] {
  const path = ["interfaces", schema.name, "functions"];
  return Object.entries(setup[schema.name]?.functions ?? {}).flatMap(([name, answer]) => {
    const start = pointerOf([...path, name]);
    const method = schema.methods.find((each) => each.name === name);
    if (method === undefined) {
      const known = [...new Set(schema.methods.map((each) => each.name))].join(", ");
      const message = `Host interface ${schema.name} has no function ${name}. It has: ${known}.`;
      return [{ pointer: start, message }];
    }
    return checkAnswer(method, schema.types, answer).map((problem) => ({
      ...problem,
      pointer: start + problem.pointer,
    }));
  });
}

function withPlaces(
  text: string,
  problems: readonly HostFunctionFileProblem[],
): readonly HostFunctionFileProblem[] {
  const parsed = problems.length === 0 ? undefined : parseJson(text);
  if (parsed?.ok !== true) {
    return problems;
  }
  const findLine = createLineFinder(text);
  return problems.map((problem) => ({
    ...problem,
    ...findLine(parsed.value.locate(problem.pointer)?.start ?? 0),
  }));
}
