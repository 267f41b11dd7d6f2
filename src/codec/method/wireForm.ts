// How a library wants values: bincode, or the JSON that debug builds of Fidius 0.0.x take; arguments as a tuple or bare; a
// Result split over two statuses or whole (reference 4.1, 4.2). Values are encoded as bincode first, which checks them all,
// and rewritten for a library that wants another form.

import { isJsonArray } from "../../model/value/jsonObject.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { decodeValue } from "../bincode/decode.ts";
import type { DecodedValue, DecodeProblem } from "../bincode/decode.ts";
import { readJsonWire } from "../debugJson/jsonWireRead.ts";
import { writeJsonWire } from "../debugJson/jsonWireWrite.ts";
import { byteLength, encodeUtf8Into } from "../text/utf8.ts";

/** The form of one plugin's values. */
export interface WireForm {
  readonly values: "bincode" | "json";
  readonly arguments: "tuple" | "bare";
  /** `Ok` comes with status 0 and `Err` with -3; else a Result is a value like any other. */
  readonly splitsResults: boolean;
}

/** The form since 0.1. */
export const currentWireForm: WireForm = {
  values: "bincode",
  arguments: "tuple",
  splitsResults: true,
};

/** A call's input in the form of a library, from the bincode that encodeArguments made. */
export function inputForWire(
  form: WireForm,
  method: MethodSchema,
  types: TypeTable,
  encoded: Uint8Array,
): Result<Uint8Array, readonly ValueProblem[]> {
  if (form.values === "bincode" || method.wire === "raw") {
    // A tuple of one value has the bytes of that value.
    return ok(encoded);
  }
  const parts: TypeSchema = {
    rustType: "arguments",
    kind: "tuple",
    elements: method.arguments.map(({ type }) => type),
  };
  const decoded = decodeValue(parts, types, encoded);
  if (!decoded.ok) {
    return err([{ pointer: decoded.error.pointer, message: decoded.error.message }]);
  }
  const values = isJsonArray(decoded.value.value) ? decoded.value.value : [];
  const texts: string[] = [];
  const problems: ValueProblem[] = [];
  method.arguments.forEach(({ name, type }, index) => {
    const written = writeJsonWire(type, types, values[index] ?? null, [name]);
    if (written.ok) {
      texts.push(written.value);
    } else {
      problems.push(...written.error);
    }
  });
  return problems.length > 0 ? err(problems) : ok(toUtf8(inputText(form, texts)));
}

/** serde_json reads `null`, and nothing else, as the tuple of nothing (reference 4.1). */
function inputText(form: WireForm, texts: readonly string[]): string {
  const [first] = texts;
  if (first === undefined) {
    return "null";
  }
  return form.arguments === "bare" && texts.length === 1 ? first : `[${texts.join(",")}]`;
}

/** The value of `type` in a library's reply. */
export function valueFromWire(
  form: WireForm,
  type: TypeSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  return form.values === "json"
    ? readJsonWire(type, types, bytes)
    : decodeValue(type, types, bytes);
}

function toUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text));
  encodeUtf8Into(text, bytes);
  return bytes;
}
