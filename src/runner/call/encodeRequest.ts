// A request's arguments as bytes, within the limit that a frame has.

import { encodeArguments } from "../../codec/bincode/encode.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err } from "../../model/result.ts";
import type { JsonObject } from "../../model/value/value.ts";

/** Encodes the arguments; those that take more than `bodyLimit` bytes are a problem too. */
export function encodeRequest(
  request: {
    readonly plugin: PluginSchema;
    readonly method: PluginMethod;
    readonly arguments: JsonObject;
  },
  bodyLimit: number,
): Result<Uint8Array, readonly ValueProblem[]> {
  const encoded = encodeArguments(request.method, request.plugin.types, request.arguments);
  if (!encoded.ok || encoded.value.length <= bodyLimit) {
    return encoded;
  }
  const message = `The arguments take ${String(encoded.value.length)} bytes; the limit is ${String(bodyLimit)}. Pass less, or the name of a file.`;
  return err([{ pointer: "", message }]);
}
