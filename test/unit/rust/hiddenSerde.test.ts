// Types whose serde implementation no derive shows, and types that never cross: what the schema says of them, and when
// nothing is said.

import assert from "node:assert/strict";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";
import { schemaText, tableText } from "./schemaText.ts";

interface Subject {
  readonly type: string;
  readonly types: readonly string[];
  readonly problems: readonly string[];
  readonly reason: string;
}

/** The only argument of an interface's method, and all that is said. */
function subject(type: string, declarations: string): Subject {
  const { interfaces, problems } = analyze(
    oneCrate(rust`
use fidius::plugin_interface;
${declarations}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject: Send + Sync { fn take(&self, value: ${type}); }
`),
    undefined,
    checkCrate,
  );
  const schema = interfaces[0]?.schema;
  const argument = schema?.methods[0]?.arguments[0]?.type;
  assert.ok(schema !== undefined && argument !== undefined);
  return {
    type: schemaText(argument),
    types: tableText(schema.types),
    problems: problems.filter(({ severity }) => severity !== "hint").map(({ message }) => message),
    reason: argument.kind === "unknown" ? argument.reason : "",
  };
}

describe("enums of serde_repr", () => {
  it("cross as the integer of their repr, and their doc says which number is which variant", () => {
    const declaration = rust`
/// How much.
#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)] #[repr(u8)]
pub enum Level { Low = 1, High = 5, Next }`;
    const { types, problems } = subject("Level", declaration);
    assert.deepEqual(types, ["demo::Level = struct u8"]);
    assert.deepEqual(problems, []);
    const { interfaces } = analyze(
      oneCrate(rust`
${declaration}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject: Send + Sync { fn take(&self, value: Level); }`),
    );
    assert.equal(
      interfaces[0]?.schema.types["demo::Level"]?.doc,
      "How much.\n\nWritten as a number: 1 is Low, 5 is High, 6 is Next.",
    );
  });
});

describe("a missing derive of serde", () => {
  const missing = /does not derive serde's `Serialize` and `Deserialize`/u;

  it("is told where nothing can implement the traits", () => {
    for (const declaration of [
      "pub struct T(u8);",
      "#[derive(Debug, Clone, PartialEq)] pub struct T(u8);",
      "pub struct T(u8); macro_rules! other { () => { 1 } } const N: u8 = other!();",
      "pub struct T(u8); impl std::fmt::Debug for T {}",
    ]) {
      const { problems } = subject("T", declaration);
      assert.match(problems.join(), missing, declaration);
    }
  });

  for (const [how, declaration] of [
    ["a macro that is given the name", "pub struct T(u8); wire!(T);"],
    [
      "a macro that holds the name",
      "pub struct T(u8); macro_rules! wire { () => { impl Serialize for T {} } } wire!();",
    ],
    ["an attribute macro under its path", "#[models::wire] pub struct T(u8);"],
    ["an imported attribute macro", "use models::model; #[model] pub struct T(u8);"],
    ["an attribute macro from a glob", "use models::*; #[model] pub struct T(u8);"],
    ["a derive of another crate", "#[derive(Debug, models::Wire)] pub struct T(u8);"],
    ["a constant", "pub struct T(u8); const _: () = { impl serde::Serialize for T {} };"],
    ["a constant that calls a macro", "pub struct T(u8); const _: () = { wire!(T); };"],
    ["a function", "pub struct T(u8); fn f() { impl serde::Serialize for crate::T {} }"],
  ] as const) {
    it(`is not told where ${how} may implement them: nothing is`, () => {
      const { reason, problems } = subject("T", declaration);
      assert.match(reason, /its bytes cannot be told from/u);
      assert.deepEqual(problems, []);
    });
  }

  it("is not told of impl blocks that name the trait otherwise", () => {
    for (const declaration of [
      "pub struct T(u8); use serde::Serialize as Write; impl Write for T {}",
      "pub struct T(u8); mod out { pub use serde::Deserialize as Read; } impl<'de> out::Read<'de> for T {}",
      "pub struct T(u8); type Alias = T; mod by { impl serde::Serialize for super::Alias {} }",
    ]) {
      assert.match(subject("T", declaration).reason, /implements `(?:Des|S)erialize` by hand/u);
    }
  });
});

describe("what does not cross", () => {
  const phantom = "use std::marker::PhantomData; pub struct Marker; ";
  for (const [type, declarations, expected] of [
    ["std::collections::HashMap<u8, bool, Missing>", "", "map(u8, bool)"],
    ["std::collections::HashSet<u8, Sum>", "pub struct Sum;", "set(u8)"],
    ["std::marker::PhantomData<Missing>", "", "unit"],
    ["(Option<PhantomData<fn(Marker) -> Missing>>, u8)", phantom, "(unit?, u8)"],
    [
      "Id<Marker>",
      `${phantom} #[derive(serde::Deserialize)] pub struct Id<T>(u8, PhantomData<T>);`,
      "demo::Id<?Marker>",
    ],
    [
      "Id<Marker>",
      `${phantom} #[derive(serde::Deserialize)] pub struct Id<T> { #[serde(skip)] a: Vec<T>, b: Kind<T> }
       #[derive(serde::Deserialize)] pub struct Kind<T>(PhantomData<*const T>);`,
      "demo::Id<?Marker>",
    ],
  ] as const) {
    it(`is no trouble in ${type}`, () => {
      const found = subject(type, declarations);
      assert.deepEqual(found.problems, []);
      assert.equal(found.type.replaceAll("demo::Marker", "?Marker"), expected);
    });
  }

  it("is trouble where it crosses after all, once, where it is given", () => {
    const { problems } = subject(
      "(Pair<Missing>, Pair<u8>)",
      "#[derive(serde::Deserialize)] pub struct Pair<T>(T, T);",
    );
    assert.equal(problems.length, 1);
    assert.match(problems.join(), /`Missing` is not declared/u);
  });

  it("nor are the fields of a type that no method reaches", () => {
    const { problems } = subject(
      "std::marker::PhantomData<Deep>",
      "#[derive(serde::Deserialize)] pub struct Deep { missing: Missing, #[serde(skip_deserializing)] b: u8, c: u8 }",
    );
    assert.deepEqual(problems, []);
  });
});

describe("parameters of a trait", () => {
  it("are what each plugin chooses: nothing is said of them, and the plugin's own types count", () => {
    const { interfaces, plugins, problems } = analyze(
      oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Generic<T, const N: usize> { type Out; fn f(&self, x: Vec<T>, y: Self::Out) -> [u8; N]; }
pub struct P;
#[plugin_impl(Generic)] impl Generic<u16, 2> for P { type Out = u8; fn f(&self, x: Vec<u16>, y: u8) -> [u8; 2] { [0; 2] } }
`),
    );
    assert.deepEqual(problems, []);
    const [x] = plugins[0]?.schema.methods[0]?.arguments ?? [];
    assert.equal(x && schemaText(x.type), "seq(u16)");
    const [inTrait] = interfaces[0]?.schema.methods[0]?.arguments ?? [];
    assert.match(JSON.stringify(inTrait), /`T` is a parameter of the trait `Generic`/u);
  });
});

describe("C's number types", () => {
  for (const [type, expected] of [
    ["std::ffi::c_int", "i32"],
    ["std::os::raw::c_ulong", "u64"],
    ["core::ffi::c_char", "i8"],
    ["Vec<std::ffi::c_uchar>", "bytes"],
  ] as const) {
    it(`${type} is ${expected} on 64-bit Linux`, () => {
      assert.equal(subject(type, "").type, expected);
    });
  }
});

describe("two globs of one item", () => {
  for (const [type, declarations] of [
    ["Bound<u8>", "use std::collections::*; use std::ops::*;"],
    ["Bound<u8>", "use std::ops::*; use core::ops::*;"],
    ["c_int", "use std::ffi::*; use std::os::raw::*;"],
    ["Option<c_ulong>", "use core::ffi::*; use std::os::raw::*; use std::ffi::*;"],
    [
      "Bound<u8>",
      "mod a { pub use std::ops::Bound; } mod b { pub use std::collections::*; } use a::*; use b::*;",
    ],
  ] as const) {
    it(`bring one type: ${declarations}`, () => {
      assert.deepEqual(subject(type, declarations).problems, []);
    });
  }
});
