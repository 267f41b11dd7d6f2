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
import { knownReasons, reasonsOf, unknownArguments } from "./knownReasons.ts";
import { reportPanic } from "./panicReport.ts";
import type { SourceFolders } from "./sourcePlaces.ts";

type ReturnedReply = Extract<CallReply, { readonly kind: "returned" }>;

const textType: TypeSchema = { rustType: "String", kind: "string" };

/** What is known of the library beside its schema. */
export interface ReplyContext {
  /** A panic's place may be below these. */
  readonly folders: SourceFolders;
  readonly form: WireForm;
  /** It is built from the sources as they are. */
  readonly isCurrent?: boolean | undefined;
}

/** What a reply means for a method, its values in the library's form; `stderr` has a panic's place. */
export function interpretReply(
  reply: CallReply,
  plugin: PluginSchema,
  method: PluginMethod,
  stderr: string,
  context: ReplyContext,
): CallResult {
  const { folders, form } = context;
  if (reply.kind === "refused") {
    return reply.reason === "noSlot"
      ? { kind: "notImplemented", message: reply.message }
      : { kind: "wireError", message: reply.message };
  }
  switch (reply.status) {
    case statusCodes.ok:
      return interpretValue(reply, plugin, method, context);
    case statusCodes.pluginError:
      return interpretError(reply, plugin, method, context);
    case statusCodes.panic: {
      const message = valueFromWire(form, textType, {}, reply.output);
      const text = message.ok ? message.value.value : undefined;
      return {
        kind: "panic",
        panic: reportPanic(typeof text === "string" ? text : undefined, stderr, folders),
      };
    }
    case statusCodes.serializationError:
      return { kind: "wireError", message: describeRefusal(plugin, method, context) };
    default:
      return { kind: "wireError", message: describeStatus(reply.status, method, context) };
  }
}

/** Status -2, with what is known of the types; only where nothing is known the binary itself is suspected. */
function describeRefusal(
  { types }: PluginSchema,
  method: PluginMethod,
  { form, isCurrent }: ReplyContext,
): string {
  const what = `The plugin could not read the arguments of ${method.name}, or could not write its result (status -2).`;
  const reasons = [...knownReasons(method, types), ...unknownArguments(method, types)];
  if (reasons.length > 0) {
    return `${what} ${reasons.join(" ")}`;
  }
  const format = form.values === "json" ? "JSON" : "bincode";
  return isCurrent === true
    ? `${what} A serde attribute of these types does not work with ${format}, or their own \`Deserialize\` or \`Serialize\` refuses the values.`
    : `${what}${olderBinary(isCurrent, "build it again.", "Its")} If that does not help, a serde attribute of these types does not work with ${format}.`;
}

/** That a library may be of other sources, where it may. */
export function olderBinary(
  isCurrent: boolean | undefined,
  next: string,
  whose: "Its" | "The" = "The",
): string {
  return isCurrent === true ? "" : ` ${whose} binary may be older than its source: ${next}`;
}

function interpretValue(
  reply: ReturnedReply,
  plugin: PluginSchema,
  method: PluginMethod,
  context: ReplyContext,
): CallResult {
  const { form } = context;
  const { returns } = method;
  if (returns.kind === "result" && !form.splitsResults && method.wire !== "raw") {
    return interpretWhole(reply, plugin, returns, context);
  }
  const decoded = decodeReturn(method, plugin.types, reply.output, form);
  const type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
  return decoded.ok
    ? { kind: "ok", bytes: reply.output, ...decoded.value }
    : undecodable("result", type, plugin, { problem: decoded.error, bytes: reply.output }, context);
}

/** A Result that came as a value like any other. */
function interpretWhole(
  { output: bytes }: ReturnedReply,
  plugin: PluginSchema,
  returns: Extract<PluginMethod["returns"], { readonly kind: "result" }>,
  context: ReplyContext,
): CallResult {
  const whole = decodeWholeResult(returns, plugin.types, bytes, context.form);
  if (!whole.ok) {
    return undecodable("result", returns.success, plugin, { problem: whole.error, bytes }, context);
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
  context: ReplyContext,
): CallResult {
  const decoded = decodeFailure(method, plugin.types, reply.output, context.form);
  if (!decoded.ok) {
    const type = method.returns.kind === "result" ? method.returns.failure : method.returns.type;
    return undecodable(
      "error",
      type,
      plugin,
      { problem: decoded.error, bytes: reply.output },
      context,
    );
  }
  const { value, error } = decoded.value;
  const result = { kind: "pluginError", value, bytes: reply.output } as const;
  return error === undefined ? result : { ...result, error };
}

function undecodable(
  what: string,
  type: TypeSchema,
  { types }: PluginSchema,
  { problem, bytes }: { readonly problem: DecodeProblem; readonly bytes: Uint8Array },
  { isCurrent }: ReplyContext,
): CallResult {
  const reasons = problem.isLimit === true ? [] : reasonsOf(type, types);
  const guess =
    problem.isLimit === true || reasons.length > 0
      ? ""
      : isCurrent === true
        ? " A serde attribute of the type, or its own `Serialize`, changes what is written."
        : `${olderBinary(isCurrent, "build it again.")} If that does not help, a serde attribute of the type changes what is written.`;
  const known = reasons.map((reason) => ` ${reason}`).join("");
  return {
    kind: "wireError",
    message: `Could not decode the ${what} as ${type.rustType} at byte ${String(problem.offset)}: ${problem.message}${known}${guess}`,
    offset: problem.offset,
    bytes,
  };
}

function describeStatus(status: number, method: PluginMethod, { isCurrent }: ReplyContext): string {
  const name = statusName(status);
  const known =
    name === undefined ? "which Fidius does not have" : `${name}, which only streams answer with`;
  return `${method.name} answered with status ${String(status)}, ${known}.${olderBinary(isCurrent, "build the plugin again.")}`;
}
