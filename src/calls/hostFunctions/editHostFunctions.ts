// Edits of a host function set-up's text: one answer, the module of an interface, default values. All else stays as it is written.

import { defaultValue } from "../../codec/values/defaults.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import type {
  HostFunctionAnswer,
  HostFunctionEdit,
  HostFunctionError,
  HostFunctionSetup,
} from "../../model/hostFunctions.ts";
import { changeValue, putMember, removeMember } from "../../model/value/editJsonText.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { checkAnswer } from "./checkHostFunctions.ts";
import { answerType, parseHostFunctions } from "./parseHostFunctions.ts";

const emptySetup = '{\n  "interfaces": {}\n}\n';
/** An answer whose text is longer stands on lines of its own. */
const longestLine = 80;

type Answered = Extract<HostFunctionEdit, { readonly kind: "answer" }>;

/** The text after the edit; null is no file yet. The error says why nothing is changed. */
export function editHostFunctions(
  text: string | null,
  edit: HostFunctionEdit,
  schema: HostInterfaceSchema,
): Result<string, string> {
  const current = text === null || text.trim() === "" ? emptySetup : text;
  const parsed = parseHostFunctions(current);
  if (!parsed.ok) {
    const [problem] = parsed.error;
    return err(`The file is not changed, because it has an error: ${problem?.message ?? ""}`);
  }
  const setup = parsed.value;
  const path = ["interfaces", schema.name];
  switch (edit.kind) {
    case "module":
      return edit.module === null
        ? ok(removeMember(current, [...path, "module"]))
        : put(current, [...path, "module"], JSON.stringify(edit.module));
    case "defaults":
      return answerAll(current, setup, schema);
    case "answer": {
      const method = schema.methods.find(({ name }) => name === edit.functionName);
      return method === undefined
        ? err(`Host interface ${schema.name} has no function ${edit.functionName}.`)
        : changeAnswer(current, setup, schema, method, edit);
    }
  }
}

function answerAll(
  text: string,
  setup: HostFunctionSetup,
  schema: HostInterfaceSchema,
): Result<string, string> {
  let changed = text;
  for (const method of schema.methods) {
    if (answerOf(setup, schema.name, method.name) === undefined) {
      const value = defaultValue(answerType(method), schema.types);
      const written = answerText(method, schema.types, { kind: "value", value });
      changed = putMember(changed, pathOf(schema, method), written) ?? changed;
    }
  }
  return ok(changed);
}

function changeAnswer(
  text: string,
  setup: HostFunctionSetup,
  schema: HostInterfaceSchema,
  method: MethodSchema,
  { answer, before }: Answered,
): Result<string, string> {
  const path = pathOf(schema, method);
  if (answer === null) {
    return ok(removeMember(text, path));
  }
  const [problem] = checkAnswer(method, schema.types, answer);
  if (problem !== undefined) {
    return err(`${schema.name}.${method.name}: ${problem.message}`);
  }
  const current = answerOf(setup, schema.name, method.name);
  if (answer.kind === "value" && current?.kind === "value") {
    const written = formatJson(answerType(method), schema.types, answer.value);
    const change = { before: before ?? current.value, after: answer.value, written };
    return ok(changeValue(text, pointerOf([...path, "value"]), change));
  }
  if (answer.kind === "error" && current?.kind === "error") {
    return ok(changeError(text, [...path, "error"], current.error, answer.error));
  }
  if (answer.kind === "module" && current?.kind === "module") {
    return put(text, [...path, "module"], JSON.stringify(answer.module));
  }
  return put(text, path, answerText(method, schema.types, answer));
}

/** Only the members of the error that are others now: details may be written as JSON. */
function changeError(
  text: string,
  path: readonly string[],
  before: HostFunctionError,
  after: HostFunctionError,
): string {
  let changed = text;
  for (const name of ["code", "message", "details"] as const) {
    if (before[name] !== after[name]) {
      changed = putMember(changed, [...path, name], JSON.stringify(after[name])) ?? changed;
    }
  }
  return changed;
}

function answerText(method: MethodSchema, types: TypeTable, answer: HostFunctionAnswer): string {
  if (answer.kind !== "value") {
    const content =
      answer.kind === "error" ? errorText(answer.error) : JSON.stringify(answer.module);
    return `{ "${answer.kind}": ${content} }`;
  }
  const type = answerType(method);
  const short = formatJson(type, types, answer.value, 0);
  if (short.length <= longestLine && !short.includes("\n")) {
    return `{ "value": ${short} }`;
  }
  const long = formatJson(type, types, answer.value, 2).replaceAll("\n", "\n  ");
  return `{\n  "value": ${long}\n}`;
}

function errorText({ code, message, details }: HostFunctionError): string {
  const members: readonly (readonly [string, JsonValue])[] = [
    ["code", code],
    ["message", message],
    ["details", details],
  ];
  const written = members.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{ ${written.join(", ")} }`;
}

function put(text: string, path: readonly string[], written: string): Result<string, string> {
  const changed = putMember(text, path, written);
  return changed === undefined
    ? err("The file is not changed: there is something else where the answers are to be.")
    : ok(changed);
}

function pathOf({ name }: HostInterfaceSchema, method: MethodSchema): readonly string[] {
  return ["interfaces", name, "functions", method.name];
}

function answerOf(
  setup: HostFunctionSetup,
  interfaceName: string,
  functionName: string,
): HostFunctionAnswer | undefined {
  const own = Object.hasOwn(setup, interfaceName) ? setup[interfaceName] : undefined;
  return own !== undefined && Object.hasOwn(own.functions, functionName)
    ? own.functions[functionName]
    : undefined;
}
