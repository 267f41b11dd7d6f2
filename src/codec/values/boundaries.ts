// Values at the limits of types: least, greatest, empty, special, and text as long as is sensible. Few for every type, so that
// a method is tried with all of them in a dozen calls; nesting, lists and text are bounded.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeBody, TypeKind, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import { setMember, type MutableJsonObject } from "../../model/value/jsonObject.ts";
import { boundaryTexts } from "../formats/boundaries.ts";
import { defaultValue } from "./defaults.ts";
import { integerRange } from "../kinds/integers.ts";
import { someToJson } from "../kinds/options.ts";
import { namedType } from "../kinds/structs.ts";

/** Most values of one type. */
const maxValues = 16;
/** Deeper parts have their default. */
const maxDepth = 5;
/** Lists hold all limits of their element near the root, two in the middle, none further down. */
const listLengths = [8, 8, 2, 1];
const longestText = 65_536;
/** Characters of text and bytes in all values of a method together; then short ones serve. */
const maxText = 8 * longestText;
/** Values that are made for a method, parts included. */
const maxSteps = 50_000;

interface Maker {
  readonly types: TypeTable;
  text: number;
  steps: number;
}

type Values = readonly JsonValue[];

/** Arguments at the limits of their types, one set after the other; each type's limits stand in some set, in order. */
export function boundaryArguments(method: MethodSchema, types: TypeTable): readonly JsonObject[] {
  const maker: Maker = { types, text: 0, steps: 0 };
  const columns = method.arguments.map(({ name, type }) => ({
    name,
    values: method.wire === "raw" ? byteLimits(maker, undefined) : valuesOf(maker, type, 0),
  }));
  return together(columns);
}

/** Values at the limits of `type`, the least first, the greatest second where there is one. */
export function boundaryValues(type: TypeSchema, types: TypeTable): Values {
  return valuesOf({ types, text: 0, steps: 0 }, type, 0);
}

/** One set for each position of the longest column; the shorter ones begin again. */
function together(
  columns: readonly { readonly name: string; readonly values: Values }[],
): readonly JsonObject[] {
  const count = Math.max(1, ...columns.map(({ values }) => values.length));
  return Array.from({ length: Math.min(count, maxValues) }, (_, index) => {
    const object: MutableJsonObject = {};
    for (const { name, values } of columns) {
      setMember(object, name, values[index % values.length] ?? null);
    }
    return object;
  });
}

function valuesOf(maker: Maker, type: TypeSchema, depth: number): Values {
  maker.steps++;
  const made =
    depth > maxDepth || maker.steps > maxSteps
      ? []
      : type.format === undefined
        ? limitsOf(maker, type, depth)
        : boundaryTexts(type.format, type);
  const values = unique(made).slice(0, maxValues);
  return values.length === 0 ? [defaultValue(type, maker.types)] : values;
}

function unique(values: Values): Values {
  const known = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...known.values()];
}

function limitsOf(maker: Maker, type: TypeSchema, depth: number): Values {
  // The table's type says that the entry at `type.kind` takes this very type; the compiler cannot follow that.
  const make = limits[type.kind] as (maker: Maker, type: TypeSchema, depth: number) => Values;
  return make(maker, type, depth);
}

const limits: {
  readonly [K in TypeKind]: (
    maker: Maker,
    type: Extract<TypeSchema, { kind: K }>,
    depth: number,
  ) => Values;
} = {
  bool: () => [false, true],
  integer: (_, type) => {
    const { min, max } = integerRange(type);
    const all = [min, max, 0n, ...(type.signed ? [-1n] : []), 1n];
    return all
      .filter((value) => value !== 0n || type.nonZero !== true)
      .map((value) => (type.bits > 32 ? value.toString() : Number(value)));
  },
  float: (_, type) => {
    const [largest, smallest] =
      type.bits === 64 ? [Number.MAX_VALUE, Number.MIN_VALUE] : [3.4028235e38, 1e-45];
    return [-largest, largest, 0, "-0", "NaN", "Infinity", "-Infinity", smallest];
  },
  char: () => ["\0", "\u{10ffff}", "\ud7ff", "\ue000", "é"],
  string: (maker) => ["", longText(maker), "\0", "\u{feff}line\r\nline\u{1f600}", " "],
  bytes: (maker, type) => byteLimits(maker, type.length),
  unit: () => [null],
  unknown: () => [],
  option: (maker, type, depth) => [null, ...valuesOf(maker, type.inner, depth + 1).map(someToJson)],
  sequence: (maker, type, depth) => {
    const length = listLengths[depth] ?? 0;
    const values = length === 0 ? [] : valuesOf(maker, type.element, depth + 1).slice(0, length);
    return [[], values];
  },
  array: (maker, type, depth) => {
    const values = valuesOf(maker, type.element, depth + 1);
    return values.map((value) => Array.from({ length: type.length }, () => value));
  },
  tuple: (maker, type, depth) => elementLimits(maker, type.elements, depth),
  map: (maker, type, depth) => {
    const length = listLengths[depth] ?? 0;
    const keys = length === 0 ? [] : valuesOf(maker, type.key, depth + 1).slice(0, length);
    const values = keys.length === 0 ? [] : valuesOf(maker, type.value, depth + 1);
    return [[], keys.map((key, index) => [key, values[index % values.length] ?? null])];
  },
  result: (maker, type, depth) => [
    ...wrapped("Ok", valuesOf(maker, type.success, depth + 1)),
    ...wrapped("Err", valuesOf(maker, type.failure, depth + 1)),
  ],
  named: (maker, type, depth) => {
    const named = namedType(maker.types, type.id);
    if (named?.kind === "enum") {
      const variants = named.variants.map(({ name, body }) =>
        body.kind === "unit" ? [name] : wrapped(name, bodyLimits(maker, body, depth)),
      );
      return inTurn(variants);
    }
    return named === undefined ? [] : bodyLimits(maker, named.body, depth);
  },
};

function bodyLimits(maker: Maker, body: TypeBody, depth: number): Values {
  switch (body.kind) {
    case "unit":
      return [null];
    case "newtype":
      return valuesOf(maker, body.inner, depth + 1);
    case "tuple":
      return elementLimits(maker, body.elements, depth);
    case "struct":
      return together(
        body.fields.map(({ name, type }) => ({ name, values: valuesOf(maker, type, depth + 1) })),
      );
  }
}

function elementLimits(maker: Maker, elements: readonly TypeSchema[], depth: number): Values {
  const columns = elements.map((element, index) => ({
    name: String(index),
    values: valuesOf(maker, element, depth + 1),
  }));
  return together(columns).map((row) => columns.map(({ name }) => row[name] ?? null));
}

function wrapped(name: string, values: Values): Values {
  return values.map((value) => {
    const object: MutableJsonObject = {};
    setMember(object, name, value);
    return object;
  });
}

/** Every variant once before any has its second value. */
function inTurn(columns: readonly Values[]): Values {
  const count = Math.max(0, ...columns.map((values) => values.length));
  return Array.from({ length: count }, (_, index) =>
    columns.flatMap((values) => (index < values.length ? [values[index] ?? null] : [])),
  ).flat();
}

/** Text as long as is left: of one to four bytes a character. */
function longText(maker: Maker): string {
  const length = maker.text + longestText > maxText ? 64 : longestText;
  maker.text += length;
  return "aé日\u{1f600}-".repeat(Math.ceil(length / 6)).slice(0, length - (length % 6));
}

function byteLimits(maker: Maker, length: number | undefined): Values {
  if (length !== undefined) {
    return ["00", "ff"].map((byte) => `hex:${byte.repeat(length)}`);
  }
  const count = maker.text + 2048 > maxText ? 16 : 1024;
  maker.text += 2 * count;
  const all = Array.from({ length: count }, (_, at) => (at % 256).toString(16).padStart(2, "0"));
  return ["hex:", `hex:${all.join("")}`, "hex:00", "hex:ff"];
}
