// What a host recorded of its functions → the log of an outcome, decoded with the interfaces' schemas.

import { statusCodes } from "../../abi/status.ts";
import { pluginErrorType, pluginErrorTypes, textType } from "../../codec/bincode/builtIn.ts";
import { decodeValue } from "../../codec/bincode/decode.ts";
import { decodeArguments } from "../../codec/method/decodeArguments.ts";
import type {
  HostFunctionCall,
  HostFunctionLog,
  HostFunctionReply,
} from "../../model/hostFunctions.ts";
import { isJsonArray, isJsonObject } from "../../model/value/jsonObject.ts";
import type { CallResult, CapturedOutput } from "../../model/outcome.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { FunctionAnswered } from "../../protocol/hostFunctions.ts";
import type { FunctionCalls, RecordedCall } from "../process/functionRecords.ts";

/** Words of Fidius' `HostCallError::NotBound`, which a plugin's error, panic or output may repeat. */
const notBound = /host interface '(\w+)' is not bound/g;

/** The log of a call; undefined when there is nothing to tell. */
export function hostFunctionLog(
  recorded: FunctionCalls,
  interfaces: readonly HostInterfaceSchema[],
  startedAtMs: number,
  result: CallResult,
  output: CapturedOutput,
): HostFunctionLog | undefined {
  const calls = recorded.calls.map((record) => describeCall(record, interfaces, startedAtMs));
  const unbound = unboundInterfaces(result, output);
  return calls.length === 0 && unbound.length === 0
    ? undefined
    : { calls, droppedCalls: recorded.droppedCalls, unbound };
}

function describeCall(
  { call, answer }: RecordedCall,
  interfaces: readonly HostInterfaceSchema[],
  startedAtMs: number,
): HostFunctionCall {
  const schema = interfaces.find(({ name }) => name === call.interfaceName);
  const method = schema?.methods.find(({ name }) => name === call.functionName);
  const isWhole = call.arguments.length === call.argumentBytes;
  const decoded =
    schema === undefined || method === undefined || !isWhole
      ? undefined
      : decodeArguments(method, schema.types, call.arguments);
  return {
    order: call.order,
    interfaceName: call.interfaceName,
    functionName: call.functionName,
    startMs: call.atMs - startedAtMs,
    durationMs: answer?.durationMs ?? 0,
    arguments: decoded?.ok === true ? decoded.value : null,
    argumentBytes: call.argumentBytes,
    reply: describeReply(answer, method, schema?.types ?? {}),
  };
}

function describeReply(
  answer: FunctionAnswered | null,
  method: MethodSchema | undefined,
  types: TypeTable,
): HostFunctionReply {
  if (answer === null) {
    return { kind: "none" };
  }
  if (answer.answer.length < answer.answerBytes) {
    return { kind: "bytes", length: answer.answerBytes };
  }
  switch (answer.status) {
    case statusCodes.ok:
      return describeValue(answer, method, types);
    case statusCodes.pluginError: {
      const error = decoded(pluginErrorType, pluginErrorTypes, answer.answer);
      const { code, message, details } = isJsonObject(error) ? error : {};
      return {
        kind: "error",
        error: {
          code: textOf(code),
          message: textOf(message),
          details: typeof details === "string" ? details : null,
        },
      };
    }
    case statusCodes.panic:
      return { kind: "panic", message: textOf(decoded(textType, {}, answer.answer)) };
    default:
      return { kind: "refused", message: answer.problem ?? `status ${String(answer.status)}` };
  }
}

function describeValue(
  answer: FunctionAnswered,
  method: MethodSchema | undefined,
  types: TypeTable,
): HostFunctionReply {
  if (method === undefined) {
    return { kind: "bytes", length: answer.answerBytes };
  }
  const { returns } = method;
  const type = returns.kind === "result" ? returns.success : returns.type;
  const value = decoded(type, types, answer.answer);
  return value === undefined
    ? { kind: "bytes", length: answer.answerBytes }
    : { kind: "value", value };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function decoded(...value: Parameters<typeof decodeValue>): JsonValue | undefined {
  const result = decodeValue(...value);
  return result.ok ? result.value.value : undefined;
}

/** The interfaces that the plugin says are not bound: in its error, its panic, its value or its output. */
function unboundInterfaces(result: CallResult, output: CapturedOutput): readonly string[] {
  const texts = [output.stdout, output.stderr, ...textsOf(result)];
  const names = texts.flatMap((text) => [...text.matchAll(notBound)].map(([, name = ""]) => name));
  return [...new Set(names)];
}

function textsOf(result: CallResult): readonly string[] {
  if (result.kind === "ok" || result.kind === "pluginError") {
    return textsIn(result.value, 0);
  }
  return result.kind === "panic" ? [result.panic.message] : [];
}

/** What is longer is no error's message, and may be many megabytes. */
const longestMessage = 64 * 1024;

/** Texts near the top of a value: an error's message, not the millionth line of a result. */
function textsIn(value: JsonValue, depth: number): readonly string[] {
  if (typeof value === "string") {
    return value.length > longestMessage ? [] : [value];
  }
  if (depth > 3) {
    return [];
  }
  const parts = isJsonArray(value)
    ? value.slice(0, 50)
    : isJsonObject(value)
      ? Object.values(value)
      : [];
  return parts.flatMap((part) => textsIn(part, depth + 1));
}
