// The items of a stream as values: those that the plugin gives, and those that it takes (reference 4.5: exactly the bincode
// of the item's type, no framing).

import type { ValueProblem } from "../../model/outcome.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err } from "../../model/result.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { DecodedValue, DecodeProblem } from "../bincode/decode.ts";
import { decodeValue } from "../bincode/decode.ts";
import { encodeArguments } from "../bincode/encode.ts";
import { parseOnlyArgument } from "../json/parseOnlyArgument.ts";

/** Whether the method returns a stream. */
export function givesItems({ stream }: MethodSchema): boolean {
  return stream === "server" || stream === "bidirectional";
}

/** Whether an argument of the method is a stream. */
export function takesItems({ stream }: MethodSchema): boolean {
  return stream === "client" || stream === "bidirectional";
}

/** The type of the items that a server or bidirectional stream gives. */
export function outputItemType(method: MethodSchema): TypeSchema {
  const { returns } = method;
  return returns.kind === "value"
    ? returns.type
    : {
        rustType: `Result<${returns.success.rustType}, ${returns.failure.rustType}>`,
        kind: "result",
        success: returns.success,
        failure: returns.failure,
      };
}

/** The value of an item that the plugin gave. */
export function decodeItem(
  method: MethodSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  return decodeValue(outputItemType(method), types, bytes);
}

/** The type of the items that a client or bidirectional stream takes. */
export function inputItemType(method: MethodSchema): TypeSchema {
  return method.streamArgument?.type ?? { rustType: "()", kind: "unit" };
}

/** Name of the argument of {@link inputItemMethod}. */
export const inputItemArgument = "$item";

/**
 * A method whose only argument is one item of a stream's input, so that an item is written, checked and encoded like
 * arguments; undefined for a method without such input.
 */
export function inputItemMethod(method: MethodSchema): MethodSchema | undefined {
  const { streamArgument, capabilityBit: _, ...rest } = method;
  return streamArgument === undefined
    ? undefined
    : {
        ...rest,
        wire: "bincode",
        stream: "none",
        arguments: [{ name: inputItemArgument, type: streamArgument.type }],
      };
}

/** The bytes of an input item. */
export function encodeInputItem(
  method: MethodSchema,
  types: TypeTable,
  value: JsonValue,
): Result<Uint8Array, readonly ValueProblem[]> {
  const itemMethod = inputItemMethod(method);
  return itemMethod === undefined
    ? err([{ pointer: "", message: `${method.name} takes no stream.` }])
    : encodeArguments(itemMethod, types, { [inputItemArgument]: value });
}

/** The text of a line of NDJSON, counted from 1: what editors and shells put before the first one is none of it. Null for an empty one. */
export function lineText(line: string, number: number): string | null {
  const text = number === 1 && line.startsWith(byteOrderMark) ? line.slice(1) : line;
  return text.trim() === "" ? null : text;
}

const byteOrderMark = "\uFEFF";

/** An input item from one line of NDJSON; places of problems count from the line's first character. */
export function parseInputItem(
  method: MethodSchema,
  types: TypeTable,
  line: string,
): Result<JsonValue, readonly ValueProblem[]> {
  const itemMethod = inputItemMethod(method);
  return itemMethod === undefined
    ? err([{ pointer: "", message: `${method.name} takes no stream.` }])
    : parseOnlyArgument(itemMethod, types, line);
}
