// Random values of a schema, in the very form that decoding gives back (src/model/value/value.ts); shares no code with the codec.

import fc from "fast-check";
import type { TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { arbitraryText as formattedText } from "./arbitraryFormat.ts";
import { mapValue, someValue } from "./canonicalValue.ts";

/** Values of `type`; recursion ends within `depth` levels wherever the type lets it. */
export function arbitraryValue(
  type: TypeSchema,
  types: TypeTable,
  depth = 6,
): fc.Arbitrary<JsonValue> {
  return new Generator(types).value(type, depth);
}

class Generator {
  readonly #types: TypeTable;
  readonly #known = new Map<string, fc.Arbitrary<JsonValue>>();
  readonly #levels = new Map<string, number>();

  constructor(types: TypeTable) {
    this.#types = types;
    this.#findLevels();
  }

  value(type: TypeSchema, depth: number): fc.Arbitrary<JsonValue> {
    return type.format === undefined ? this.#plain(type, depth) : formattedText(type.format, type);
  }

  #plain(type: TypeSchema, depth: number): fc.Arbitrary<JsonValue> {
    switch (type.kind) {
      case "bool":
        return fc.boolean();
      case "integer":
        return arbitraryInteger(type);
      case "float":
        if (type.rustType.startsWith("std::time")) {
          return fc.nat(2 ** 31);
        }
        return type.bits === 64
          ? fc.double({ noNaN: type.rustType.includes("NotNan") }).map(floatValue)
          : fc.float().map(shortestFloatValue);
      case "char":
        return fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
      case "string":
        return adaptedText(type.rustType) ?? arbitraryText();
      case "bytes":
        return fc
          .uint8Array(lengthsOf(type))
          .map((bytes) => `hex:${Buffer.from(bytes).toString("hex")}`);
      case "unit":
        return fc.constant(null);
      case "unknown":
        return fc.uint8Array().map((bytes) => ({
          $raw: `hex:${Buffer.from(bytes).toString("hex")}`,
        }));
      case "option":
        return this.#fits(type.inner, depth)
          ? fc.oneof(fc.constant(null), this.value(innerOf(type), depth - 1).map(someValue))
          : fc.constant(null);
      case "sequence":
        return type.isSet === true
          ? this.#set(type.element, depth)
          : this.#list(type.element, 0, 5, depth);
      case "array":
        return this.#list(type.element, type.length, type.length, depth);
      case "tuple":
        return this.#tuple(type.elements, depth);
      case "map":
        return this.#map(type, depth);
      case "result":
        return fc.oneof(
          ...this.#options([type.success, depth, "Ok"], [type.failure, depth, "Err"]),
        );
      case "named":
        return this.#named(type.id, depth);
    }
  }

  #options(...choices: (readonly [TypeSchema, number, string])[]): fc.Arbitrary<JsonValue>[] {
    const fitting = choices.filter(([type, depth]) => this.#fits(type, depth));
    return (fitting.length > 0 ? fitting : choices.slice(0, 1)).map(([type, depth, name]) =>
      this.value(type, depth - 1).map((value) => ({ [name]: value })),
    );
  }

  #list(
    element: TypeSchema,
    minLength: number,
    maxLength: number,
    depth: number,
  ): fc.Arbitrary<JsonValue> {
    return minLength === 0 && !this.#fits(element, depth)
      ? fc.constant([])
      : fc.array(this.value(element, depth - 1), { minLength, maxLength });
  }

  #set(element: TypeSchema, depth: number): fc.Arbitrary<JsonValue> {
    return this.#fits(element, depth)
      ? fc.uniqueArray(this.value(element, depth - 1), {
          maxLength: 5,
          selector: (value) => JSON.stringify(value),
        })
      : fc.constant([]);
  }

  #tuple(elements: readonly TypeSchema[], depth: number): fc.Arbitrary<JsonValue> {
    return fc.tuple(...elements.map((element) => this.value(element, depth - 1)));
  }

  #map(type: Extract<TypeSchema, { kind: "map" }>, depth: number): fc.Arbitrary<JsonValue> {
    if (!this.#fits(type.key, depth) || !this.#fits(type.value, depth)) {
      return fc.constant(mapValue(type.key, this.#types, []));
    }
    return fc
      .uniqueArray(fc.tuple(this.value(type.key, depth - 1), this.value(type.value, depth - 1)), {
        maxLength: 5,
        selector: ([key]) => JSON.stringify(key),
      })
      .map((pairs) => mapValue(type.key, this.#types, pairs));
  }

  #named(id: string, depth: number): fc.Arbitrary<JsonValue> {
    const key = `${depth} ${id}`;
    const known = this.#known.get(key) ?? this.#makeNamed(id, depth);
    this.#known.set(key, known);
    return known;
  }

  #makeNamed(id: string, depth: number): fc.Arbitrary<JsonValue> {
    const named = this.#types[id];
    if (named?.kind === "struct") {
      return this.#body(named.body, depth);
    }
    const levelOf = (body: TypeBody): number => this.#bodyLevel(body);
    const variants = named?.variants ?? [];
    const least = Math.min(...variants.map((variant) => levelOf(variant.body)));
    return fc.oneof(
      ...variants
        .filter(({ body }) => levelOf(body) < depth || levelOf(body) === least)
        .map((variant) =>
          variant.body.kind === "unit"
            ? fc.constant<JsonValue>(variant.name)
            : this.#body(variant.body, depth).map((body) => ({ [variant.name]: body })),
        ),
    );
  }

  #body(body: TypeBody, depth: number): fc.Arbitrary<JsonValue> {
    switch (body.kind) {
      case "unit":
        return fc.constant(null);
      case "newtype":
        return this.value(body.inner, depth - 1);
      case "tuple":
        return this.#tuple(body.elements, depth);
      case "struct":
        return fc
          .tuple(...body.fields.map((field) => this.value(field.type, depth - 1)))
          .map((values) =>
            Object.fromEntries(
              body.fields.map((field, index) => [field.name, values[index] ?? null]),
            ),
          );
    }
  }

  #fits(type: TypeSchema, depth: number): boolean {
    return depth > 0 && this.#level(type) < depth;
  }

  /** Levels that the smallest value of a type needs; infinite while no value is known. */
  #level(type: TypeSchema): number {
    if (type.kind === "array") {
      return 1 + this.#level(type.element);
    }
    if (type.kind === "tuple") {
      return 1 + Math.max(0, ...type.elements.map((element) => this.#level(element)));
    }
    if (type.kind === "result") {
      return 1 + Math.min(this.#level(type.success), this.#level(type.failure));
    }
    return type.kind === "named" ? (this.#levels.get(type.id) ?? Infinity) : 0;
  }

  #bodyLevel(body: TypeBody): number {
    switch (body.kind) {
      case "unit":
        return 0;
      case "newtype":
        return 1 + this.#level(body.inner);
      case "tuple":
        return 1 + Math.max(0, ...body.elements.map((element) => this.#level(element)));
      case "struct":
        return 1 + Math.max(0, ...body.fields.map((field) => this.#level(field.type)));
    }
  }

  #findLevels(): void {
    const entries = Object.entries(this.#types);
    for (let round = 0; round <= entries.length; round++) {
      for (const [id, named] of entries) {
        const bodies =
          named.kind === "struct" ? [named.body] : named.variants.map((variant) => variant.body);
        this.#levels.set(id, Math.min(...bodies.map((body) => this.#bodyLevel(body))));
      }
    }
  }
}

/** Text that serde_with makes of a number, or of bytes in hex or base64. */
function adaptedText(rustType: string): fc.Arbitrary<string> | undefined {
  if (/^(?:Box<)?[iu]\d+>?$/.test(rustType)) {
    return fc.nat(100).map(String);
  }
  return rustType === "Vec<u8>" ? fc.constantFrom("", "abcd", "0123abcd") : undefined;
}

/** What is optional; under a helper module its own type is known from the option's. */
function innerOf({ rustType, inner }: Extract<TypeSchema, { kind: "option" }>): TypeSchema {
  return /DateTime|SystemTime/.test(rustType) ? { ...inner, rustType } : inner;
}

/** `ByteArray<4>` and arrays under serde_bytes write the length that they always have. */
function lengthsOf({ rustType, length }: Extract<TypeSchema, { kind: "bytes" }>): {
  readonly minLength: number;
  readonly maxLength: number;
} {
  const fixed = length ?? /^(?:.*ByteArray<|\[u8; ?)(\d+)[>\]]$/.exec(rustType)?.[1] ?? undefined;
  return { minLength: Number(fixed ?? 0), maxLength: Number(fixed ?? 40) };
}

function arbitraryInteger(type: Extract<TypeSchema, { kind: "integer" }>): fc.Arbitrary<JsonValue> {
  const bits = BigInt(type.bits);
  const min = type.signed ? -(2n ** (bits - 1n)) : 0n;
  const max = type.signed ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
  if (/DateTime|SystemTime/.test(type.rustType)) {
    // Seconds to nanoseconds since 1970: what all of chrono's and time's units can be.
    return fc.bigInt({ min: 0n, max: 2n ** 32n }).map(String);
  }
  return fc
    .oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max, 1n, max / 2n))
    .filter((value) => type.nonZero !== true || value !== 0n)
    .map((value) => (type.bits > 32 ? value.toString() : Number(value)));
}

function arbitraryText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("__proto__", "constructor", "", "7", "10", "a/b~c", "\uFEFFbom", "$some"),
  );
}

function floatValue(value: number): JsonValue {
  if (Object.is(value, -0)) {
    return "-0";
  }
  return Number.isFinite(value) ? value : String(value);
}

/** The number of fewest digits that rounds to the f32, by trying all. */
function shortestFloatValue(value: number): JsonValue {
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value && value !== 0 && Number.isFinite(value)) {
      return rounded;
    }
  }
  return floatValue(value);
}
