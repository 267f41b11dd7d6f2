// Values as Rust expressions that need no name of the user's: a struct is written as the tuple of its fields, which bincode writes
// alike. So they compile wherever the test stands, whatever is private. What has no such form (enums with data, wide
// structs, types that no source tells) is undefined, and crosses as its bytes.

import { encodeValue } from "../codec/bincode/encode.ts";
import { formatOf } from "../codec/formats/index.ts";
import { isTextKey } from "../codec/kinds/maps.ts";
import { isJsonArray, isJsonObject } from "../model/value/jsonObject.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";
import { charLiteral, numberLiteral, numberName, stringLiteral, tuple } from "./rustScalars.ts";

/** Rust's traits stop at tuples of twelve, serde's at arrays of thirty-two. */
const widestTuple = 12;
const longestArray = 32;
/** Deeper values are not for reading; recursive types end here. */
const deepest = 16;

export interface StructuralRust {
  /** `Vec<(u32, String)>` */
  readonly type: string;
  /** Undefined where the value does not fit the type. */
  readonly literal: (value: JsonValue) => string | undefined;
}

export function structuralRust(
  type: TypeSchema,
  types: TypeTable,
  depth = 0,
): StructuralRust | undefined {
  if (depth > deepest) {
    return undefined;
  }
  const shape = shapeOf(type, types, depth);
  if (shape === undefined || type.format === undefined) {
    return shape;
  }
  // The text of people becomes the exact value that crosses.
  const format = formatOf(type.format, type);
  return {
    type: shape.type,
    literal: (value) => {
      const parsed = typeof value === "string" ? format.parse(value) : undefined;
      return shape.literal(parsed?.ok === true ? parsed.value : value);
    },
  };
}

function shapeOf(type: TypeSchema, types: TypeTable, depth: number): StructuralRust | undefined {
  const inside = (part: TypeSchema): StructuralRust | undefined =>
    structuralRust(part, types, depth + 1);
  switch (type.kind) {
    case "bool":
      return {
        type: "bool",
        literal: (value) => (typeof value === "boolean" ? String(value) : undefined),
      };
    case "integer":
    case "float":
      return { type: numberName(type), literal: (value) => numberLiteral(type, value) };
    case "char":
      return { type: "char", literal: (value) => textual(value, charLiteral) };
    case "string":
      return {
        type: "String",
        literal: (value) => textual(value, (text) => `String::from(${stringLiteral(text)})`),
      };
    case "bytes":
      return bytesOf(type, types);
    case "unit":
      return { type: "()", literal: () => "()" };
    case "option":
      return optionOf(inside(type.inner));
    case "sequence":
      return type.isSet === true
        ? listOf(inside(type.element), "std::collections::BTreeSet")
        : listOf(inside(type.element), "Vec");
    case "array":
      return arrayOf(inside(type.element), type.length);
    case "tuple":
      return tupleOf(type.elements.map(inside), listMembers);
    case "map":
      return mapOf(inside(type.key), inside(type.value), isTextKey(type.key, types));
    case "result":
      return resultOf(inside(type.success), inside(type.failure));
    case "named":
      return namedOf(type, types, inside);
    case "unknown":
      return undefined;
  }
}

function textual(value: JsonValue, write: (text: string) => string): string | undefined {
  return typeof value === "string" ? write(value) : undefined;
}

/** Bytes are given in many ways; what is encoded tells them. */
function bytesOf(
  type: Extract<TypeSchema, { kind: "bytes" }>,
  types: TypeTable,
): StructuralRust | undefined {
  const { length } = type;
  const isCounted = length === undefined || type.isCounted === true;
  if (!isCounted && length > longestArray) {
    return undefined;
  }
  const name = isCounted ? "Vec<u8>" : `[u8; ${String(length)}]`;
  return {
    type: name,
    literal: (value) => {
      const encoded = encodeValue(type, types, value);
      if (!encoded.ok) {
        return undefined;
      }
      const bytes = [...encoded.value.subarray(isCounted ? 8 : 0)];
      const list = `[${bytes.map((byte) => `${String(byte)}_u8`).join(", ")}]`;
      return isCounted ? (bytes.length === 0 ? "Vec::<u8>::new()" : `vec!${list}`) : list;
    },
  };
}

function optionOf(inner: StructuralRust | undefined): StructuralRust | undefined {
  return (
    inner && {
      type: `Option<${inner.type}>`,
      literal: (value) => {
        if (value === null) {
          return `None::<${inner.type}>`;
        }
        const isWrapped = isJsonObject(value) && Object.keys(value).join() === "$some";
        const some = inner.literal(isWrapped ? (value["$some"] ?? null) : value);
        return some && `Some(${some})`;
      },
    }
  );
}

function listOf(
  element: StructuralRust | undefined,
  name: "Vec" | "std::collections::BTreeSet",
): StructuralRust | undefined {
  return (
    element && {
      type: `${name}<${element.type}>`,
      literal: (value) => {
        const list = isJsonArray(value) ? all(value.map(element.literal)) : undefined;
        return (
          list &&
          (list.length === 0
            ? `${name}::<${element.type}>::new()`
            : name === "Vec"
              ? `vec![${list.join(", ")}]`
              : `${name}::from([${list.join(", ")}])`)
        );
      },
    }
  );
}

function arrayOf(element: StructuralRust | undefined, length: number): StructuralRust | undefined {
  return element === undefined || length > longestArray || length === 0
    ? undefined
    : {
        type: `[${element.type}; ${String(length)}]`,
        literal: (value) => {
          const list = isJsonArray(value) ? all(value.map(element.literal)) : undefined;
          return list && `[${list.join(", ")}]`;
        },
      };
}

function mapOf(
  key: StructuralRust | undefined,
  value: StructuralRust | undefined,
  isText: boolean,
): StructuralRust | undefined {
  if (key === undefined || value === undefined) {
    return undefined;
  }
  const name = "std::collections::BTreeMap";
  return {
    type: `${name}<${key.type}, ${value.type}>`,
    literal: (given) => {
      const pairs = isJsonArray(given)
        ? given
        : isText && isJsonObject(given)
          ? Object.entries(given)
          : undefined;
      const list =
        pairs &&
        all(
          pairs.map((pair) => {
            const [left, right] = isJsonArray(pair) ? pair : [];
            const parts =
              left === undefined || right === undefined
                ? undefined
                : all([key.literal(left), value.literal(right)]);
            return parts && `(${parts.join(", ")})`;
          }),
        );
      return (
        list &&
        (list.length === 0
          ? `${name}::<${key.type}, ${value.type}>::new()`
          : `${name}::from([${list.join(", ")}])`)
      );
    },
  };
}

function resultOf(
  success: StructuralRust | undefined,
  failure: StructuralRust | undefined,
): StructuralRust | undefined {
  if (success === undefined || failure === undefined) {
    return undefined;
  }
  const types = `${success.type}, ${failure.type}`;
  return {
    type: `Result<${types}>`,
    literal: (value) => {
      if (!isJsonObject(value)) {
        return undefined;
      }
      const { Ok: good, Err: bad } = value;
      const inner =
        good !== undefined
          ? success.literal(good)
          : bad !== undefined
            ? failure.literal(bad)
            : undefined;
      return inner && `${good !== undefined ? "Ok" : "Err"}::<${types}>(${inner})`;
    },
  };
}

function namedOf(
  { id }: Extract<TypeSchema, { kind: "named" }>,
  types: TypeTable,
  inside: (part: TypeSchema) => StructuralRust | undefined,
): StructuralRust | undefined {
  const named = Object.hasOwn(types, id) ? types[id] : undefined;
  if (named?.kind === "struct") {
    return bodyOf(named.body, inside);
  }
  if (named?.kind !== "enum" || named.tagged !== undefined) {
    return undefined;
  }
  // Without data an enum is the number of its variant.
  const indices = new Map(named.variants.map(({ name, index }) => [name, index]));
  return named.variants.every(({ body }) => body.kind === "unit")
    ? {
        type: "u32",
        literal: (value) => {
          const index = typeof value === "string" ? indices.get(value) : undefined;
          return index === undefined ? undefined : `${String(index)}_u32`;
        },
      }
    : undefined;
}

function bodyOf(
  body: TypeBody,
  inside: (part: TypeSchema) => StructuralRust | undefined,
): StructuralRust | undefined {
  switch (body.kind) {
    case "unit":
      return { type: "()", literal: () => "()" };
    case "newtype":
      return inside(body.inner);
    case "tuple":
      return tupleOf(body.elements.map(inside), listMembers);
    case "struct":
      return tupleOf(
        body.fields.map(({ type }) => inside(type)),
        (value) => (isJsonObject(value) ? body.fields.map(({ name }) => value[name]) : undefined),
      );
  }
}

function listMembers(value: JsonValue): readonly (JsonValue | undefined)[] | undefined {
  return isJsonArray(value) ? value : undefined;
}

function tupleOf(
  parts: readonly (StructuralRust | undefined)[],
  membersOf: (value: JsonValue) => readonly (JsonValue | undefined)[] | undefined,
): StructuralRust | undefined {
  const elements = all(parts);
  return elements === undefined || elements.length > widestTuple
    ? undefined
    : {
        type: tuple(elements.map(({ type }) => type)),
        literal: (value) => {
          const members = membersOf(value);
          const literals =
            members?.length === elements.length
              ? all(
                  elements.map(({ literal }, index) => {
                    const member = members[index];
                    return member === undefined ? undefined : literal(member);
                  }),
                )
              : undefined;
          return literals && tuple(literals);
        },
      };
}

function all<Part>(parts: readonly (Part | undefined)[]): readonly Part[] | undefined {
  const present = parts.filter((part) => part !== undefined);
  return present.length === parts.length ? present : undefined;
}
