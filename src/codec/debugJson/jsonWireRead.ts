// JSON that serde_json wrote (debug builds of Fidius 0.0.x, reference 4.1) → a value of the type in the form that decode.ts
// gives. Strict: what the type does not have is a problem with its place, as in bincode.

import { isJsonArray, isJsonObject, memberOf, setMember } from "../../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { PathStep } from "../../model/value/jsonPointer.ts";
import { parseJson } from "../../model/value/losslessJson.ts";
import type { ParsedJson } from "../../model/value/losslessJson.ts";
import type { Result } from "../../model/result.ts";
import { assertNever, err, ok } from "../../model/result.ts";
import type {
  EnumType,
  FieldSchema,
  TypeBody,
  TypeSchema,
  TypeTable,
  VariantSchema,
} from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import type { DecodedValue, DecodeProblem } from "../bincode/decode.ts";
import { describeValue, quote } from "../text/describe.ts";
import { humanValue } from "../kinds/formatted.ts";
import { floatToJson, parseFloatText, shortestF32 } from "../kinds/floats.ts";
import { bytesToHexText } from "../text/hex.ts";
import { isBitsField, jsonForm, throughNewtypes, valueOfText } from "./jsonWireForms.ts";
import { untagged } from "./jsonWireTags.ts";
import { isTextKey } from "../kinds/maps.ts";
import { isSomeWrapper } from "../kinds/options.ts";
import { chosenVariant, namedType } from "../kinds/structs.ts";
import { byteLength, decodeUtf8, encodeUtf8Into } from "../text/utf8.ts";

/** The value of `type` that the JSON text in `bytes` is. */
export function readJsonWire(
  type: TypeSchema,
  types: TypeTable,
  bytes: Uint8Array,
): Result<DecodedValue, DecodeProblem> {
  const text = decodeUtf8(bytes, 0, bytes.length);
  if (text === undefined) {
    return err({ pointer: "", offset: 0, message: "It is no UTF-8 text, and so no JSON." });
  }
  const read = readJsonText(type, types, text);
  return read.ok
    ? ok({ value: read.value, ranges: [{ pointer: "", start: 0, end: bytes.length }] })
    : read;
}

/** The same of the text; the offset of a problem is in bytes of UTF-8. */
export function readJsonText(
  type: TypeSchema,
  types: TypeTable,
  text: string,
): Result<JsonValue, DecodeProblem> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const offset = byteLength(text.slice(0, parsed.error.offset));
    return err({ pointer: "", offset, message: `It is no JSON: ${parsed.error.message}` });
  }
  const reader = new Reader(types, parsed.value, text);
  const value = reader.read(type, parsed.value.value);
  const { problem } = reader;
  if (problem !== null) {
    const start = parsed.value.locate(problem.pointer)?.start ?? 0;
    return err({ ...problem, offset: byteLength(text.slice(0, start)) });
  }
  return ok(value);
}

/** Nesting of JSON that is read, far beyond the 128 levels that serde_json itself reads. */
const maxDepth = 200;

const integerText = /^-?\d+$/;

class Reader {
  problem: { readonly pointer: string; readonly message: string } | null = null;
  readonly #types: TypeTable;
  readonly #parsed: ParsedJson;
  readonly #text: string;
  readonly #path: PathStep[] = [];
  #depth = 0;

  constructor(types: TypeTable, parsed: ParsedJson, text: string) {
    this.#types = types;
    this.#parsed = parsed;
    this.#text = text;
  }

  read(type: TypeSchema, value: JsonValue): JsonValue {
    if (this.problem !== null) {
      return null;
    }
    if (this.#depth >= maxDepth) {
      return this.#fail(
        `The value is nested deeper than ${String(maxDepth)} levels; JSON is read no deeper.`,
      );
    }
    this.#depth += 1;
    const read = this.#readForm(type, value);
    this.#depth -= 1;
    return read === undefined
      ? this.#fail(`${type.rustType} cannot be ${describeValue(value)}.`)
      : read;
  }

  /** Undefined when the value is none of the type; null is one of some types. */
  #readForm(type: TypeSchema, value: JsonValue): JsonValue | undefined {
    if (jsonForm(type) === "text") {
      return typeof value === "string" && !this.#isNumber() ? valueOfText(type, value) : undefined;
    }
    const exact = this.#readKind(type, value);
    return exact === undefined || exact === null ? exact : humanValue(type, exact);
  }

  #readKind(type: TypeSchema, value: JsonValue): JsonValue | undefined {
    switch (type.kind) {
      case "bool":
        return typeof value === "boolean" ? value : undefined;
      case "char":
      case "string":
        return typeof value === "string" && !this.#isNumber() ? value : undefined;
      case "integer":
        return isBitsField(type)
          ? this.#bitsField(type, value)
          : readInteger(type, this.#numberText(value));
      case "float":
        return readFloat(type.bits, value === null ? "NaN" : this.#numberText(value));
      case "bytes":
        return readBytes(type, value);
      case "unit":
        return value === null ? null : undefined;
      case "option":
        return value === null ? null : wrapped(this.read(type.inner, value));
      case "sequence":
        return isJsonArray(value) ? this.#list(value, () => type.element) : undefined;
      case "array":
        return isJsonArray(value) && value.length === type.length
          ? this.#list(value, () => type.element)
          : undefined;
      case "tuple":
        return this.#tuple(type.elements, value);
      case "map":
        return this.#map(type, value);
      case "result":
        return this.#variant(value, (name) =>
          name === "Ok" || name === "Err"
            ? {
                name,
                body: { kind: "newtype", inner: name === "Ok" ? type.success : type.failure },
              }
            : undefined,
        );
      case "named":
        return this.#named(type, value);
      case "unknown":
        return this.#raw();
      default:
        return assertNever(type);
    }
  }

  #bitsField(
    type: TypeSchema & { readonly kind: "integer" },
    value: JsonValue,
  ): JsonValue | undefined {
    const bits = isJsonObject(value) ? memberOf(value, "bits") : undefined;
    return bits === undefined
      ? undefined
      : this.#within("bits", () => readInteger(type, this.#numberText(bits)));
  }

  #fail(message: string): null {
    this.problem ??= { pointer: pointerOf(this.#path), message };
    return null;
  }

  #within<T>(step: PathStep, read: () => T): T {
    this.#path.push(step);
    const value = read();
    this.#path.pop();
    return value;
  }

  /** Whether the string at the current place stands for a number that was written bare. */
  #isNumber(): boolean {
    const { bareNumbers } = this.#parsed;
    return bareNumbers.size > 0 && bareNumbers.has(pointerOf(this.#path));
  }

  /** Digits of the number at the current place; undefined when it is none. */
  #numberText(value: JsonValue): string | undefined {
    if (typeof value === "number") {
      return String(value);
    }
    return typeof value === "string" && this.#isNumber() ? value : undefined;
  }

  #list(values: readonly JsonValue[], typeAt: (index: number) => TypeSchema): JsonValue {
    return values.map((value, index) => this.#within(index, () => this.read(typeAt(index), value)));
  }

  #tuple(types: readonly TypeSchema[], value: JsonValue): JsonValue | undefined {
    return isJsonArray(value) && value.length === types.length
      ? this.#list(value, (index) => types[index] ?? { rustType: "()", kind: "unit" })
      : undefined;
  }

  #map(type: TypeSchema & { readonly kind: "map" }, value: JsonValue): JsonValue | undefined {
    if (!isJsonObject(value)) {
      return undefined;
    }
    const entries = this.#keysInOrder(value).map((name) =>
      this.#within(name, () => ({
        name,
        key: this.#key(type.key, name),
        item: this.read(type.value, memberOf(value, name) ?? null),
      })),
    );
    if (!isTextKey(type.key, this.#types)) {
      return entries.map(({ key, item }) => [key, item]);
    }
    const object: MutableJsonObject = {};
    for (const { name, item } of entries) {
      setMember(object, name, item);
    }
    // As in bincode: pairs where an object would lose the order.
    return Object.keys(object).every((key, index) => key === entries[index]?.name)
      ? object
      : entries.map(({ name, item }) => [name, item]);
  }

  /** JavaScript moves keys like "7" to the front; their places in the text tell the order. */
  #keysInOrder(object: JsonObject): readonly string[] {
    const keys = Object.keys(object);
    if (!keys.some((key) => /^(?:0|[1-9]\d*)$/.test(key))) {
      return keys;
    }
    const placeOf = (key: string): number =>
      this.#parsed.locate(pointerOf([...this.#path, key]))?.start ?? 0;
    return keys
      .map((key) => ({ key, place: placeOf(key) }))
      .sort((left, right) => left.place - right.place)
      .map(({ key }) => key);
  }

  /** A key is text: numbers, bools and variants in it are read as such. */
  #key(type: TypeSchema, name: string): JsonValue {
    const resolved = throughNewtypes(type, this.#types);
    if (resolved.kind === "option") {
      return wrapped(this.#key(resolved.inner, name));
    }
    const isNumeric =
      jsonForm(resolved) !== "text" &&
      (resolved.kind === "integer" || resolved.kind === "float" || resolved.kind === "bool");
    const parsed = isNumeric ? parseJson(name) : ok(textKey(name));
    const reader = parsed.ok ? new Reader(this.#types, parsed.value, name) : undefined;
    const key = parsed.ok ? reader?.read(resolved, parsed.value.value) : undefined;
    return key === undefined || reader?.problem !== null
      ? this.#fail(`${type.rustType} cannot be the key ${quote(name)}.`)
      : key;
  }

  #named(type: TypeSchema & { readonly kind: "named" }, value: JsonValue): JsonValue | undefined {
    const named = namedType(this.#types, type.id);
    if (named === undefined) {
      return this.#fail(`${type.rustType} is not described.`);
    }
    return named.kind === "struct"
      ? this.#body(named.body, value)
      : this.#enumeration(named, value);
  }

  #enumeration({ variants, jsonTag }: EnumType, value: JsonValue): JsonValue | undefined {
    const plain = jsonTag === undefined ? value : untagged(jsonTag, variants, value);
    return this.#variant(
      plain,
      (wanted) => variants.find(({ name, jsonName = name }) => jsonName === wanted),
      (name) => (jsonTag === undefined ? name : (jsonTag.content ?? null)),
    );
  }

  #variant(
    value: JsonValue | undefined,
    variantOf: (name: string) => Pick<VariantSchema, "name" | "body"> | undefined,
    placeOf: (name: string) => PathStep | null = (name) => name,
  ): JsonValue | undefined {
    const chosen = value === undefined ? undefined : chosenVariant(value);
    const variant = chosen && variantOf(chosen.name);
    if (chosen === undefined || variant === undefined) {
      return undefined;
    }
    const { name, body } = variant;
    if (chosen.body === undefined) {
      return body.kind === "unit" ? name : undefined;
    }
    const { body: written } = chosen;
    const place = placeOf(chosen.name);
    const read =
      place === null
        ? this.#body(body, written)
        : this.#within(place, () => this.#body(body, written));
    const object: MutableJsonObject = {};
    setMember(object, name, read ?? null);
    return read === undefined || body.kind === "unit" ? undefined : object;
  }

  #body(body: TypeBody, value: JsonValue): JsonValue | undefined {
    switch (body.kind) {
      case "unit":
        return value === null ? null : undefined;
      case "newtype":
        return this.read(body.inner, value);
      case "tuple":
        return this.#tuple(body.elements, value);
      case "struct":
        return isJsonObject(value) ? this.#fields(body.fields, value) : undefined;
      default:
        return assertNever(body);
    }
  }

  #fields(fields: readonly FieldSchema[], value: JsonObject): JsonValue {
    const object: MutableJsonObject = {};
    for (const { name, jsonName = name, type } of fields) {
      const member = memberOf(value, jsonName);
      if (member === undefined) {
        return this.#fail(`The field ${quote(jsonName)} (${type.rustType}) is missing.`);
      }
      setMember(
        object,
        name,
        this.#within(jsonName, () => this.read(type, member)),
      );
    }
    const known = new Set(fields.map(({ name, jsonName = name }) => jsonName));
    const unknown = Object.keys(value).find((key) => !known.has(key));
    return unknown === undefined ? object : this.#fail(`The field ${quote(unknown)} is unknown.`);
  }

  /** A type that is not known from source is shown as the bytes of its JSON. */
  #raw(): JsonValue {
    const range = this.#parsed.locate(pointerOf(this.#path));
    const text = range === undefined ? "" : this.#text.slice(range.start, range.end);
    const bytes = new Uint8Array(byteLength(text));
    encodeUtf8Into(text, bytes);
    return { $raw: bytesToHexText(bytes, 0, bytes.length) };
  }
}

/** A key that is text stands at its entry's place, where the value may be a bare number. */
function textKey(name: string): ParsedJson {
  return { value: name, bareNumbers: new Set<string>(), locate: () => undefined };
}

function readInteger(
  type: TypeSchema & { readonly kind: "integer" },
  text: string | undefined,
): JsonValue | undefined {
  if (text === undefined || !integerText.test(text)) {
    return undefined;
  }
  const value = BigInt(text);
  const half = 1n << BigInt(type.bits - 1);
  const isInRange = type.signed ? value >= -half && value < half : value >= 0n && value < half * 2n;
  if (!isInRange || (type.nonZero === true && value === 0n)) {
    return undefined;
  }
  return type.bits > 32 ? String(value) : Number(value);
}

function readFloat(bits: 32 | 64, text: string | undefined): JsonValue | undefined {
  const value = text === undefined ? undefined : parseFloatText(text);
  if (value === undefined) {
    return undefined;
  }
  return floatToJson(bits === 32 ? shortestF32(Math.fround(value)) : value);
}

function readBytes(
  type: TypeSchema & { readonly kind: "bytes" },
  value: JsonValue,
): JsonValue | undefined {
  const isBytes =
    isJsonArray(value) &&
    (type.length === undefined || type.length === value.length) &&
    value.every((byte) => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) < 256);
  return isBytes ? bytesToHexText(Uint8Array.from(value, Number), 0, value.length) : undefined;
}

function wrapped(value: JsonValue): JsonValue {
  return isSomeWrapper(value) ? { $some: value } : value;
}
