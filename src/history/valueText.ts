// Results as text: typed where the types are still those of the call, for documents to compare and for previews.

import { formatJson } from "../codec/json/formatJson.ts";
import { isUnread, longResultOf, longText } from "../codec/long/longResult.ts";
import type { CallResult } from "../model/outcome.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";
import type { KeptItems } from "./callEntry.ts";
import { outcomeWords } from "./outcomeWords.ts";

/** The method and the types that a result was made with. */
export interface ResultTypes {
  readonly method: Pick<MethodSchema, "returns" | "wire">;
  readonly types: TypeTable;
}

/** The result as JSON; what is no value says what came instead of one. Null types: it is written as it is. */
export function comparableText(result: CallResult, typed: ResultTypes | null): string {
  if (result.kind === "ok") {
    return successText(result, typed, 2);
  }
  if (result.kind === "pluginError") {
    return `{\n"Err": ${formatted(failureOf(typed), typed, result.value)}\n}`;
  }
  const { kind, ...about } = result;
  return JSON.stringify({ outcome: outcomeWords(result), kind, ...withoutTimes(about) }, null, 2);
}

/** A call as one JSON text: its arguments and its outcome. */
export function callText(
  givenArguments: string,
  result: CallResult | undefined,
  typed: ResultTypes | null,
  items?: KeptItems,
): string {
  const outcome = result === undefined ? "null" : comparableText(result, typed);
  const lines =
    items === undefined ? "" : `,\n  "items": [\n    ${items.lines.join(",\n    ")}\n  ]`;
  return `{\n  "arguments": ${inset(givenArguments)},\n  "result": ${inset(outcome)}${lines}\n}\n`;
}

/** JSON text one level further in; no string of JSON has a line end. */
function inset(json: string): string {
  return json.replaceAll("\n", "\n  ");
}

/** The value alone; undefined where there is none. */
export function valueTextOf(result: CallResult, typed: ResultTypes): string | undefined {
  return result.kind === "ok"
    ? successText(result, typed, 0)
    : result.kind === "pluginError"
      ? formatted(failureOf(typed), typed, result.value, 0)
      : undefined;
}

/** All text of a result that a search may mean; bytes are none. */
export function searchableText(result: CallResult): string {
  return JSON.stringify(result, (key, value: unknown) =>
    key === "bytes" || key === "ranges" ? undefined : value,
  );
}

/** Of a result that stayed unread the beginning: documents of many megabytes are not compared. */
const longestCompared = 4 * 1024 * 1024;

function successText(
  { value, bytes }: Extract<CallResult, { kind: "ok" }>,
  typed: ResultTypes | null,
  indent: number,
): string {
  if (!isUnread(value)) {
    return formatted(successOf(typed), typed, value, indent);
  }
  const long = typed === null ? undefined : longResultOf(typed.method, typed.types, bytes);
  const isCut = bytes.length > longestCompared;
  return long === undefined
    ? JSON.stringify(`${String(bytes.length)} bytes`)
    : longText(long, { from: -1, to: isCut ? longestCompared : Infinity }) + (isCut ? "\n…" : "");
}

function formatted(
  type: TypeSchema | undefined,
  typed: ResultTypes | null,
  value: JsonValue,
  indent = 2,
): string {
  return type === undefined
    ? JSON.stringify(value, null, indent)
    : formatJson(type, typed?.types ?? {}, value, indent);
}

export function successOf(typed: ResultTypes | null): TypeSchema | undefined {
  const returns = typed?.method.returns;
  return returns?.kind === "result" ? returns.success : returns?.type;
}

export function failureOf(typed: ResultTypes | null): TypeSchema | undefined {
  const returns = typed?.method.returns;
  const failure = returns?.kind === "result" ? returns.failure : undefined;
  return failure?.kind === "unknown" ? undefined : failure;
}

/** Times differ from call to call and mean nothing here. */
function withoutTimes(about: object): object {
  return Object.fromEntries(
    Object.entries(about).filter(([name]) => name !== "afterMs" && name !== "bytes"),
  );
}
