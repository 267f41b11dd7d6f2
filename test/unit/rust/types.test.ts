// Types of all kinds, from declarations to schemas.

import assert from "node:assert/strict";
import { rust } from "./inMemoryProject.ts";
import { argumentOf, taking } from "./oneType.ts";
import { schemaText, tableText } from "./schemaText.ts";

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
  // More than a number in JavaScript holds exactly.
  checkUnknown(
    "[u8; BIG]",
    /this one has 1152921504606846977/u,
    "const BIG: usize = (1 << 60) + 1;",
  );
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
