// Values of a type as the model knows it, bounds included: what is encoded by the model and shown to serde.

import { defaultValue } from "../../codec/values/defaults.ts";
import { formatOf } from "../../codec/formats/index.ts";
import { integerRange } from "../../codec/kinds/integers.ts";
import { isTextKey } from "../../codec/kinds/maps.ts";
import { setMember, type MutableJsonObject } from "../../model/value/jsonObject.ts";
import { assertNever } from "../../model/result.ts";
import type {
  EnumType,
  TypeBody,
  TypeSchema,
  TypeTable,
  ValueFormat,
} from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { Random } from "./random.ts";

/** Levels after which only the plainest values come. */
const deep = 7;
/** Parts after which only the plainest values come. */
const manyParts = 400;

const texts = ["", "a", "plain text", "Zürich ☂ 🦀", '\u0000\n"\\', "7", "__proto__"] as const;
/** Among them what helpers take that are no format of a type. */
const tameTexts = ["a", "0", "Sun, 06 Nov 1994 08:49:37 +0000"] as const;
const characters = ["a", "\u0000", "é", "☂", "🦀", "\u{10FFFF}"] as const;
const floats = [0, "-0", 1, -1.5, "Infinity", "-Infinity", "NaN"] as const;

/** Texts of types that refuse most texts; all of them are written again as they are. */
const formatted: Partial<Record<ValueFormat, readonly [string, ...string[]]>> = {
  date: ["2024-02-29", "1999-12-31", "0001-01-01"],
  dateTime: ["2024-02-29T12:30:00Z", "1969-12-31T23:59:59.999999999Z"],
  // As humantime writes them.
  durationText: ["0s", "1m 30s", "2h", "5ns"],
  decimal: ["0", "12.50", "-79228162514264337593543950335"],
  month: ["January", "February", "December"],
  naiveDateTime: ["2024-02-29T12:30:00", "1969-12-31T23:59:59.5"],
  time: ["00:00:00", "23:59:59.999999999"],
  url: ["https://example.com/", "data:,x", "https://user@[::1]:8080/a?b=c#d"],
  version: ["0.0.0", "1.2.3-rc.1+build.5", "18446744073709551615.0.0"],
  versionRequirement: ["*", "^1.2", ">=1.2.3, <2.0.0"],
  weekday: ["Mon", "Sun"],
};

/** A value in the exact form, or the text of one; after some of them every part of the type has had its turn. */
export function sampleValue(
  type: TypeSchema,
  types: TypeTable,
  random: Random,
  isTame = false,
): JsonValue {
  return new Sampler(types, random, isTame).value(type, 0);
}

class Sampler {
  readonly #types: TypeTable;
  readonly #random: Random;
  /** No bounds of numbers, and few texts: types that refuse most values take these. */
  readonly #isTame: boolean;
  #parts = 0;

  constructor(types: TypeTable, random: Random, isTame: boolean) {
    this.#types = types;
    this.#random = random;
    this.#isTame = isTame;
  }

  value(type: TypeSchema, depth: number): JsonValue {
    this.#parts++;
    if (depth >= deep || this.#parts >= manyParts) {
      return defaultValue(type, this.#types);
    }
    const known = type.format === undefined ? undefined : this.#formatted(type, type.format);
    return known ?? this.#plain(type, depth);
  }

  /** Undefined where any exact value will do. */
  #formatted(type: TypeSchema, format: ValueFormat): JsonValue | undefined {
    const choices = formatted[format];
    if (choices !== undefined) {
      return this.#random.pick(choices);
    }
    if (format === "uuid") {
      return this.#bytes(16);
    }
    const isFree = type.kind === "string" || type.kind === "bytes" || type.kind === "integer";
    return isFree && this.#random.below(4) > 0 ? undefined : formatOf(format, type).example;
  }

  #plain(type: TypeSchema, depth: number): JsonValue {
    const random = this.#random;
    const part = (inner: TypeSchema): JsonValue => this.value(inner, depth + 1);
    switch (type.kind) {
      case "bool":
        return random.below(2) === 1;
      case "integer":
        return this.#integer(type);
      case "float":
        return random.pick<JsonValue>(floats);
      case "char":
        return random.pick(characters);
      case "string":
        return this.#isTame ? random.pick(tameTexts) : random.pick(texts);
      case "bytes":
        return this.#bytes(type.length ?? random.below(5));
      case "unit":
        return null;
      case "unknown":
        return { $raw: "hex:" };
      case "option":
        return random.below(3) === 0 ? null : { $some: part(type.inner) };
      case "sequence":
        return this.#list(random.below(4), () => part(type.element));
      case "array":
        return this.#list(type.length, () => part(type.element));
      case "tuple":
        return type.elements.map(part);
      case "map":
        return this.#map(type, part);
      case "result":
        return random.below(2) === 0 ? { Ok: part(type.success) } : { Err: part(type.failure) };
      case "named": {
        const named = Object.hasOwn(this.#types, type.id) ? this.#types[type.id] : undefined;
        if (named === undefined) {
          return null;
        }
        return named.kind === "struct" ? this.#body(named.body, part) : this.#variant(named, part);
      }
      default:
        return assertNever(type);
    }
  }

  #integer(type: Extract<TypeSchema, { kind: "integer" }>): JsonValue {
    const { min, max } = integerRange(type);
    const choices = [min, max, 0n, 1n, max / 2n, BigInt(this.#random.below(100))] as const;
    const any = min + (((this.#random.next() << 64n) | this.#random.next()) % (max - min + 1n));
    const number = this.#isTame
      ? BigInt(1 + this.#random.below(99))
      : this.#random.below(2) === 0
        ? any
        : this.#random.pick(choices);
    const valid = number === 0n && type.nonZero === true ? 1n : number;
    return type.bits > 32 ? valid.toString() : Number(valid);
  }

  #bytes(length: number): JsonValue {
    const digits = this.#list(length, () => this.#random.below(256).toString(16).padStart(2, "0"));
    return `hex:${digits.join("")}`;
  }

  #map(
    type: Extract<TypeSchema, { kind: "map" }>,
    part: (inner: TypeSchema) => JsonValue,
  ): JsonValue {
    const entries = new Map<string, readonly [JsonValue, JsonValue]>();
    for (let left = this.#random.below(4); left > 0; left--) {
      const key = part(type.key);
      entries.set(JSON.stringify(key), [key, part(type.value)]);
    }
    const pairs = [...entries.values()];
    const isObject = pairs.length === 0 && isTextKey(type.key, this.#types);
    return isObject ? {} : pairs.map(([key, value]) => [key, value]);
  }

  #variant(named: EnumType, part: (inner: TypeSchema) => JsonValue): JsonValue {
    const chosen = named.variants[this.#random.below(Math.max(1, named.variants.length))];
    if (chosen === undefined) {
      return null;
    }
    return chosen.body.kind === "unit"
      ? chosen.name
      : { [chosen.name]: this.#body(chosen.body, part) };
  }

  #body(body: TypeBody, part: (inner: TypeSchema) => JsonValue): JsonValue {
    switch (body.kind) {
      case "unit":
        return null;
      case "newtype":
        return part(body.inner);
      case "tuple":
        return body.elements.map(part);
      case "struct": {
        const object: MutableJsonObject = {};
        for (const { name, type } of body.fields) {
          setMember(object, name, part(type));
        }
        return object;
      }
      default:
        return assertNever(body);
    }
  }

  #list<T>(length: number, make: () => T): T[] {
    return Array.from({ length }, make);
  }
}
