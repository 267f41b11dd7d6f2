// How a type crosses, in a few words for people (reference 6.1), and where in it nobody knows.

import { assertNever } from "../../model/result.ts";
import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../../model/schema.ts";

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

export interface UnknownPlace {
  /** JSON pointer; `*` stands for every element, key and value. */
  readonly pointer: string;
  readonly rustType: string;
  readonly reason: string;
}

/** Every place of a type that the model does not know; a named type that repeats is told once. */
export function unknownPlaces(type: TypeSchema, types: TypeTable): readonly UnknownPlace[] {
  const found: UnknownPlace[] = [];
  const seen = new Set<string>();
  const visit = (part: TypeSchema, pointer: string): void => {
    switch (part.kind) {
      case "unknown":
        found.push({ pointer, rustType: part.rustType, reason: part.reason });
        break;
      case "option":
        visit(part.inner, pointer);
        break;
      case "sequence":
      case "array":
        visit(part.element, `${pointer}/*`);
        break;
      case "tuple":
        part.elements.forEach((element, index) => {
          visit(element, `${pointer}/${String(index)}`);
        });
        break;
      case "map":
        visit(part.key, `${pointer}/*/0`);
        visit(part.value, `${pointer}/*/1`);
        break;
      case "result":
        visit(part.success, `${pointer}/Ok`);
        visit(part.failure, `${pointer}/Err`);
        break;
      case "named":
        if (!seen.has(part.id)) {
          seen.add(part.id);
          visitNamed(part.id, pointer);
        }
        break;
      case "bool":
      case "integer":
      case "float":
      case "char":
      case "string":
      case "bytes":
      case "unit":
        break;
      default:
        assertNever(part);
    }
  };
  const visitNamed = (id: string, pointer: string): void => {
    const named = Object.hasOwn(types, id) ? types[id] : undefined;
    if (named?.kind === "struct") {
      visitBody(named.body, pointer);
    } else {
      named?.variants.forEach(({ name, body }) => {
        visitBody(body, `${pointer}/${name}`);
      });
    }
  };
  const visitBody = (body: TypeBody, pointer: string): void => {
    if (body.kind === "newtype") {
      visit(body.inner, pointer);
    } else if (body.kind === "tuple") {
      body.elements.forEach((element, index) => {
        visit(element, `${pointer}/${String(index)}`);
      });
    } else if (body.kind === "struct") {
      body.fields.forEach(({ name, type: field }) => {
        visit(field, `${pointer}/${name}`);
      });
    }
  };
  visit(type, "");
  return found;
}
