// A pasted list → values of an element type: a JSON array, one item a line, or comma separated.

import { parseJson } from "../../src/model/value/losslessJson.ts";
import { isJsonArray } from "../../src/model/value/jsonObject.ts";
import { err, ok, type Result } from "../../src/model/result.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { toFormValue } from "./conform.ts";
import { floatFromText } from "./floatText.ts";
import { integerFromText } from "./integerText.ts";
import { resolveType } from "./shape.ts";

/** The items, or a sentence on why there are none. */
export function parseList(
  text: string,
  element: TypeSchema,
  types: TypeTable,
): Result<readonly JsonValue[], string> {
  const trimmed = text.trim();
  if (trimmed === "") {
    return ok([]);
  }
  if (trimmed.startsWith("[")) {
    const parsed = parseJson(trimmed);
    if (parsed.ok && isJsonArray(parsed.value.value)) {
      return ok(parsed.value.value.map((item) => toFormValue(element, types, item)));
    }
    const message = parsed.ok ? "This is no JSON array." : parsed.error.message;
    return err(message);
  }
  const items = /[\r\n]/.test(trimmed) ? trimmed.split(/\r?\n/) : trimmed.split(",");
  const values: JsonValue[] = [];
  for (const item of items.map((each) => each.trim()).filter((each) => each !== "")) {
    const value = parseItem(item, element, types);
    if (value === undefined) {
      return err(`"${item.slice(0, 40)}" is no ${element.rustType} in JSON.`);
    }
    values.push(value);
  }
  return ok(values);
}

function parseItem(text: string, element: TypeSchema, types: TypeTable): JsonValue | undefined {
  const { shape } = resolveType(element, types);
  if (shape.kind === "integer") {
    return integerFromText(text, shape);
  }
  if (shape.kind === "float") {
    return floatFromText(text);
  }
  if (shape.kind === "bytes") {
    return /^(hex|base64|text):/.test(text) ? text : `hex:${text}`;
  }
  const isText = shape.kind === "string" || shape.kind === "char";
  const isVariant =
    shape.kind === "enum" && shape.named.variants.some((variant) => variant.name === text);
  if (isVariant || (isText && !/^".*"$/s.test(text))) {
    return toFormValue(element, types, text);
  }
  return jsonItem(text, element, types);
}

function jsonItem(text: string, element: TypeSchema, types: TypeTable): JsonValue | undefined {
  const parsed = parseJson(text);
  return parsed.ok ? toFormValue(element, types, parsed.value.value) : undefined;
}
