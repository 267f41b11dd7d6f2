// What a call brought back: the success value (status 0) or the declared error (status -3), reference 4.2 and 4.3.

import { isJsonObject } from "../../model/value/jsonObject.ts";
import type { PluginErrorValue } from "../../model/outcome.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { NamedType, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { pluginErrorType, pluginErrorTypes } from "../bincode/builtIn.ts";
import type { DecodedValue, DecodeProblem } from "../bincode/decode.ts";
import { bytesToHexText, maxHexBytes } from "../text/hex.ts";
import { namedType } from "../kinds/structs.ts";
import { unknownReason } from "../values/unknownParts.ts";
import { currentWireForm, valueFromWire } from "./wireForm.ts";
import type { WireForm } from "./wireForm.ts";

/** The payload of status -3; `error` when the declared error type is `PluginError`. */
export interface DecodedFailure extends DecodedValue {
  readonly error?: PluginErrorValue;
}

/** Decodes the output of status 0: the value, for a `Result` its `Ok` value, under raw wire the bytes themselves. */
export function decodeReturn(
  method: MethodSchema,
  types: TypeTable,
  bytes: Uint8Array,
  form: WireForm = currentWireForm,
): Result<DecodedValue, DecodeProblem> {
  if (method.wire === "raw") {
    return decodeRaw(bytes);
  }
  const type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
  return decodeKnown(form, type, types, bytes);
}

/** A value that is not known in all its parts and cannot be taken apart stays whole, as bytes. */
function decodeKnown(
  form: WireForm,
  type: TypeSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  const decoded = valueFromWire(form, type, types, bytes);
  if (decoded.ok || unknownReason(type, types) === undefined) {
    return decoded;
  }
  const raw = decodeRaw(bytes);
  return raw.ok ? ok({ ...raw.value, value: { $raw: raw.value.value } }) : raw;
}

function decodeRaw(bytes: Uint8Array): Result<DecodedValue, DecodeProblem> {
  if (bytes.length > maxHexBytes) {
    const message = `The result is too long to show: ${bytes.length} bytes.`;
    return err({ pointer: "", offset: 0, message });
  }
  return ok({
    value: bytesToHexText(bytes, 0, bytes.length),
    ranges: [{ pointer: "", start: 0, end: bytes.length }],
  });
}

/** Decodes the output of status -3: a value of the declared error type, in bincode also under raw wire. */
export function decodeFailure(
  method: MethodSchema,
  types: TypeTable,
  bytes: Uint8Array,
  form: WireForm = currentWireForm,
): Result<DecodedFailure, DecodeProblem> {
  if (method.returns.kind !== "result") {
    const message = `${method.name} returns no Result, but the plugin answered with an error.`;
    return err({ pointer: "", offset: 0, message });
  }
  const { failure } = method.returns;
  const isBuiltIn = isUnknownPluginError(failure);
  const decoded = isBuiltIn
    ? valueFromWire(form, pluginErrorType, pluginErrorTypes, bytes)
    : decodeKnown(form, failure, types, bytes);
  return decoded.ok ? ok(failureOf(failure, types, decoded.value)) : decoded;
}

function failureOf(type: TypeSchema, types: TypeTable, decoded: DecodedValue): DecodedFailure {
  const isPluginError = isUnknownPluginError(type) || isPluginErrorType(type, types);
  const error = isPluginError ? pluginErrorOf(decoded.value) : undefined;
  return error === undefined ? decoded : { ...decoded, error };
}

/** A Result that came whole (0.0.0-alpha.1, reference 4.2), taken apart: its `Ok` or its `Err` value. */
export type DecodedResult =
  | { readonly kind: "success"; readonly decoded: DecodedValue }
  | { readonly kind: "failure"; readonly decoded: DecodedFailure };

/** Decodes the output of a method that returns a Result as a value like any other. */
export function decodeWholeResult(
  returns: Extract<MethodSchema["returns"], { readonly kind: "result" }>,
  types: TypeTable,
  bytes: Uint8Array,
  form: WireForm,
): Result<DecodedResult, DecodeProblem> {
  const { success } = returns;
  const isBuiltIn = isUnknownPluginError(returns.failure);
  const failure = isBuiltIn ? pluginErrorType : returns.failure;
  const type: TypeSchema = {
    rustType: `Result<${success.rustType}, ${failure.rustType}>`,
    kind: "result",
    success,
    failure,
  };
  const known = isBuiltIn ? { ...types, ...pluginErrorTypes } : types;
  const decoded = valueFromWire(form, type, known, bytes);
  if (!decoded.ok) {
    return decoded;
  }
  const { value, ranges } = decoded.value;
  const isOk = isJsonObject(value) && Object.hasOwn(value, "Ok");
  const name = isOk ? "Ok" : "Err";
  const inner: DecodedValue = {
    value: isJsonObject(value) ? (value[name] ?? null) : null,
    ranges: ranges.map((range) => ({ ...range, pointer: range.pointer.replace(`/${name}`, "") })),
  };
  return ok(
    isOk
      ? { kind: "success", decoded: inner }
      : { kind: "failure", decoded: failureOf(failure, known, inner) },
  );
}

function isUnknownPluginError(type: TypeSchema): boolean {
  return type.kind === "unknown" && /\bPluginError$/.test(type.rustType.trim());
}

/** Whether a type is `PluginError` by name and by shape. */
function isPluginErrorType(type: TypeSchema, types: TypeTable): boolean {
  const named = type.kind === "named" ? namedType(types, type.id) : undefined;
  return (
    named?.name === "PluginError" && shapeOf(named) === "code:string,message:string,details:option"
  );
}

function shapeOf(named: NamedType): string {
  return named.kind === "struct" && named.body.kind === "struct"
    ? named.body.fields.map((field) => `${field.name}:${field.type.kind}`).join()
    : "";
}

function pluginErrorOf(value: JsonValue): PluginErrorValue | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const { code, message, details } = value;
  return typeof code === "string" && typeof message === "string"
    ? { code, message, details: typeof details === "string" ? details : null }
    : undefined;
}
