// serde_json's form of a value (as the golden vectors have it) → the form that the codec decodes to, written after the text of
// src/model/value/value.ts and sharing no code with the codec.

import type { TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

type Json = JsonValue;
type JsonRecord = Readonly<Record<string, Json>>;

export function canonicalValue(type: TypeSchema, types: TypeTable, value: Json): Json {
  const go = (inner: TypeSchema, part: Json | undefined): Json =>
    canonicalValue(inner, types, part ?? null);
  switch (type.kind) {
    case "integer":
      return type.bits > 32 ? JSON.stringify(value).replaceAll('"', "") : value;
    case "bytes":
      return `hex:${Buffer.from(value as number[]).toString("hex")}`;
    case "option":
      return canonicalOption(type.inner, types, value);
    case "sequence":
    case "array":
      return (value as Json[]).map((element) => go(type.element, element));
    case "tuple":
      return type.elements.map((element, index) => go(element, (value as Json[])[index]));
    case "map": {
      const entries = Array.isArray(value)
        ? (value as [Json, Json][])
        : Object.entries(value as JsonRecord);
      const pairs = entries.map(([key, entry]): [Json, Json] => [
        go(type.key, key),
        go(type.value, entry),
      ]);
      return mapValue(type.key, types, pairs);
    }
    case "result": {
      const { Ok, Err } = value as JsonRecord;
      return Ok === undefined ? { Err: go(type.failure, Err) } : { Ok: go(type.success, Ok) };
    }
    case "named":
      return canonicalNamed(type.id, types, value);
    case "bool":
    case "float":
    case "char":
    case "string":
    case "unit":
    case "unknown":
      return value;
  }
}

/** The JSON form of a map with these entries. */
export function mapValue(key: TypeSchema, types: TypeTable, pairs: [Json, Json][]): Json {
  if (!hasTextForm(key, types)) {
    return pairs;
  }
  const object = Object.fromEntries(pairs as [string, Json][]);
  const keys = Object.keys(object);
  return keys.length === pairs.length && keys.every((name, index) => name === pairs[index]?.[0])
    ? object
    : pairs;
}

function hasTextForm(key: TypeSchema, types: TypeTable): boolean {
  const named = key.kind === "named" ? types[key.id] : undefined;
  return named?.kind === "struct" && named.body.kind === "newtype"
    ? hasTextForm(named.body.inner, types)
    : key.kind === "string";
}

/** The JSON form of `Some(value)`. */
export function someValue(value: Json): Json {
  const isWrapper =
    typeof value === "object" && value !== null && Object.keys(value).join() === "$some";
  return value === null || isWrapper ? { $some: value } : value;
}

function canonicalOption(inner: TypeSchema, types: TypeTable, value: Json): Json {
  if (value === null) {
    return null;
  }
  const isSome = typeof value === "object" && Object.keys(value).join() === "Some";
  const some = isSome ? ((value as JsonRecord)["Some"] ?? null) : value;
  return someValue(canonicalValue(inner, types, some));
}

function canonicalNamed(id: string, types: TypeTable, value: Json): Json {
  const named = types[id];
  if (named === undefined) {
    throw new Error(`no type ${id}`);
  }
  if (named.kind === "struct") {
    return canonicalBody(named.body, types, value);
  }
  if (typeof value === "string") {
    return value;
  }
  const [name = "", body = null] = Object.entries(value as JsonRecord)[0] ?? [];
  const variant = named.variants.find((candidate) => candidate.name === name);
  return { [name]: canonicalBody(variant?.body ?? { kind: "unit" }, types, body) };
}

function canonicalBody(body: TypeBody, types: TypeTable, value: Json): Json {
  switch (body.kind) {
    case "unit":
      return value;
    case "newtype":
      return canonicalValue(body.inner, types, value);
    case "tuple":
      return body.elements.map((element, index) =>
        canonicalValue(element, types, (value as Json[])[index] ?? null),
      );
    case "struct":
      return Object.fromEntries(
        body.fields.map(({ name, type }) => [
          name,
          canonicalValue(type, types, (value as JsonRecord)[name] ?? null),
        ]),
      );
  }
}
