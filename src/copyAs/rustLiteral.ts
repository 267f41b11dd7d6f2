// Values as a Rust author would write them, with the names of their types: to paste into code where those are in scope.

import { encodeValue } from "../codec/bincode/encode.ts";
import { formatOf } from "../codec/formats/index.ts";
import { formatJson } from "../codec/json/formatJson.ts";
import { isTextKey } from "../codec/kinds/maps.ts";
import { isJsonArray, isJsonObject } from "../model/value/jsonObject.ts";
import type { TypeBody, TypeSchema, TypeTable, ValueFormat } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";
import { byteList, charLiteral, numberLiteral, stringLiteral, tuple } from "./rustScalars.ts";

/** Their text is what their `FromStr` reads. */
const parsed: ReadonlySet<ValueFormat> = new Set([
  "ip",
  "ipv4",
  "ipv6",
  "socket",
  "socketV4",
  "socketV6",
  "ipNetwork",
  "ipv4Network",
  "ipv6Network",
  "url",
  "uuid",
  "version",
  "versionRequirement",
]);

/** Deeper parts stand as JSON in a comment. */
const deepest = 64;

/** The expression. What has no literal is a `todo!` with its JSON, so that nobody takes it for a value. */
export function rustLiteral(type: TypeSchema, types: TypeTable, value: JsonValue): string {
  return new Writer(types).write(type, value, 0);
}

type Inside = (part: TypeSchema, given: JsonValue) => string;

class Writer {
  readonly #types: TypeTable;

  constructor(types: TypeTable) {
    this.#types = types;
  }

  write(type: TypeSchema, value: JsonValue, depth: number): string {
    const text =
      depth > deepest
        ? undefined
        : type.format === undefined
          ? this.#plain(type, value, depth)
          : this.#formatted(type, type.format, value, depth);
    return text ?? `todo!(${stringLiteral(formatJson(type, this.#types, value, 0))})`;
  }

  /** Types of std and of well-known crates: what people write is what they parse. */
  #formatted(
    type: TypeSchema,
    format: ValueFormat,
    value: JsonValue,
    depth: number,
  ): string | undefined {
    if (typeof value !== "string") {
      return this.#plain(type, value, depth);
    }
    if (format === "path") {
      return `std::path::PathBuf::from(${stringLiteral(value)})`;
    }
    if (format === "duration") {
      const exact = formatOf(format, type).parse(value);
      const { secs, nanos } = exact.ok && isJsonObject(exact.value) ? exact.value : {};
      return isScalar(secs) && isScalar(nanos)
        ? `std::time::Duration::new(${secs}, ${nanos})`
        : undefined;
    }
    return parsed.has(format) ? `${stringLiteral(value)}.parse().unwrap()` : undefined;
  }

  #plain(type: TypeSchema, value: JsonValue, depth: number): string | undefined {
    const inside = (part: TypeSchema, given: JsonValue): string =>
      this.write(part, given, depth + 1);
    const list = (part: TypeSchema, given: JsonValue): readonly string[] | undefined =>
      isJsonArray(given) ? given.map((each) => inside(part, each)) : undefined;
    switch (type.kind) {
      case "bool":
        return typeof value === "boolean" ? String(value) : undefined;
      case "integer":
      case "float":
        return this.#number(type, value);
      case "char":
        return typeof value === "string" ? charLiteral(value) : undefined;
      case "string":
        return typeof value === "string" ? `${stringLiteral(value)}.to_owned()` : undefined;
      case "bytes":
        return this.#bytes(type, value);
      case "unit":
        return "()";
      case "option":
        return this.#option(type.inner, value, inside);
      case "sequence": {
        const parts = list(type.element, value);
        return parts === undefined || type.isSet !== true
          ? parts && `vec![${parts.join(", ")}]`
          : collected(parts);
      }
      case "array": {
        const parts = list(type.element, value);
        return parts && `[${parts.join(", ")}]`;
      }
      case "tuple":
        return isJsonArray(value)
          ? tuple(type.elements.map((part, index) => inside(part, value[index] ?? null)))
          : undefined;
      case "map":
        return this.#map(type, value, inside);
      case "result":
        return resultText(type, value, inside);
      case "named":
        return this.#named(type.id, value, inside);
      case "unknown":
        return undefined;
    }
  }

  #option(inner: TypeSchema, value: JsonValue, inside: Inside): string {
    const isWrapped = isJsonObject(value) && Object.keys(value).join() === "$some";
    return value === null
      ? "None"
      : `Some(${inside(inner, isWrapped ? (value["$some"] ?? null) : value)})`;
  }

  #number(
    type: Extract<TypeSchema, { kind: "integer" | "float" }>,
    value: JsonValue,
  ): string | undefined {
    // The type of the place says which number it is; only what has no other form names it.
    return numberLiteral(type, value)?.replace(/_[iuf]\d+$/u, "");
  }

  #bytes(type: Extract<TypeSchema, { kind: "bytes" }>, value: JsonValue): string | undefined {
    const encoded = encodeValue(type, this.#types, value);
    const isCounted = type.length === undefined || type.isCounted === true;
    if (!encoded.ok) {
      return undefined;
    }
    const text = byteList(encoded.value.subarray(isCounted ? 8 : 0));
    return type.length === undefined ? `vec!${text}` : text;
  }

  #map(
    type: Extract<TypeSchema, { kind: "map" }>,
    value: JsonValue,
    inside: Inside,
  ): string | undefined {
    const pairs = isJsonArray(value)
      ? value
      : isTextKey(type.key, this.#types) && isJsonObject(value)
        ? Object.entries(value)
        : undefined;
    const parts = pairs?.map((pair) => {
      const [key = null, each = null] = isJsonArray(pair) ? pair : [];
      return `(${inside(type.key, key)}, ${inside(type.value, each)})`;
    });
    return parts && collected(parts);
  }

  #named(id: string, value: JsonValue, inside: Inside): string | undefined {
    const named = Object.hasOwn(this.#types, id) ? this.#types[id] : undefined;
    if (named === undefined) {
      return undefined;
    }
    if (named.kind === "struct") {
      return bodyText(named.name, named.body, value, inside);
    }
    const [name, body] =
      typeof value === "string"
        ? [value, null]
        : isJsonObject(value)
          ? (Object.entries(value)[0] ?? [undefined, null])
          : [undefined, null];
    const variant = named.variants.find((each) => each.name === name);
    return variant && bodyText(`${named.name}::${variant.name}`, variant.body, body, inside);
  }
}

function resultText(
  type: Extract<TypeSchema, { kind: "result" }>,
  value: JsonValue,
  inside: Inside,
): string | undefined {
  const { Ok: good, Err: bad } = isJsonObject(value) ? value : {};
  if (good !== undefined) {
    return `Ok(${inside(type.success, good)})`;
  }
  return bad === undefined ? undefined : `Err(${inside(type.failure, bad)})`;
}

function bodyText(
  name: string,
  body: TypeBody,
  value: JsonValue,
  inside: Inside,
): string | undefined {
  switch (body.kind) {
    case "unit":
      return name;
    case "newtype":
      return `${name}(${inside(body.inner, value)})`;
    case "tuple":
      return isJsonArray(value)
        ? `${name}(${body.elements.map((part, index) => inside(part, value[index] ?? null)).join(", ")})`
        : undefined;
    case "struct": {
      const fields = isJsonObject(value)
        ? body.fields.map(
            (field) => `${field.name}: ${inside(field.type, value[field.name] ?? null)}`,
          )
        : undefined;
      return fields && (fields.length === 0 ? `${name} {}` : `${name} { ${fields.join(", ")} }`);
    }
  }
}

function isScalar(value: JsonValue | undefined): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Sets and maps of any make. */
function collected(parts: readonly string[]): string {
  return parts.length === 0 ? "Default::default()" : `[${parts.join(", ")}].into_iter().collect()`;
}
