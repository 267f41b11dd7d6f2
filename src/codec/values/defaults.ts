// A valid first value for a type: what a form starts from. The plainest choice everywhere (0, "", None, the first variant that
// ends), so that recursive types stop at once.

import type { MethodSchema } from "../../model/plugin.ts";
import { assertNever } from "../../model/result.ts";
import type {
  EnumType,
  TypeBody,
  TypeId,
  TypeKind,
  TypeSchema,
  TypeTable,
} from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import { setMember } from "../../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import type { Format } from "../formats/format.ts";
import { formatOf } from "../formats/index.ts";
import { maxHexBytes } from "../text/hex.ts";
import { isTextKey } from "../kinds/maps.ts";
import { namedType } from "../kinds/structs.ts";

/** Parts of a default value, and steps in search of one; beyond, the place is null and the form shows it as a problem. */
const maxSteps = 100_000;

/** A valid value of `type`; null stands where none exists (an enum without variants, a type that contains itself always). */
export function defaultValue(type: TypeSchema, types: TypeTable): JsonValue {
  return valueOf({ types, open: new Set(), steps: 0 }, type) ?? null;
}

/** Valid first arguments of a method, by name. */
export function defaultArguments(method: MethodSchema, types: TypeTable): JsonObject {
  const args: MutableJsonObject = {};
  for (const { name, type } of method.arguments) {
    setMember(args, name, method.wire === "raw" ? "hex:" : defaultValue(type, types));
  }
  return args;
}

interface Search {
  readonly types: TypeTable;
  /** Named types around the current place: a value that needs one of them again would not end. */
  readonly open: Set<TypeId>;
  steps: number;
}

/** One default per kind of type; undefined when the type has no value that ends here. */
const defaults: {
  readonly [K in TypeKind]: (
    search: Search,
    type: Extract<TypeSchema, { kind: K }>,
  ) => JsonValue | undefined;
} = {
  bool: () => false,
  integer: (_, type) => {
    const number = type.nonZero === true ? 1 : 0;
    return type.bits > 32 ? String(number) : number;
  },
  float: () => 0,
  char: () => "a",
  string: () => "",
  bytes: (_, type) =>
    (type.length ?? 0) > maxHexBytes ? undefined : `hex:${"00".repeat(type.length ?? 0)}`,
  unit: () => null,
  unknown: () => ({ $raw: "hex:" }),
  option: () => null,
  sequence: () => [],
  array: (search, type) => arrayOf(search, type.element, type.length),
  tuple: (search, type) => listOf(search, type.elements),
  map: (search, type) => (isTextKey(type.key, search.types) ? {} : []),
  result: (search, type) =>
    wrapped("Ok", valueOf(search, type.success)) ?? wrapped("Err", valueOf(search, type.failure)),
  named: (search, type) => namedOf(search, type.id),
};

function valueOf(search: Search, type: TypeSchema): JsonValue | undefined {
  search.steps++;
  if (search.steps > maxSteps) {
    return undefined;
  }
  // The table's type says that the entry at `type.kind` takes this very type; the compiler cannot follow that.
  const make = defaults[type.kind] as (search: Search, type: TypeSchema) => JsonValue | undefined;
  const value = make(search, type);
  return type.format === undefined || value === undefined
    ? value
    : humanDefault(formatOf(type.format, type), value);
}

/** The text of the plainest value, or an example where that is none: an empty URL, the day 0. */
function humanDefault(format: Format, value: JsonValue): JsonValue {
  const { print, parse, example, initial = example } = format;
  const text = print(value);
  return text !== undefined && parse(text).ok ? text : initial;
}

function wrapped(key: string, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined) {
    return undefined;
  }
  const object: MutableJsonObject = {};
  setMember(object, key, value);
  return object;
}

function arrayOf(search: Search, element: TypeSchema, length: number): JsonValue | undefined {
  const values: JsonValue[] = [];
  for (let index = 0; index < length; index++) {
    const value = valueOf(search, element);
    if (value === undefined) {
      return undefined;
    }
    values.push(value);
  }
  return values;
}

function listOf(search: Search, types: readonly TypeSchema[]): JsonValue | undefined {
  const values: JsonValue[] = [];
  for (const type of types) {
    const value = valueOf(search, type);
    if (value === undefined) {
      return undefined;
    }
    values.push(value);
  }
  return values;
}

function namedOf(search: Search, id: TypeId): JsonValue | undefined {
  const named = namedType(search.types, id);
  if (named === undefined || search.open.has(id)) {
    return undefined;
  }
  search.open.add(id);
  const value =
    named.kind === "struct" ? bodyOf(search, named.body) : firstVariantOf(search, named);
  search.open.delete(id);
  return value;
}

function firstVariantOf(search: Search, named: EnumType): JsonValue | undefined {
  for (const variant of named.variants) {
    if (variant.body.kind === "unit") {
      return variant.name;
    }
    const value = wrapped(variant.name, bodyOf(search, variant.body));
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function bodyOf(search: Search, body: TypeBody): JsonValue | undefined {
  switch (body.kind) {
    case "unit":
      return null;
    case "newtype":
      return valueOf(search, body.inner);
    case "tuple":
      return listOf(search, body.elements);
    case "struct": {
      const object: MutableJsonObject = {};
      for (const field of body.fields) {
        const value = valueOf(search, field.type);
        if (value === undefined) {
          return undefined;
        }
        setMember(object, field.name, value);
      }
      return object;
    }
    default:
      return assertNever(body);
  }
}
