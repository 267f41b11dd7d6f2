// Types of all kinds, from declarations to schemas.

import assert from "node:assert/strict";
import type { InterfaceSchema } from "../../../src/model/plugin.ts";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";
import { schemaText, tableText } from "./schemaText.ts";

/** The interface whose only method takes one argument of `type`. */
function taking(type: string, declarations: string, returns = "()"): InterfaceSchema {
  const model = analyze(
    oneCrate(rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
${declarations}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: ${type}) -> ${returns}; }
`),
  );
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined);
  return schema;
}

function argumentOf(
  schema: InterfaceSchema,
): InterfaceSchema["methods"][number]["arguments"][number] {
  const argument = schema.methods[0]?.arguments[0];
  assert.ok(argument !== undefined);
  return argument;
}

function check(type: string, expected: string, declarations = ""): void {
  it(`${type} is ${expected}`, () => {
    assert.equal(schemaText(argumentOf(taking(type, declarations)).type), expected);
  });
}

function checkTable(title: string, type: string, declarations: string, expected: string[]): void {
  it(title, () => {
    assert.deepEqual(tableText(taking(type, declarations).types), expected);
  });
}

/** The reason for which a type is unknown; `pattern` must match it. */
function checkUnknown(type: string, pattern: RegExp, declarations = ""): void {
  it(`${type} is unknown: ${pattern.source}`, () => {
    const { type: schema } = argumentOf(taking(type, declarations));
    assert.ok(schema.kind === "unknown");
    assert.match(schema.reason, pattern);
  });
}

describe("std types", () => {
  check("usize", "u64");
  check("i128", "i128");
  check("Vec<u8>", "bytes");
  check("std::vec::Vec<u8>", "bytes");
  check("::std::string::String", "string");
  check("Box<[u8]>", "bytes");
  check("std::borrow::Cow<'static, [u8]>", "bytes");
  check("std::borrow::Cow<'static, str>", "string");
  check("&'static str", "string");
  check("[u8; 4]", "bytes(4)");
  check("[[u16; 2]; 3]", "[[u16; 2]; 3]");
  check("std::collections::VecDeque<u8>", "bytes");
  check("std::collections::BTreeSet<u8>", "set(u8)");
  check("std::collections::BinaryHeap<u8>", "seq(u8)");
  check(
    "HashMap<String, Option<(u8, ())>>",
    "map(string, (u8, unit)?)",
    "use std::collections::HashMap;",
  );
  check("Map<u8, bool>", "map(u8, bool)", "use std::collections::{self, BTreeMap as Map};");
  check("c::HashSet<char>", "set(char)", "use std::collections as c;");
  check("HashMap<u8, f32>", "map(u8, f32)", "use std::collections::*;");
  check("Arc<Mutex<std::cell::RefCell<f64>>>", "f64", "use std::sync::{Arc, Mutex};");
  check("std::num::NonZeroU16", "nonzero u16");
  check("std::num::NonZero<i64>", "nonzero i64");
  check("std::sync::atomic::AtomicBool", "bool");
  check("std::marker::PhantomData<Nothing>", "unit");
  check("Result<u8, String>", "result(u8, string)");
  check("core::option::Option<alloc::boxed::Box<u8>>", "u8?", "extern crate alloc;");
  check("std::path::PathBuf", "string");
  check("std::net::Ipv4Addr", "[u8; 4]");
  check("(Vec<u8>,)", "(bytes)");
  check("((u8))", "u8");
  checkTable(
    "Duration, Range and SocketAddr are named types",
    "(std::time::Duration, std::ops::Range<u8>, std::net::SocketAddr)",
    "",
    [
      "std::Duration = struct { secs: u64, nanos: u32 }",
      "std::Range<u8> = struct { start: u8, end: u8 }",
      "std::SocketAddr = enum 0 V4 std::SocketAddrV4 | 1 V6 std::SocketAddrV6",
      "std::SocketAddrV4 = struct { ip: [u8; 4], port: u16 }",
      "std::SocketAddrV6 = struct { ip: bytes(16), port: u16 }",
    ],
  );
  checkUnknown("std::time::Instant", /no serde implementation/u);
  checkUnknown("fn(u8) -> u8", /function pointer/u);
  checkUnknown("Box<dyn Fn()>", /trait object/u);
  checkUnknown("[u8; 33]", /up to 32/u);
  checkUnknown("Vec", /lacks its type arguments/u);
});

describe("the author's types", () => {
  checkTable(
    "structs of every form, with generics, defaults and recursion",
    "Tree<u16>",
    rust`
#[derive(Serialize, Deserialize)] struct Tree<T, const N: usize = 2> { value: T, pair: Pair<T>, grid: [T; N], kids: Vec<Tree<T, N>> }
#[derive(Serialize, Deserialize)] struct Pair<A, B = A>(A, B);
`,
    [
      "demo::Pair<u16, u16> = struct (u16, u16)",
      "demo::Tree<u16, 2> = struct { value: u16, pair: demo::Pair<u16, u16>, grid: [u16; 2], kids: seq(demo::Tree<u16, 2>) }",
    ],
  );
  checkTable(
    "mutual recursion",
    "A",
    rust`
#[derive(Serialize, Deserialize)] struct A { b: Option<Box<B>> }
#[derive(Serialize, Deserialize)] enum B { End, More(A), Named { a: Box<A> } }
`,
    [
      "demo::A = struct { b: demo::B? }",
      "demo::B = enum 0 End | 1 More demo::A | 2 Named { a: demo::A }",
    ],
  );
  checkTable(
    "Self in a field, and raw identifiers",
    "Node",
    "#[derive(Serialize)] struct Node { r#type: u8, next: Option<Box<Self>> }",
    ["demo::Node = struct { type: u8, next: demo::Node? }"],
  );
  check("Names<u8>", "map(string, u8)", "type Names<V> = std::collections::HashMap<String, V>;");
  check(
    "Grid",
    "[bool; 12]",
    "const W: usize = 3; const H: usize = W + 1; type Grid = [bool; W * H];",
  );
  check("[bool; shapes::SIZE]", "[bool; 8]", "mod shapes { pub const SIZE: usize = 1 << 3; }");
  check(
    "Buf<{ 2 + 2 }>",
    "demo::Buf<4>",
    "#[derive(Serialize)] struct Buf<const N: usize> { b: [u8; N] }",
  );
  check(
    "Buf<N>",
    "demo::Buf<6>",
    "const N: usize = 6; #[derive(Serialize)] struct Buf<const N: usize>([u8; N]);",
  );
  check("W", "demo::W", "#[cfg_attr(unix, derive(serde::Serialize))] struct W(u8);");
  check("Loop", "seq(unknown)", "type Loop = Vec<Loop>;");
  checkUnknown("Missing", /not declared in any source/u);
  checkUnknown("Plain", /does not derive/u, "struct Plain { a: u8 }");
  checkUnknown("Manual", /by hand/u, "struct Manual; impl serde::Serialize for Manual {}");
  checkUnknown(
    "Half",
    /by hand/u,
    "#[derive(Serialize)] struct Half; impl<'de> Deserialize<'de> for Half {}",
  );
  checkUnknown("U", /union/u, "union U { a: u8 }");
  checkUnknown("serde_json::Value", /not declared|sources are not at hand/u);
  checkUnknown("[u8; size_of::<u64>()]", /array length/u);
  checkUnknown(
    "Two",
    /under different `cfg`/u,
    "#[cfg(mine)] #[derive(Serialize)] struct Two(u8); #[cfg(not(mine))] #[derive(Serialize)] struct Two(u16);",
  );
  check("Two", "demo::Two", "#[derive(Serialize)] struct Two(u8); #[cfg(test)] struct Two(u16);");
  check("Grow<u8>", "seq(unknown)", "type Grow<T> = Vec<Grow<Vec<T>>>;");

  it("ends on types that contain ever larger versions of themselves", () => {
    const schema = taking(
      "Poly<u8>",
      "#[derive(Serialize)] struct Poly<T> { next: Option<Box<Poly<Vec<T>>>>, value: T }",
    );
    assert.match(JSON.stringify(schema.types), /ever larger/u);
  });

  it("follows a chain of five hundred types", () => {
    const chain = Array.from(
      { length: 500 },
      (_, n) => `#[derive(Serialize)] struct C${String(n)}(C${String(n + 1)});`,
    );
    const { types } = taking("C0", `${chain.join("\n")} #[derive(Serialize)] struct C500(u8);`);
    assert.equal(Object.keys(types).length, 501);
    assert.equal(
      tableText(types).find((line) => line.startsWith("demo::C500 ")),
      "demo::C500 = struct u8",
    );
  });

  it("keeps docs of types, fields and variants", () => {
    const { types } = taking(
      "Shape",
      rust`
/// A shape.
#[derive(Serialize)] enum Shape {
  /// Round.
  Circle {
    /** Half
     *  the width. */
    radius: f64,
  },
  #[doc = "Nothing."] Empty,
}`,
    );
    const shape = types["demo::Shape"];
    assert.ok(shape?.kind === "enum");
    const [circle, empty] = shape.variants;
    assert.equal(shape.doc, "A shape.");
    assert.equal(circle?.doc, "Round.");
    assert.equal(empty?.doc, "Nothing.");
    assert.equal(circle.body.kind === "struct" && circle.body.fields[0]?.doc, "Half\n the width.");
  });

  it("shows types as the author wrote them, arguments filled in", () => {
    const schema = taking(
      "Pair<u8>",
      "#[derive(Serialize)] struct Pair<T> { a: Option<T>, b: std::vec::Vec<T> }",
    );
    const pair = schema.types["demo::Pair<u8>"];
    assert.ok(pair?.kind === "struct" && pair.body.kind === "struct");
    assert.deepEqual(
      pair.body.fields.map(({ type }) => type.rustType),
      ["Option<u8>", "std::vec::Vec<u8>"],
    );
  });
});

describe("serde attributes", () => {
  /** `declaration` is what follows the derive of type `T`; warnings are those of reading. */
  function checkSerde(
    declaration: string,
    expected: string | { readonly read: string; readonly written: string },
    warnings: string[] = [],
  ): void {
    it(declaration, () => {
      const { methods, types } = taking(
        "T",
        `#[derive(Serialize, Deserialize)] ${declaration}`,
        "T",
      );
      const read = types["demo::T"];
      const returned = methods[0]?.returns;
      assert.ok(returned?.kind === "value" && returned.type.kind === "named");
      const written = types[returned.type.id];
      assert.ok(read !== undefined && written !== undefined);
      const both = typeof expected === "string" ? { read: expected, written: expected } : expected;
      assert.equal(tableText({ T: read })[0], `T = ${both.read}`);
      assert.equal(tableText({ T: written })[0], `T = ${both.written}`);
      assert.deepEqual(
        read.warnings.map(({ code }) => code),
        warnings,
      );
    });
  }
  checkSerde("struct T { a: u8, #[serde(skip)] b: u16, c: u32 }", "struct { a: u8, c: u32 }");
  // serde pays no heed to it there, as it does in a variant.
  checkSerde("struct T(#[serde(skip)] Option<String>);", "struct string?");
  checkSerde("struct T(#[serde(skip_serializing, default)] u8);", "struct u8");
  checkSerde("enum T { A(#[serde(skip)] u8), B(#[serde(skip_serializing)] u8) }", {
    read: "enum 0 A | 1 B u8",
    written: "enum 0 A | 1 B",
  });
  checkSerde("#[serde(transparent)] struct T { #[serde(default)] a: u8, b: u16 }", {
    read: "struct u16",
    written: "struct u8",
  });
  checkSerde(
    "#[serde(transparent)] struct T { a: u8, #[serde(skip_serializing, default)] b: u16 }",
    "struct u8",
  );
  checkSerde(
    "#[serde(transparent)] struct T { #[serde(skip_serializing)] a: u8, #[serde(default)] b: u16 }",
    { read: "struct u8", written: "struct u16" },
  );
  checkSerde(
    "#[serde(transparent)] struct T { a: Vec<std::marker::PhantomData<u8>>, b: std::marker::PhantomData<u8> }",
    "struct seq(unit)",
  );
  checkSerde("#[serde(transparent)] struct T { #[serde(flatten)] a: u8 }", "struct u8");
  checkSerde(
    "struct T { a: u8, #[serde(flatten, skip_deserializing)] b: Other }",
    {
      read: "struct { a: u8 }",
      written: "struct unknown",
    },
    ["serdeSkipOneSide"],
  );
  checkSerde("enum T { A { #[serde(flatten)] a: Other }, B(u8) }", "enum 0 A unknown | 1 B u8", [
    "serdeFlatten",
  ]);
  checkSerde("enum T { A { #[serde(flatten, skip)] a: Other }, B(u8) }", {
    read: "enum 0 A {  } | 1 B u8",
    written: "enum 0 A unknown | 1 B u8",
  });
  checkSerde(
    "enum T { A(u8), #[serde(untagged)] B(u16) }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeUntagged"],
  );
  checkSerde(
    "enum T { A(u8), #[serde(untagged, skip_serializing)] B(u16) }",
    { read: "struct unknown", written: "enum 0 A u8" },
    ["serdeUntagged"],
  );
  checkSerde(
    "#[serde(variant_identifier)] enum T { A, B }",
    { read: "struct unknown", written: "enum 0 A | 1 B" },
    ["serdeIdentifier"],
  );
  checkSerde('struct T { #[serde(rename = "x", default)] a: u8 }', "struct { a: u8 }");
  checkSerde(
    "#[serde(transparent)] struct T { a: Vec<u16>, p: std::marker::PhantomData<u8> }",
    "struct seq(u16)",
  );
  checkSerde(
    'struct T { #[serde(with = "serde_bytes")] a: Vec<u8>, #[serde(with = "hex")] b: Vec<u8> }',
    "struct { a: bytes, b: unknown }",
  );
  checkSerde('#[serde(from = "u32", into = "u32")] struct T(String);', "struct u32");
  checkSerde('#[serde(try_from = "u32")] struct T(String);', {
    read: "struct u32",
    written: "struct string",
  });
  checkSerde('#[serde(try_from = "u32", into = "u64")] struct T(String);', {
    read: "struct u32",
    written: "struct u64",
  });
  checkSerde(
    "struct T { #[serde(flatten)] a: Other }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeFlatten"],
  );
  checkSerde(
    "#[serde(untagged)] enum T { A(u8), B }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeUntagged"],
  );
  checkSerde(
    '#[serde(tag = "t", rename_all = "snake_case")] enum T { FirstOne { x: u8 }, #[serde(rename = "b")] B, C(Inner) } #[derive(Serialize)] struct Inner { y: u8 }',
    {
      read: "struct unknown",
      written: 'enum "first_one" FirstOne { x: u8 } | "b" B | "c" C demo::Inner',
    },
    ["serdeTag"],
  );
  checkSerde(
    '#[serde(tag = "t")] enum T { A(u8) }',
    { read: "struct unknown", written: 'enum "A" A unknown' },
    ["serdeTag"],
  );
  checkSerde('#[serde(tag = "t")] struct T { a: u8 }', {
    read: "struct { a: u8 }",
    written: "struct { t: string, a: u8 }",
  });
  checkSerde(
    '#[serde(tag = "t", content = "c")] enum T { A(u8), B }',
    { read: "struct unknown", written: "enum 0 A u8 | 1 B" },
    ["serdeTag"],
  );
  checkSerde(
    "enum T { A, #[serde(skip)] B, C(u8) }",
    { read: "enum 0 A | 1 C u8", written: "enum 0 A | 2 C u8" },
    ["serdeSkipVariant"],
  );
  checkSerde("enum T { A, C(u8), #[serde(skip)] B }", "enum 0 A | 1 C u8");
  checkSerde("enum T { A, #[serde(skip_serializing)] B, C }", {
    read: "enum 0 A | 1 B | 2 C",
    written: "enum 0 A | 2 C",
  });
  checkSerde('struct T { #[serde(skip_serializing_if = "f")] a: u8 }', {
    read: "struct { a: u8 }",
    written: "struct { a: u8 }",
  });
  checkSerde(
    "struct T { #[serde(skip_serializing)] a: u8, b: u8 }",
    { read: "struct { a: u8, b: u8 }", written: "struct { b: u8 }" },
    ["serdeSkipOneSide"],
  );
  checkSerde(
    "struct T { #[serde(skip_deserializing)] a: u8, b: u8 }",
    { read: "struct { b: u8 }", written: "struct { a: u8, b: u8 }" },
    ["serdeSkipOneSide"],
  );
  checkSerde(
    'struct T { #[serde(serialize_with = "f")] a: u8, #[serde(deserialize_with = "g")] b: u8 }',
    {
      read: "struct { a: u8, b: unknown }",
      written: "struct { a: unknown, b: u8 }",
    },
  );
  checkSerde(
    'struct T { #[serde(with = "Def")] a: Foreign } #[derive(Serialize, Deserialize)] #[serde(remote = "Foreign")] struct Def { x: u8, y: u16 }',
    "struct { a: demo::Def }",
  );
  checkSerde("struct T { #[cfg(unix)] a: u8 }", "struct { a: u8 }", []);
  checkSerde("struct T { #[cfg(mine)] a: u8 }", "struct { a: u8 }", ["cfg"]);
  checkSerde("enum T { A = 10, B = 1 << 3, C { x: u8 } }", "enum 0 A | 1 B | 2 C { x: u8 }");
});
