// Building and testing JSON objects so that every key is data: "__proto__" and "constructor" are keys like any other.

import type { JsonObject, JsonValue } from "./value.ts";

/** A JSON object while it is built. */
export type MutableJsonObject = Record<string, JsonValue>;

/** Sets a member as an own property, also for the key `__proto__`, where plain assignment would set the prototype. */
export function setMember(object: MutableJsonObject, key: string, value: JsonValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    object[key] = value;
  }
}

/** The member of that name, or undefined; never something inherited. */
export function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Array.isArray` for JsonValue, which the built-in type guard cannot narrow because its arrays are readonly. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
