// Host functions on the command line: what --host-functions names, and the log of what was asked and answered.

import { formatDuration } from "../../calls/options/duration.ts";
import { loadHostFunctions } from "../../calls/hostFunctionFile.ts";
import { formatArguments, formatJson } from "../../codec/json/formatJson.ts";
import { nameText } from "../../model/text/foreignText.ts";
import type {
  HostFunctionCall,
  HostFunctionLog,
  HostFunctionReply,
  HostFunctionRequest,
} from "../../model/hostFunctions.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import { describeProblems } from "./describeOutcome.ts";
import { exitCodes } from "./exitCodes.ts";
import type { CliFailure } from "./failure.ts";
import { jsonText, rawJson, type JsonContent } from "./jsonText.ts";

/** The set-up in `file`; without a file nothing is answered. */
export async function readHostFunctions(
  file: string | undefined,
  interfaces: readonly HostInterfaceSchema[],
  signal: AbortSignal,
): Promise<Result<HostFunctionRequest, CliFailure>> {
  if (file === undefined) {
    return ok({ interfaces, setup: {}, folder: process.cwd() });
  }
  const loaded = await loadHostFunctions(file, interfaces, { signal });
  return loaded.ok
    ? ok({ interfaces, ...loaded.value })
    : err({
        exitCode: exitCodes.usage,
        kind: "invalidHostFunctions",
        ...describeProblems(`The host functions in ${file} cannot be used`, loaded.error),
      });
}

/** One line for each call, and what is missing. */
export function logLines(
  log: HostFunctionLog,
  interfaces: readonly HostInterfaceSchema[],
): readonly string[] {
  return [
    ...log.calls.map((call) => callLine(call, interfaces)),
    ...(log.droppedCalls === 0 ? [] : [`host: ${log.droppedCalls} more calls are not shown`]),
    ...log.unbound.map(
      (name) =>
        `note: The plugin asked for host interface ${nameText(name)}, which is not set up. Give its answers with --host-functions.`,
    ),
  ];
}

function callLine(call: HostFunctionCall, interfaces: readonly HostInterfaceSchema[]): string {
  const found = schemaOf(call, interfaces);
  const args =
    found === undefined || call.arguments === null
      ? `${call.argumentBytes} bytes`
      : formatArguments(found.method, found.types, call.arguments, 0);
  const name = `${nameText(call.interfaceName)}::${nameText(call.functionName)}`;
  const answer = answerText(call.reply, found);
  return `host: ${call.order}. ${name} ${args} -> ${answer} (${formatDuration(call.durationMs)})`;
}

interface Found {
  readonly method: MethodSchema;
  readonly types: TypeTable;
}

function schemaOf(
  call: HostFunctionCall,
  interfaces: readonly HostInterfaceSchema[],
): Found | undefined {
  const schema = interfaces.find(({ name }) => name === call.interfaceName);
  const method = schema?.methods.find(({ name }) => name === call.functionName);
  return schema === undefined || method === undefined ? undefined : { method, types: schema.types };
}

function answerText(reply: HostFunctionReply, found: Found | undefined): string {
  switch (reply.kind) {
    case "value":
      return found === undefined ? jsonText(reply.value) : valueText(reply, found);
    case "error":
      return `PluginError ${nameText(reply.error.code)}: ${reply.error.message}`;
    case "panic":
      return `panic: ${reply.message}`;
    case "refused":
      return reply.message;
    case "bytes":
      return `${reply.length} bytes`;
    case "none":
      return "no answer: the process ended first";
  }
}

function valueText(
  reply: Extract<HostFunctionReply, { readonly kind: "value" }>,
  { method, types }: Found,
): string {
  const { returns } = method;
  const type = returns.kind === "result" ? returns.success : returns.type;
  return formatJson(type, types, reply.value, 0);
}

/** The log for --json. */
export function logJson(
  log: HostFunctionLog | undefined,
  interfaces: readonly HostInterfaceSchema[],
): JsonContent {
  if (log === undefined) {
    return undefined;
  }
  return {
    calls: log.calls.map((call) => {
      const found = schemaOf(call, interfaces);
      const { reply } = call;
      return {
        order: call.order,
        interface: call.interfaceName,
        function: call.functionName,
        arguments:
          found === undefined || call.arguments === null
            ? null
            : rawJson(formatArguments(found.method, found.types, call.arguments, 0)),
        argumentBytes: call.argumentBytes,
        answer: {
          kind: reply.kind,
          value:
            reply.kind === "value" && found !== undefined
              ? rawJson(valueText(reply, found))
              : undefined,
          error: reply.kind === "error" ? { ...reply.error } : undefined,
          message: reply.kind === "panic" || reply.kind === "refused" ? reply.message : undefined,
        },
        startMs: Math.round(call.startMs * 1000) / 1000,
        durationMs: Math.round(call.durationMs * 1000) / 1000,
      };
    }),
    droppedCalls: log.droppedCalls,
    unbound: log.unbound,
  };
}
