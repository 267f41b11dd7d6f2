// Valid values to fill a form with: an example (one of everything, small and readable) or random ones from a seed.

import { formatOf } from "../../src/codec/formats/index.ts";
import { integerRange, type IntegerType } from "../../src/codec/kinds/integers.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type {
  TypeBody,
  TypeSchema,
  TypeTable,
  VariantSchema,
} from "../../src/model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { bytesToHex } from "./bytesText.ts";
import { toFormValue } from "./conform.ts";
import { integerFromText } from "./integerText.ts";
import {
  canBeNull,
  isScalar,
  resolveType,
  type CompositeShape,
  type FormattedShape,
  type ScalarShape,
} from "./shape.ts";

/** Deeper parts get their defaults, so that recursive types end. */
const maxDepth = 5;

interface Maker {
  readonly types: TypeTable;
  readonly style: "example" | "random";
  /** A number from 0 up to, not including, `below`. */
  readonly pick: (below: number) => number;
  count: number;
}

/** Arguments for a method; the same seed gives the same ones. */
export function randomArguments(
  method: MethodSchema,
  types: TypeTable,
  seed: number,
  style: "example" | "random",
): JsonObject {
  const maker: Maker = { types, style, pick: createPicker(seed), count: 0 };
  return Object.fromEntries(method.arguments.map(({ name, type }) => [name, make(maker, type, 0)]));
}

/** mulberry32: small, good enough to fill a form. */
function createPicker(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function make(maker: Maker, type: TypeSchema, depth: number): JsonValue {
  const { shape } = resolveType(type, maker.types);
  const made =
    depth > maxDepth
      ? undefined
      : isScalar(shape)
        ? makeScalar(maker, shape)
        : makeComposite(maker, shape, depth);
  return made ?? toFormValue(type, maker.types, undefined);
}

const words = ["alpha", "beta", "gamma", "delta", "Zürich", "日本", "two words", "😀"];

function makeScalar(maker: Maker, shape: ScalarShape): JsonValue | undefined {
  return maker.style === "example" ? exampleScalar(maker, shape) : randomScalar(maker, shape);
}

function exampleScalar(maker: Maker, shape: ScalarShape): JsonValue | undefined {
  switch (shape.kind) {
    case "bool":
      return true;
    case "integer":
      return integerFromText(String(++maker.count), shape);
    case "float":
      return 1.5;
    case "char":
      return "x";
    case "string":
      return words[maker.count++ % 4] ?? "";
    case "bytes":
      return hexOf(shape.length ?? 4, (at) => at);
    case "formatted":
      return formatOf(shape.format, shape.exact).example;
    case "unit":
    case "unknown":
      return undefined;
  }
}

function randomScalar(maker: Maker, shape: ScalarShape): JsonValue | undefined {
  switch (shape.kind) {
    case "bool":
      return maker.pick(2) === 1;
    case "integer":
      return randomInteger(maker, shape);
    case "float":
      return (maker.pick(2_000_001) - 1_000_000) / 64;
    case "char":
      return ["a", "Z", "é", "ß", "日", "😀"][maker.pick(6)] ?? "a";
    case "string":
      return words[maker.pick(words.length)] ?? "";
    case "bytes":
      return hexOf(shape.length ?? maker.pick(17), () => maker.pick(256));
    case "formatted":
      return randomText(maker, shape);
    case "unit":
    case "unknown":
      return undefined;
  }
}

/** The text of a random exact value; many numbers are no date, then the example serves. */
function randomText(maker: Maker, { format, exact }: FormattedShape): JsonValue {
  const { print, parse, example } = formatOf(format, exact);
  const text = exact.kind === "string" ? undefined : print(make(maker, exact, 0));
  return text !== undefined && parse(text).ok ? text : example;
}

function hexOf(length: number, byteAt: (at: number) => number): string {
  return `hex:${bytesToHex(Uint8Array.from({ length }, (_, at) => byteAt(at)))}`;
}

function randomInteger(maker: Maker, type: IntegerType): JsonValue {
  const { min, max } = integerRange(type);
  const span = max - min + 1n;
  let bits = 0n;
  for (let part = 0; part < 4; part++) {
    bits = (bits << 32n) | BigInt(maker.pick(2 ** 32));
  }
  const value = min + (bits % span);
  return integerFromText((type.nonZero === true && value === 0n ? max : value).toString(), type);
}

/** Undefined where the default serves better: it ends a recursion. */
function makeComposite(maker: Maker, shape: CompositeShape, depth: number): JsonValue | undefined {
  const inner = (part: TypeSchema) => make(maker, part, depth + 1);
  switch (shape.kind) {
    case "option":
      return makeOption(maker, shape.inner, depth);
    case "sequence":
      return depth >= maxDepth - 2
        ? []
        : Array.from({ length: listLength(maker) }, () => inner(shape.element));
    case "array":
      return Array.from({ length: shape.length }, () => inner(shape.element));
    case "tuple":
      return shape.elements.map(inner);
    case "map":
      return depth >= maxDepth - 2 ? [] : distinctPairs(maker, shape, depth);
    case "result":
      return maker.style === "example" || maker.pick(2) === 0
        ? { Ok: inner(shape.success) }
        : { Err: inner(shape.failure) };
    case "struct":
      return makeBody(maker, shape.named.body, depth);
    case "enum":
      return depth >= maxDepth - 1 ? undefined : makeVariant(maker, shape.named.variants, depth);
  }
}

function listLength(maker: Maker): number {
  return maker.style === "example" ? 2 : maker.pick(4);
}

function makeOption(maker: Maker, inner: TypeSchema, depth: number): JsonValue {
  if (maker.style === "random" && maker.pick(3) === 0) {
    return null;
  }
  const value = make(maker, inner, depth + 1);
  return canBeNull(inner, maker.types) ? { $some: value } : value;
}

function makeVariant(
  maker: Maker,
  variants: readonly VariantSchema[],
  depth: number,
): JsonValue | undefined {
  const at =
    maker.style === "example" ? Math.min(1, variants.length - 1) : maker.pick(variants.length);
  const variant = variants[at];
  if (variant === undefined || variant.body.kind === "unit") {
    return variant?.name;
  }
  return { [variant.name]: makeBody(maker, variant.body, depth) };
}

function distinctPairs(
  maker: Maker,
  shape: Extract<CompositeShape, { kind: "map" }>,
  depth: number,
): JsonValue {
  const length = listLength(maker);
  const pairs = new Map<string, JsonValue>();
  for (let at = 0; at < length; at++) {
    const key = make(maker, shape.key, depth + 1);
    pairs.set(JSON.stringify(key), [key, make(maker, shape.value, depth + 1)]);
  }
  return [...pairs.values()];
}

function makeBody(maker: Maker, body: TypeBody, depth: number): JsonValue {
  switch (body.kind) {
    case "unit":
      return null;
    case "newtype":
      return make(maker, body.inner, depth + 1);
    case "tuple":
      return body.elements.map((element) => make(maker, element, depth + 1));
    case "struct":
      return Object.fromEntries(
        body.fields.map((field) => [field.name, make(maker, field.type, depth + 1)]),
      );
  }
}
