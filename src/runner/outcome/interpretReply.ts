// A reply's status and bytes → the call's result, with the codec and the schema (reference 4.2).

import { statusCodes, statusName } from "../../abi/status.ts";
import type { DecodeProblem } from "../../codec/bincode/decode.ts";
import { decodeFailure, decodeReturn, decodeWholeResult } from "../../codec/method/returnValue.ts";
import { valueFromWire } from "../../codec/method/wireForm.ts";
import type { WireForm } from "../../codec/method/wireForm.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { CallReply } from "../../protocol/host.ts";
import { knownReasons, reasonsOf } from "./knownReasons.ts";
import { reportPanic } from "./panicReport.ts";
import type { SourceFolders } from "./sourcePlaces.ts";

type ReturnedReply = Extract<CallReply, { readonly kind: "returned" }>;

const textType: TypeSchema = { rustType: "String", kind: "string" };

/** What a reply means for a method, its values in the library's form; `stderr` has a panic's place, in files below `folders`. */
export function interpretReply(
  reply: CallReply,
  plugin: PluginSchema,
  method: PluginMethod,
  stderr: string,
  { folders, form }: { readonly folders: SourceFolders; readonly form: WireForm },
): CallResult {
  if (reply.kind === "refused") {
    return reply.reason === "noSlot"
      ? { kind: "notImplemented", message: reply.message }
      : { kind: "wireError", message: reply.message };
  }
  switch (reply.status) {
    case statusCodes.ok:
      return interpretValue(reply, plugin, method, form);
    case statusCodes.pluginError:
      return interpretError(reply, plugin, method, form);
    case statusCodes.panic: {
      const message = valueFromWire(form, textType, {}, reply.output);
      const text = message.ok ? message.value.value : undefined;
      return {
        kind: "panic",
        panic: reportPanic(typeof text === "string" ? text : undefined, stderr, folders),
      };
    }
    case statusCodes.serializationError:
      return { kind: "wireError", message: describeRefusal(plugin, method, form) };
    default:
      return { kind: "wireError", message: describeStatus(reply.status, method) };
  }
}

/** Status -2, with what is known of the types; only where nothing is known the binary itself is suspected. */
function describeRefusal(plugin: PluginSchema, method: PluginMethod, form: WireForm): string {
  const what = `The plugin could not read the arguments of ${method.name}, or could not write its result (status -2).`;
  const reasons = knownReasons(method, plugin.types);
  return reasons.length > 0
    ? `${what} ${reasons.join(" ")}`
    : `${what} Its binary may be older than its source: build it again. If that does not help, a serde attribute of these types does not work with ${form.values === "json" ? "JSON" : "bincode"}.`;
}

function interpretValue(
  reply: ReturnedReply,
  plugin: PluginSchema,
  method: PluginMethod,
  form: WireForm,
): CallResult {
  const { returns } = method;
  if (returns.kind === "result" && !form.splitsResults && method.wire !== "raw") {
    return interpretWhole(reply, plugin, returns, form);
  }
  const decoded = decodeReturn(method, plugin.types, reply.output, form);
  const type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
  return decoded.ok
    ? { kind: "ok", bytes: reply.output, ...decoded.value }
    : undecodable("result", type, plugin, decoded.error, reply.output);
}

/** A Result that came as a value like any other. */
function interpretWhole(
  { output: bytes }: ReturnedReply,
  plugin: PluginSchema,
  returns: Extract<PluginMethod["returns"], { readonly kind: "result" }>,
  form: WireForm,
): CallResult {
  const whole = decodeWholeResult(returns, plugin.types, bytes, form);
  if (!whole.ok) {
    return undecodable("result", returns.success, plugin, whole.error, bytes);
  }
  if (whole.value.kind === "success") {
    return { kind: "ok", bytes, ...whole.value.decoded };
  }
  const { value, error } = whole.value.decoded;
  return { kind: "pluginError", value, bytes, ...(error === undefined ? {} : { error }) };
}

function interpretError(
  reply: ReturnedReply,
  plugin: PluginSchema,
  method: PluginMethod,
  form: WireForm,
): CallResult {
  const decoded = decodeFailure(method, plugin.types, reply.output, form);
  if (!decoded.ok) {
    const type = method.returns.kind === "result" ? method.returns.failure : method.returns.type;
    return undecodable("error", type, plugin, decoded.error, reply.output);
  }
  const { value, error } = decoded.value;
  const result = { kind: "pluginError", value, bytes: reply.output } as const;
  return error === undefined ? result : { ...result, error };
}

function undecodable(
  what: string,
  type: TypeSchema,
  { types }: PluginSchema,
  problem: DecodeProblem,
  bytes: Uint8Array,
): CallResult {
  const reasons = problem.isLimit === true ? [] : reasonsOf(type, types);
  const guess =
    problem.isLimit === true || reasons.length > 0
      ? ""
      : " The binary may be older than its source: build it again. If that does not help, a serde attribute of the type changes what is written.";
  const known = reasons.map((reason) => ` ${reason}`).join("");
  return {
    kind: "wireError",
    message: `Could not decode the ${what} as ${type.rustType} at byte ${String(problem.offset)}: ${problem.message}${known}${guess}`,
    offset: problem.offset,
    bytes,
  };
}

function describeStatus(status: number, method: PluginMethod): string {
  const name = statusName(status);
  const known =
    name === undefined ? "which Fidius does not have" : `${name}, which only streams answer with`;
  return `${method.name} answered with status ${String(status)}, ${known}. The binary may be older than its source: build the plugin again.`;
}
