// Where a call meets the bridge: arguments whose types the source does not tell go through it to bytes, results come back
// through it as JSON. Everything else passes by untouched.

import type { Bridge, BridgeFailure } from "../bridge/bridges.ts";
import type { BridgePlace } from "../bridge/generatedSource.ts";
import { bytesToHexText } from "../codec/text/hex.ts";
import { serdeText, unknownReason } from "../codec/values/unknownParts.ts";
import { unknownInMethod } from "../codec/method/unknownInMethod.ts";
import { configureName, type ConfiguredInstance } from "../model/instance.ts";
import { memberOf } from "../model/value/jsonObject.ts";
import { pointerOf } from "../model/value/jsonPointer.ts";
import type { CallOutcome, CallResult, ValueProblem } from "../model/outcome.ts";
import type { MethodSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { TypeSchema, TypeTable } from "../model/schema/schema.ts";
import type { JsonObject } from "../model/value/value.ts";

/** Gives the bridge of the call's interface; builds it when that is needed. */
export type OpenBridge = (signal: AbortSignal) => Promise<Result<Bridge, BridgeFailure>>;

/** Whether the bridge has to do with a call: an argument is JSON for serde, or the source does not tell what it gives. */
export function isBridged(method: MethodSchema, types: TypeTable, values: JsonObject): boolean {
  const { outputItems, returned } = unknownInMethod(method, types);
  const isGiven = method.arguments.some(
    ({ name }) => serdeText(memberOf(values, name)) !== undefined,
  );
  return method.wire !== "raw" && (isGiven || outputItems || returned);
}

/** The arguments with JSON for serde turned into bytes by the bridge; or the call's result already. */
export async function bridgeArguments(
  method: MethodSchema,
  types: TypeTable,
  values: JsonObject,
  open: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<JsonObject, CallResult>> {
  const bridged = method.arguments.flatMap(({ name, type }, index) => {
    const text = serdeText(memberOf(values, name));
    const isUnknown = text !== undefined && unknownReason(type, types) !== undefined;
    return isUnknown ? [{ name, text, place: `argument ${index}` as const }] : [];
  });
  if (bridged.length === 0 || open === undefined || method.wire === "raw") {
    return ok(values);
  }
  const bridge = await open(signal);
  if (!bridge.ok) {
    return err(resultOfFailure(bridge.error));
  }
  const problems: ValueProblem[] = [];
  const bytes: Record<string, JsonObject> = {};
  for (const { name, text, place } of bridged) {
    const encoded = await bridge.value.encode(method.name, place, text, signal);
    if (encoded.ok) {
      bytes[name] = { $raw: bytesToHexText(encoded.value, 0, encoded.value.length) };
    } else {
      problems.push({ pointer: pointerOf([name]), message: encoded.error });
    }
  }
  return problems.length > 0
    ? err({ kind: "invalidArguments", problems })
    : ok({ ...values, ...bytes });
}

/** The instance with a configuration in JSON for serde turned into bytes; or the call's result already. */
export async function bridgeConfiguration(
  instance: ConfiguredInstance | undefined,
  open: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<ConfiguredInstance | undefined, CallResult>> {
  const text = instance === undefined ? undefined : serdeText(instance.configuration);
  if (instance === undefined || text === undefined || open === undefined) {
    return ok(instance);
  }
  const bridge = await open(signal);
  if (!bridge.ok) {
    return err(resultOfFailure(bridge.error));
  }
  const encoded = await bridge.value.encode(configureName, "argument 0", text, signal);
  if (!encoded.ok) {
    return err({
      kind: "invalidConfiguration",
      problems: [{ pointer: "", message: encoded.error }],
    });
  }
  const configuration = { $raw: bytesToHexText(encoded.value, 0, encoded.value.length) };
  return ok({ ...instance, configuration });
}

/** What a bridge that cannot be had makes of the call. */
export function resultOfFailure(failure: BridgeFailure): CallResult {
  switch (failure.kind) {
    case "cancelled":
      return { kind: "cancelled", afterMs: 0 };
    case "notStarted":
      return {
        kind: "buildFailed",
        failure: { kind: "cargoFailed", exitCode: null, message: failure.message },
      };
    case "cargoFailed":
    case "cargoNotFound":
    case "compileErrors":
    case "folderUnusable":
    case "noLibrary":
      return { kind: "buildFailed", failure };
  }
}

/** The outcome with a result that the source does not tell shown in the compiler's words. */
export async function bridgeOutcome(
  method: MethodSchema,
  types: TypeTable,
  outcome: CallOutcome,
  open: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const { result } = outcome;
  if ((result.kind !== "ok" && result.kind !== "pluginError") || method.wire === "raw") {
    return outcome;
  }
  const part = returnedPart(method, result.kind === "ok");
  const isKnown = part === null || unknownReason(part.type, types) === undefined;
  if (open === undefined || isKnown || (result.kind === "pluginError" && !!result.error)) {
    return outcome;
  }
  const withNote = (note: string): CallOutcome => ({ ...outcome, notes: [...outcome.notes, note] });
  const bridge = await open(signal);
  if (!bridge.ok) {
    return withNote(
      `The result is shown as bytes, because its bridge could not be built: ${describeBridgeFailure(bridge.error)}`,
    );
  }
  const decoded = await bridge.value.decode(method.name, part.place, result.bytes, signal);
  if (!decoded.ok) {
    return withNote(`The result is shown as bytes. ${decoded.error}`);
  }
  const { text, isLossless } = decoded.value;
  const shown = {
    ...outcome,
    result: { ...result, value: { $serde: text }, ...(result.kind === "ok" ? { ranges: [] } : {}) },
  };
  return isLossless
    ? shown
    : {
        ...shown,
        notes: [
          ...outcome.notes,
          "The type's JSON does not hold all of the result: read again, it gives other bytes (NaN and infinities are null in JSON).",
        ],
      };
}

function returnedPart(
  { returns }: MethodSchema,
  isSuccess: boolean,
): { readonly type: TypeSchema; readonly place: BridgePlace } | null {
  if (returns.kind === "value") {
    return isSuccess ? { type: returns.type, place: "value" } : null;
  }
  return isSuccess
    ? { type: returns.success, place: "success" }
    : { type: returns.failure, place: "failure" };
}

/** A sentence for a bridge that could not be built. */
export function describeBridgeFailure(failure: BridgeFailure): string {
  switch (failure.kind) {
    case "cancelled":
      return "building it was cancelled.";
    case "compileErrors":
      return `${failure.errors[0]?.message ?? "it does not compile"}.`;
    case "cargoFailed":
    case "cargoNotFound":
    case "folderUnusable":
    case "noLibrary":
    case "notStarted":
      return failure.message;
  }
}
