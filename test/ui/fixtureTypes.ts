// Types of every kind, written by hand: those of the plugin of the panel's tests.

import type {
  FieldSchema,
  TypeSchema,
  TypeTable,
  VariantSchema,
} from "../../src/model/schema/schema.ts";

export function int(rustType: string): TypeSchema {
  const match = /^([iu])(\d+|size)$/.exec(rustType);
  const bits = match?.[2] === "size" ? 64 : Number(match?.[2]);
  return {
    rustType,
    kind: "integer",
    bits: bits as 8 | 16 | 32 | 64 | 128,
    signed: match?.[1] === "i",
  };
}

export const bool: TypeSchema = { rustType: "bool", kind: "bool" };
export const f32: TypeSchema = { rustType: "f32", kind: "float", bits: 32 };
export const f64: TypeSchema = { rustType: "f64", kind: "float", bits: 64 };
export const char: TypeSchema = { rustType: "char", kind: "char" };
export const text: TypeSchema = { rustType: "String", kind: "string" };
export const bytes: TypeSchema = { rustType: "Vec<u8>", kind: "bytes" };
export const key32: TypeSchema = { rustType: "[u8; 4]", kind: "bytes", length: 4 };
export const mystery: TypeSchema = {
  rustType: "chrono::DateTime<Utc>",
  kind: "unknown",
  reason: "The source of the crate chrono was not found.",
};

export function option(inner: TypeSchema): TypeSchema {
  return { rustType: `Option<${inner.rustType}>`, kind: "option", inner };
}
export function vec(element: TypeSchema): TypeSchema {
  return { rustType: `Vec<${element.rustType}>`, kind: "sequence", element };
}
export function set(element: TypeSchema): TypeSchema {
  return { rustType: `BTreeSet<${element.rustType}>`, kind: "sequence", element, isSet: true };
}
export function array(element: TypeSchema, length: number): TypeSchema {
  return { rustType: `[${element.rustType}; ${length}]`, kind: "array", element, length };
}
export function tuple(...elements: TypeSchema[]): TypeSchema {
  return {
    rustType: `(${elements.map((each) => each.rustType).join(", ")})`,
    kind: "tuple",
    elements,
  };
}
export function map(key: TypeSchema, value: TypeSchema): TypeSchema {
  return { rustType: `HashMap<${key.rustType}, ${value.rustType}>`, kind: "map", key, value };
}
export function result(success: TypeSchema, failure: TypeSchema): TypeSchema {
  return {
    rustType: `Result<${success.rustType}, ${failure.rustType}>`,
    kind: "result",
    success,
    failure,
  };
}
export function named(id: string): TypeSchema {
  return { rustType: id, kind: "named", id };
}
function field(name: string, type: TypeSchema, doc?: string): FieldSchema {
  return doc === undefined ? { name, type } : { name, type, doc };
}
function units(...names: string[]): VariantSchema[] {
  return names.map((name, index) => ({ name, index, body: { kind: "unit" } }));
}

/** The named types of the plugin. */
export const types: TypeTable = {
  Term: {
    kind: "struct",
    name: "Term",
    doc: "One summand.",
    body: {
      kind: "struct",
      fields: [
        field("value", int("i128"), "Amount in the given unit."),
        field("unit", named("Unit")),
      ],
    },
    warnings: [],
  },
  Unit: { kind: "enum", name: "Unit", variants: units("Meters", "Feet", "Miles"), warnings: [] },
  Color: {
    kind: "enum",
    name: "Color",
    variants: units(
      "Red",
      "Orange",
      "Yellow",
      "Green",
      "Blue",
      "Indigo",
      "Violet",
      "Black",
      "White",
    ),
    warnings: [],
  },
  Level: {
    kind: "enum",
    name: "Level",
    variants: units("Trace", "Debug", "Info", "Warn", "Error"),
    warnings: [],
  },
  Shape: {
    kind: "enum",
    name: "Shape",
    doc: "A figure in the plane.",
    variants: [
      { name: "Point", index: 0, body: { kind: "unit" } },
      { name: "Circle", index: 1, body: { kind: "newtype", inner: f64 } },
      { name: "Line", index: 2, body: { kind: "tuple", elements: [int("i32"), int("i32")] } },
      {
        name: "Rect",
        index: 3,
        doc: "Axis-aligned.",
        body: { kind: "struct", fields: [field("width", f64), field("height", f64)] },
      },
    ],
    warnings: [],
  },
  Meters: {
    kind: "struct",
    name: "Meters",
    body: { kind: "newtype", inner: f64 },
    warnings: [],
  },
  Marker: { kind: "struct", name: "Marker", body: { kind: "unit" }, warnings: [] },
  Tree: {
    kind: "struct",
    name: "Tree",
    body: {
      kind: "struct",
      fields: [
        field("label", text),
        field("left", { ...option(named("Tree")), rustType: "Option<Box<Tree>>" }),
        field("children", vec(named("Tree"))),
      ],
    },
    warnings: [],
  },
  Loose: {
    kind: "enum",
    name: "Loose",
    variants: [
      { name: "Number", index: 0, body: { kind: "newtype", inner: int("i64") } },
      { name: "Text", index: 1, body: { kind: "newtype", inner: text } },
    ],
    warnings: [
      {
        code: "untagged",
        message:
          "bincode cannot decode untagged enums; the call will fail with a serialization error.",
      },
    ],
  },
  Deep: {
    kind: "struct",
    name: "Deep",
    body: { kind: "struct", fields: [field("a", named("Deep2"))] },
    warnings: [],
  },
  Deep2: {
    kind: "struct",
    name: "Deep2",
    body: { kind: "struct", fields: [field("b", named("Deep3"))] },
    warnings: [],
  },
  Deep3: {
    kind: "struct",
    name: "Deep3",
    body: { kind: "struct", fields: [field("c", named("Term"))] },
    warnings: [],
  },
  Report: {
    kind: "struct",
    name: "Report",
    body: {
      kind: "struct",
      fields: [
        field("total", int("i128")),
        field("notes", option(text)),
        field("shape", named("Shape")),
        field("parts", vec(named("Term"))),
        field("index", map(text, int("u64"))),
        field("blob", bytes),
      ],
    },
    warnings: [],
  },
  PluginError: {
    kind: "struct",
    name: "PluginError",
    body: {
      kind: "struct",
      fields: [field("code", text), field("message", text), field("details", option(text))],
    },
    warnings: [],
  },
};
