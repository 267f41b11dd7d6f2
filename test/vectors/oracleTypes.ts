// The types of oracle/src/main.rs as schemas; `oracleTypes` has them in the order of their numbers there.

import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import { schemasWith, tableOf, unitBody } from "./rustTypes.ts";

const roots = "Scalars Shape Optional Maps Collections Outcomes Tree Structs Units".split(" ");
const others = "Expression Name Marker Braces Parentheses NamePair ShortPair Wrapper".split(" ");
const schemas = schemasWith(new Set([...roots, ...others]));

export const oracleTypes: readonly TypeSchema[] = roots.map((name) => schemas.type(name));

export const oracleTable: TypeTable = tableOf({
  Scalars: schemas.fields({
    truth: "bool",
    a: "u8",
    b: "u16",
    c: "u32",
    d: "u64",
    e: "u128",
    f: "usize",
    g: "i8",
    h: "i16",
    i: "i32",
    j: "i64",
    k: "i128",
    l: "isize",
    m: "f32",
    n: "f64",
    o: "char",
    p: "String",
    q: "()",
    r: "NonZeroU8",
    s: "NonZeroI64",
  }),
  Shape: [
    ["Unit", unitBody],
    ["New", schemas.newtype("u8")],
    ["Tup", schemas.tuple("u8", "String")],
    ["Rec", schemas.fields({ w: "u32", h: "Option<u8>" })],
    ["Emp", schemas.tuple()],
    ["EmpS", schemas.fields({})],
    ["Nested", schemas.newtype("Box<Option<Shape>>")],
    ["Nothing", schemas.newtype("()")],
  ],
  Optional: schemas.fields({
    a: "Option<Option<u8>>",
    b: "Option<()>",
    c: "Option<Option<Option<String>>>",
    d: "Option<OrderedMap<String, u8>>",
    e: "Option<Box<Optional>>",
    f: "Option<Marker>",
  }),
  Maps: schemas.fields({
    a: "OrderedMap<String, Vec<Shape>>",
    b: "OrderedMap<u32, bool>",
    c: "OrderedMap<(u8, char), OrderedMap<Name, i64>>",
    d: "OrderedMap<Option<Shape>, f64>",
    e: "OrderedMap<i128, ()>",
  }),
  Collections: schemas.fields({
    a: "Vec<i128>",
    b: "VecDeque<Shape>",
    c: "[u16; 3]",
    d: "[[u8; 2]; 2]",
    e: "(u8, String, (bool,))",
    f: "Vec<u8>",
    g: "[u8; 4]",
    h: "Box<[u32]>",
    i: "LinkedList<Vec<Option<char>>>",
    j: "[Shape; 2]",
    k: "[String; 0]",
  }),
  Outcomes: schemas.fields({
    a: "Result<u32, String>",
    b: "Vec<Result<(), Option<char>>>",
    c: "Result<Result<u8, Marker>, Box<Outcomes>>",
  }),
  Tree: schemas.fields({ value: "Expression", children: "Vec<Tree>" }),
  Expression: [
    ["Number", schemas.newtype("i64")],
    ["Negate", schemas.newtype("Box<Expression>")],
    [
      "Binary",
      schemas.fields({ operator: "char", left: "Box<Expression>", right: "Box<Expression>" }),
    ],
  ],
  Name: schemas.newtype("String"),
  Marker: unitBody,
  Braces: schemas.fields({}),
  Parentheses: schemas.tuple(),
  NamePair: schemas.tuple("Name", "Vec<Name>"),
  ShortPair: schemas.tuple("u16", "Vec<u16>"),
  Wrapper: schemas.newtype("NamePair"),
  Structs: schemas.fields({
    a: "Wrapper",
    b: "ShortPair",
    c: "Marker",
    d: "Braces",
    e: "Parentheses",
    f: "PhantomData<u8>",
    g: "Name",
  }),
  Units: schemas.fields({ a: "Vec<()>", b: "Vec<Marker>", c: "u8" }),
});
