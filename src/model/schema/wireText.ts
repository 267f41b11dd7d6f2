// How a type crosses, in a few words for people (reference 6.1).

import { assertNever } from "../result.ts";
import type { NamedType, TypeBody, TypeSchema, TypeTable } from "./schema.ts";

/** The bytes of a type; of a named one only what it is, its parts are told by {@link partsText}. */
export function wireText(type: TypeSchema, types: TypeTable): string {
  const inner = (part: TypeSchema): string => wireText(part, types);
  switch (type.kind) {
    case "bool":
      return "1 byte, 0 or 1";
    case "integer":
      return `${countBytes(type.bits / 8)}${type.signed ? ", signed" : ""}${type.nonZero === true ? ", never 0" : ""}`;
    case "float":
      return `${countBytes(type.bits / 8)}, IEEE 754`;
    case "char":
      return "UTF-8, 1 to 4 bytes";
    case "string":
      return `u64 length, UTF-8${type.format === undefined ? "" : ` (${type.format})`}`;
    case "bytes":
      return type.length === undefined
        ? "u64 length, bytes"
        : `${type.isCounted === true ? "u64 length, " : ""}${countBytes(type.length)}`;
    case "unit":
      return "nothing";
    case "option":
      return `0, or 1 and (${inner(type.inner)})`;
    case "sequence":
      return `u64 count, each (${inner(type.element)})`;
    case "array":
      return `${String(type.length)} times (${inner(type.element)})`;
    case "tuple":
      return type.elements.length === 0
        ? "nothing"
        : type.elements.map((element) => `(${inner(element)})`).join(", ");
    case "map":
      return `u64 count, each (${inner(type.key)}), (${inner(type.value)})`;
    case "result":
      return `u32 0 and (${inner(type.success)}), or u32 1 and (${inner(type.failure)})`;
    case "named": {
      const named = Object.hasOwn(types, type.id) ? types[type.id] : undefined;
      return named === undefined ? "not known" : `${named.kind} ${type.id}`;
    }
    case "unknown":
      return "not known";
    default:
      return assertNever(type);
  }
}

function countBytes(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${String(bytes)} bytes`;
}

/** Lines on the parts of a struct or enum, in the order of the wire. */
export function partsText(named: NamedType, types: TypeTable): readonly string[] {
  if (named.kind === "struct") {
    return bodyText(named.body, types);
  }
  return named.variants.flatMap(({ name, index, serializedName, body }) => [
    named.tagged === "byName"
      ? `${name}  text ${JSON.stringify(serializedName ?? name)}`
      : `${name}  u32 ${String(index)}`,
    ...bodyText(body, types).map((line) => `  ${line}`),
  ]);
}

function bodyText(body: TypeBody, types: TypeTable): readonly string[] {
  const line = (name: string, type: TypeSchema): string =>
    `${name}: ${type.rustType}  ${wireText(type, types)}`;
  switch (body.kind) {
    case "unit":
      return [];
    case "newtype":
      return [line("0", body.inner)];
    case "tuple":
      return body.elements.map((type, index) => line(String(index), type));
    case "struct":
      return body.fields.map(({ name, type }) => line(name, type));
    default:
      return assertNever(body);
  }
}
