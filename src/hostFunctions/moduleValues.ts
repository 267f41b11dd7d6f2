// Values between the wire and a user's JavaScript. What a module gets: 64- and 128-bit integers as BigInt, bytes as
// Uint8Array, maps as Map, all else as JSON has it. What it may give is wider: numbers and decimal text for any integer,
// objects for maps, Sets and Maps, undefined for nothing; the codec then checks it like any value.

import { namedType } from "../codec/kinds/structs.ts";
import { isJsonArray, isJsonObject } from "../model/value/jsonObject.ts";
import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";

/** A decoded value as a module sees it. */
export function toModuleValue(type: TypeSchema, types: TypeTable, value: JsonValue): unknown {
  switch (type.kind) {
    case "integer":
      return type.bits > 32 && isScalar(value) ? BigInt(value) : value;
    case "float":
      return typeof value === "string" ? Number(value) : value;
    case "bytes":
      return bytesOf(value);
    case "unit":
      return undefined;
    case "option":
      return optionOf(type.inner, types, value);
    case "sequence":
    case "array":
      return itemsOf(value).map((item) => toModuleValue(type.element, types, item));
    case "tuple":
      return tupleOf(type.elements, types, value);
    case "map":
      return mapOf(type, types, value);
    case "result": {
      const [name = "", inner = null] = Object.entries(isJsonObject(value) ? value : {})[0] ?? [];
      return { [name]: toModuleValue(name === "Ok" ? type.success : type.failure, types, inner) };
    }
    case "named":
      return namedOf(namedType(types, type.id), types, value);
    case "bool":
    case "char":
    case "string":
    case "unknown":
      return value;
  }
}

function isScalar(value: JsonValue): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function bytesOf(value: JsonValue): unknown {
  const hex = typeof value === "string" && value.startsWith("hex:") ? value.slice(4) : undefined;
  if (hex === undefined) {
    return isJsonArray(value) ? Uint8Array.from(value as number[]) : value;
  }
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** `Some(None)` of an `Option<Option<T>>` stays `{$some: null}`: JavaScript has no other word for it. */
function optionOf(inner: TypeSchema, types: TypeTable, value: JsonValue): unknown {
  if (value === null) {
    return null;
  }
  return isJsonObject(value) && "$some" in value
    ? { $some: toModuleValue(inner, types, value["$some"] ?? null) }
    : toModuleValue(inner, types, value);
}

function mapOf(
  type: Extract<TypeSchema, { readonly kind: "map" }>,
  types: TypeTable,
  value: JsonValue,
): unknown {
  const entries: readonly (readonly [JsonValue, JsonValue])[] = isJsonObject(value)
    ? Object.entries(value)
    : itemsOf(value).map((pair) => [itemsOf(pair)[0] ?? null, itemsOf(pair)[1] ?? null]);
  return new Map(
    entries.map(([key, item]) => [
      toModuleValue(type.key, types, key),
      toModuleValue(type.value, types, item),
    ]),
  );
}

function namedOf(named: NamedType | undefined, types: TypeTable, value: JsonValue): unknown {
  if (named === undefined) {
    return value;
  }
  if (named.kind === "struct") {
    return bodyOf(named.body, types, value);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const [name = "", body = null] = Object.entries(value)[0] ?? [];
  const variant = named.variants.find((candidate) => candidate.name === name);
  return variant === undefined ? value : { [name]: bodyOf(variant.body, types, body) };
}

function bodyOf(body: TypeBody, types: TypeTable, value: JsonValue): unknown {
  switch (body.kind) {
    case "unit":
      return value;
    case "newtype":
      return toModuleValue(body.inner, types, value);
    case "tuple":
      return tupleOf(body.elements, types, value);
    case "struct": {
      const fields = isJsonObject(value) ? value : {};
      return Object.fromEntries(
        body.fields.map(({ name, type }) => [
          name,
          toModuleValue(type, types, fields[name] ?? null),
        ]),
      );
    }
  }
}

function tupleOf(elements: readonly TypeSchema[], types: TypeTable, value: JsonValue): unknown[] {
  const items = itemsOf(value);
  return elements.map((element, index) => toModuleValue(element, types, items[index] ?? null));
}

function itemsOf(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

/** Deeper than any value of a type: something that contains itself. */
const mostDepth = 250;

/** What a module gave, as a value for the codec; throws a sentence for what no value can be. */
export function fromModuleValue(given: unknown, depth = 0): JsonValue {
  if (depth > mostDepth) {
    throw new TypeError("it is nested too deeply, or contains itself");
  }
  const next = (inner: unknown): JsonValue => fromModuleValue(inner, depth + 1);
  switch (typeof given) {
    case "undefined":
      return null;
    case "boolean":
    case "string":
      return given;
    case "number":
      return numberValue(given);
    case "bigint":
      return isSafe(given) ? Number(given) : String(given);
    case "object":
      return given === null ? null : objectValue(given, next);
    case "function":
    case "symbol":
      throw new TypeError(`a ${typeof given} is in it`);
    default:
      throw new TypeError("it cannot be sent");
  }
}

function objectValue(given: object, next: (inner: unknown) => JsonValue): JsonValue {
  if (given instanceof Uint8Array) {
    return `hex:${Buffer.from(given).toString("hex")}`;
  }
  if (ArrayBuffer.isView(given) || given instanceof ArrayBuffer) {
    throw new TypeError("bytes are given as a Uint8Array");
  }
  if (given instanceof Map) {
    return [...given].map(([key, value]) => [next(key), next(value)]);
  }
  if (Array.isArray(given) || given instanceof Set) {
    return [...(given as Iterable<unknown>)].map(next);
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, next(value)]));
}

function numberValue(given: number): JsonValue {
  if (Number.isFinite(given)) {
    return Object.is(given, -0) ? "-0" : given;
  }
  return Number.isNaN(given) ? "NaN" : given > 0 ? "Infinity" : "-Infinity";
}

function isSafe(given: bigint): boolean {
  return given >= BigInt(Number.MIN_SAFE_INTEGER) && given <= BigInt(Number.MAX_SAFE_INTEGER);
}
