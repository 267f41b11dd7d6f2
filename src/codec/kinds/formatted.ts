// Values of types with a human form: the text or the exact form in, the text out where it says everything.

import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { EncodeContext } from "./encodeContext.ts";
import { isBareNumber, report } from "./encodeContext.ts";
import { formatOf } from "../formats/index.ts";

/** The exact value that `value` says; undefined, with the problem noted, when it is a text that says none. */
export function exactValue(
  context: EncodeContext,
  type: TypeSchema,
  value: JsonValue,
): JsonValue | undefined {
  if (type.format === undefined || typeof value !== "string" || isBareNumber(context)) {
    return value;
  }
  const format = formatOf(type.format, type);
  const parsed = format.parse(value);
  if (parsed.ok) {
    return parsed.value;
  }
  if (isExactText(type, value)) {
    return value;
  }
  report(context, `${type.rustType} takes ${format.wants}. ${parsed.error}`);
  return undefined;
}

/** Whether a text may be the exact form itself: bytes and wide integers are strings in JSON. Flags read digits as bits. */
export function isExactText(type: TypeSchema, text: string): boolean {
  return type.kind === "bytes"
    ? /^(?:hex|base64|text):/.test(text)
    : type.kind === "integer" && type.flags === undefined && /^-?\d+$/.test(text);
}

/** The human form of a decoded value, or the value. */
export function humanValue(type: TypeSchema, value: JsonValue): JsonValue {
  return type.format === undefined ? value : (formatOf(type.format, type).print(value) ?? value);
}
