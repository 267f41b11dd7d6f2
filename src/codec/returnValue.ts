// What a call brought back: the success value (status 0) or the declared error (status -3), reference 4.2 and 4.3.

import { isJsonObject } from "../model/jsonObject.ts";
import type { PluginErrorValue } from "../model/outcome.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import type { NamedType, TypeSchema, TypeTable } from "../model/schema.ts";
import type { JsonValue } from "../model/value.ts";
import type { DecodedValue, DecodeProblem } from "./decode.ts";
import { decodeValue } from "./decode.ts";
import { bytesToHexText, maxHexBytes } from "./hex.ts";
import { namedType } from "./structs.ts";

/** The payload of status -3; `error` when the declared error type is `PluginError`. */
export interface DecodedFailure extends DecodedValue {
  readonly error?: PluginErrorValue;
}

/** Decodes the output of status 0: the value, for a `Result` its `Ok` value, under raw wire the bytes themselves. */
export function decodeReturn(
  method: MethodSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  if (method.wire === "raw") {
    return decodeRaw(bytes);
  }
  const type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
  return decodeValue(type, types, bytes);
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
): Result<DecodedFailure, DecodeProblem> {
  if (method.returns.kind !== "result") {
    const message = `${method.name} returns no Result, but the plugin answered with an error. Build the plugin again: its binary may be older than its source.`;
    return err({ pointer: "", offset: 0, message });
  }
  const { failure } = method.returns;
  const isBuiltIn = failure.kind === "unknown" && /\bPluginError$/.test(failure.rustType.trim());
  const decoded = isBuiltIn
    ? decodeValue(pluginErrorType, pluginErrorTypes, bytes)
    : decodeValue(failure, types, bytes);
  if (!decoded.ok) {
    return decoded;
  }
  const isPluginError = isBuiltIn || isPluginErrorType(failure, types);
  const error = isPluginError ? pluginErrorOf(decoded.value.value) : undefined;
  return ok(error === undefined ? decoded.value : { ...decoded.value, error });
}

const textType: TypeSchema = { rustType: "String", kind: "string" };
const pluginErrorType: TypeSchema = { rustType: "PluginError", kind: "named", id: "PluginError" };
/** Fidius' own error type, for crates whose Fidius sources are not at hand (reference 4.2). */
const pluginErrorTypes: TypeTable = {
  PluginError: {
    kind: "struct",
    name: "PluginError",
    warnings: [],
    body: {
      kind: "struct",
      fields: [
        { name: "code", type: textType },
        { name: "message", type: textType },
        {
          name: "details",
          type: { rustType: "Option<String>", kind: "option", inner: textType },
        },
      ],
    },
  },
};

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
