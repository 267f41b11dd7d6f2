// Questions about a type that both form and result view ask: what stands behind a name, can its value be null, is it small.

import type {
  EnumType,
  NamedType,
  StructType,
  TypeSchema,
  TypeTable,
  ValueFormat,
  VariantSchema,
} from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { isExactText } from "../../src/codec/kinds/formatted.ts";
import { isJsonObject } from "../../src/model/value/jsonObject.ts";

/** A type with its name looked up; newtype structs are looked through, because their JSON is the inner value. */
export type Shape =
  | Exclude<TypeSchema, { kind: "named" }>
  | {
      readonly kind: "formatted";
      readonly rustType: string;
      readonly format: ValueFormat;
      /** The type without its human form. */
      readonly exact: TypeSchema;
    }
  | { readonly kind: "struct"; readonly rustType: string; readonly named: StructType }
  | { readonly kind: "enum"; readonly rustType: string; readonly named: EnumType };

/** Shapes without parts; the others are composite. */
export type ScalarShape = Extract<
  Shape,
  {
    kind:
      "bool" | "integer" | "float" | "char" | "string" | "bytes" | "formatted" | "unit" | "unknown";
  }
>;
export type FormattedShape = Extract<Shape, { kind: "formatted" }>;
export type CompositeShape = Exclude<Shape, ScalarShape>;

const scalarKinds: ReadonlySet<string> = new Set<ScalarShape["kind"]>([
  "bool",
  "integer",
  "float",
  "char",
  "string",
  "bytes",
  "formatted",
  "unit",
  "unknown",
]);

export function isScalar(shape: Shape): shape is ScalarShape {
  return scalarKinds.has(shape.kind);
}

/** Enums of unit variants are radio buttons up to this many variants. */
export const maxRadioVariants = 4;

/** What the type is, and every named type passed on the way (their docs and warnings belong to the field). */
export interface ResolvedType {
  readonly shape: Shape;
  readonly named: readonly NamedType[];
}

export function resolveType(type: TypeSchema, types: TypeTable): ResolvedType {
  const named: NamedType[] = [];
  let current = type;
  while (current.format === undefined && current.kind === "named") {
    const found: NamedType | undefined = types[current.id];
    if (found === undefined || named.includes(found)) {
      const reason = `The type ${current.rustType} was not found in the source.`;
      return { shape: { kind: "unknown", rustType: current.rustType, reason }, named };
    }
    named.push(found);
    if (found.kind === "enum") {
      return { shape: { kind: "enum", rustType: type.rustType, named: found }, named };
    }
    if (found.body.kind !== "newtype") {
      return { shape: { kind: "struct", rustType: type.rustType, named: found }, named };
    }
    current = found.body.inner;
  }
  return { shape: current.format === undefined ? unformatted(current) : formatted(current), named };
}

function unformatted(type: TypeSchema): Shape {
  return type.kind === "named"
    ? { kind: "unknown", rustType: type.rustType, reason: "It is not described." }
    : type;
}

function formatted(type: TypeSchema & { readonly format?: ValueFormat }): Shape {
  const { format, ...exact } = type;
  return format === undefined
    ? unformatted(type)
    : { kind: "formatted", rustType: type.rustType, format, exact };
}

/** Whether a value of a type with a human form is written in it. */
export function isHuman({ exact }: FormattedShape, value: JsonValue | undefined): value is string {
  return typeof value === "string" && !isExactText(exact, value);
}

/** True when a value of the type may be written as `null`, so that `Some` of it needs `{"$some": …}`. */
export function canBeNull(type: TypeSchema, types: TypeTable): boolean {
  const { shape } = resolveType(type, types);
  return (
    shape.kind === "unit" ||
    shape.kind === "option" ||
    (shape.kind === "struct" && shape.named.body.kind === "unit")
  );
}

/** Whether the control fits on the row of its name; the others get a heading and a body below it. */
export function isInline(type: TypeSchema, types: TypeTable): boolean {
  return fitsOnRow(type, types, mostOptions);
}

/** Options around each other that are looked through: a type may be an option of itself. */
const mostOptions = 16;

function fitsOnRow(type: TypeSchema, types: TypeTable, optionsLeft: number): boolean {
  const { shape } = resolveType(type, types);
  if (isScalar(shape)) {
    return true;
  }
  switch (shape.kind) {
    case "option":
      return optionsLeft > 0 && fitsOnRow(shape.inner, types, optionsLeft - 1);
    case "enum":
      return shape.named.variants.every((variant) => variant.body.kind === "unit");
    case "struct":
      return shape.named.body.kind === "unit";
    case "tuple":
      return shape.elements.length === 0;
    case "sequence":
    case "array":
    case "map":
    case "result":
      return false;
  }
}

/** The variant that an enum's value names; undefined when it names none. */
export function variantOf(named: EnumType, value: JsonValue): VariantSchema | undefined {
  const name =
    typeof value === "string" ? value : isJsonObject(value) ? Object.keys(value)[0] : undefined;
  return named.variants.find((variant) => variant.name === name);
}
