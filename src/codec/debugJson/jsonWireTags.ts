// Enums with `#[serde(tag)]` in the JSON of debug builds of Fidius 0.0 (reference 4.1): which variant it is stands in a field.

import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import { isJsonObject, memberOf, setMember } from "../../model/value/jsonObject.ts";
import type { VariantSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";

/** `{"t": "A", …}` and `{"t": "A", "c": …}` as the variant's name around its content, or alone. */
export function untagged(
  { field, content }: { readonly field: string; readonly content?: string },
  variants: readonly VariantSchema[],
  value: JsonValue,
): JsonValue | undefined {
  const name = isJsonObject(value) ? memberOf(value, field) : undefined;
  if (!isJsonObject(value) || typeof name !== "string") {
    return undefined;
  }
  const variant = variants.find((each) => (each.jsonName ?? each.name) === name);
  if (variant?.body.kind === "unit") {
    return name;
  }
  const object: MutableJsonObject = {};
  if (content !== undefined) {
    setMember(object, name, memberOf(value, content) ?? null);
    return object;
  }
  const rest: MutableJsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (key !== field) {
      setMember(rest, key, member);
    }
  }
  setMember(object, name, rest);
  return object;
}
