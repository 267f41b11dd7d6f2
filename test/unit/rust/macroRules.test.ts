// What macro_rules! write, and items in bodies: found as if they stood there.

import assert from "node:assert/strict";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";

describe("traits and types that macro_rules! write", () => {
  it("are interfaces like others, with the types of the call", () => {
    const { interfaces, macroCalls } = analyze(
      oneCrate(rust`
        macro_rules! both { ($t:ident, $p:ident, $ty:ty) => {
          #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
          pub trait $t { fn v(&self, x: $ty) -> u8; }
          pub struct $p;
          #[fidius::plugin_impl($t)]
          impl $t for $p { fn v(&self, x: $ty) -> u8 { 1 } }
        } }
        both!(First, FirstPlugin, Vec<u8>);
        both!(Second, SecondPlugin, (u8, u16));
      `),
    );
    assert.deepEqual(
      interfaces.map(({ schema }) => [schema.name, schema.methods[0]?.arguments[0]?.type.rustType]),
      [
        ["First", "Vec<u8>"],
        ["Second", "(u8, u16)"],
      ],
    );
    assert.equal([...macroCalls.values()].flat().length, 2);
  });

  it("come from macros of other crates, by path and by glob", () => {
    const { interfaces, plugins } = analyze({
      macros: {
        files: {
          "src/lib.rs": rust`
            #[macro_export] macro_rules! declare { ($n:ident { $($m:ident($($a:ident: $t:ty),*);)* }) => {
              #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
              pub trait $n { $(fn $m(&self, $($a: $t),*);)* } } }
            #[macro_export] macro_rules! wrap { ($($i:item)*) => { $($i)* } }`,
        },
        dependencies: ["fidius"],
      },
      demo: {
        files: {
          "src/lib.rs": rust`
            use macros::*;
            macros::declare!(Named { one(x: u8); two(); });
            wrap! {
              pub struct P;
              #[fidius::plugin_impl(Named)]
              impl Named for P { fn one(&self, x: u8) {} fn two(&self) {} }
            }`,
        },
        dependencies: ["fidius", "macros"],
      },
    });
    assert.deepEqual(
      interfaces.map(({ schema }) => schema.methods.map(({ name }) => name)),
      [["one", "two"]],
    );
    // The impl block stands in the source, so it needs no library to be seen.
    assert.equal(plugins[0]?.schema.interfaceId, "demo::Named");
  });

  it("are what the fragments say, wherever they stand: before a semicolon, in repetitions, in braces", () => {
    const { interfaces } = analyze(
      oneCrate(rust`
        use serde::{Deserialize, Serialize};
        macro_rules! aliases { ($($n:ident = $t:ty;)*) => { $(pub type $n = $t;)* } }
        aliases! { Id = u64; Names = Vec<String>; }
        macro_rules! newtype { ($n:ident($t:ty);) => { #[derive(Serialize, Deserialize)] pub struct $n(pub $t); } }
        newtype! { Wrapped(Vec<(u8, Id)>); }
        macro_rules! record { ($(#[$m:meta])* $v:vis struct $n:ident { $($f:ident : $t:ty;)* }) => {
          $(#[$m])* #[derive(Serialize, Deserialize)] $v struct $n { $(pub $f: $t),* } } }
        record! { /** A record. */ pub struct Record { id: u64; name: Option<Names>; } }
        macro_rules! service { ($t:ident { $(fn $m:ident($a:ident: $ty:ty) -> $r:ty $b:block)* }) => {
          #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
          pub trait $t: Send + Sync { $(fn $m(&self, $a: $ty) -> $r;)* } } }
        service! { Service { fn one(w: Wrapped) -> Id { 1 } fn two(r: Record) -> Names { vec![] } } }
      `),
    );
    const [{ schema } = assert.fail()] = interfaces;
    assert.deepEqual(
      schema.methods.map(({ name, arguments: [argument], returns }) => [
        name,
        argument?.type.kind,
        returns.kind === "value" && returns.type.kind,
      ]),
      [
        ["one", "named", "integer"],
        ["two", "named", "sequence"],
      ],
    );
    const record = schema.types["demo::Record"];
    assert.ok(record?.kind === "struct" && record.body.kind === "struct");
    assert.deepEqual(
      record.body.fields.map(({ name, type }) => [name, type.kind]),
      [
        ["id", "integer"],
        ["name", "option"],
      ],
    );
  });

  it("are read from files that a macro includes, and from modules that it declares", () => {
    const part = (name: string): string => rust`
      #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
      pub trait ${name} { fn v(&self, x: u8) -> u8; }
      pub struct ${name}Plugin;
      #[fidius::plugin_impl(${name})]
      impl ${name} for ${name}Plugin { fn v(&self, x: u8) -> u8 { x } }`;
    const { plugins } = analyze({
      demo: {
        files: {
          "src/lib.rs": rust`
            macro_rules! load { ($f:literal) => { include!($f); } }
            load!("parts/one.rs");
            macro_rules! load_from { ($d:literal, $f:literal) => { include!(concat!($d, "/", $f)); } }
            load_from!("parts", "two.rs");
            macro_rules! load_module { ($n:ident, $f:literal) => { pub mod $n { include!($f); } } }
            load_module!(three, "parts/three.rs");
            macro_rules! module { ($n:ident) => { pub mod $n; } }
            module!(four);`,
          "src/parts/one.rs": part("One"),
          "src/parts/two.rs": part("Two"),
          "src/parts/three.rs": part("Three"),
          "src/four.rs": part("Four"),
        },
        dependencies: ["fidius"],
      },
    });
    assert.deepEqual(plugins.map(({ schema }) => schema.interfaceId).sort(), [
      "demo::One",
      "demo::Two",
      "demo::four::Four",
      "demo::three::Three",
    ]);
  });

  it("end where a macro calls itself for ever", () => {
    const { interfaces } = analyze(
      oneCrate(rust`
        macro_rules! again { ($($x:tt)*) => { again!($($x)* $($x)* a); } }
        again!(a);
        #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
        pub trait Kept { fn v(&self); }
      `),
    );
    assert.deepEqual(
      interfaces.map(({ schema }) => schema.name),
      ["Kept"],
    );
  });
});

describe("plugins in bodies", () => {
  it("are found in a module inside a function and in a constant", () => {
    const { plugins } = analyze(
      oneCrate(rust`
        #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
        pub trait Outer { fn f(&self) -> u8; }
        pub fn setup() {
          let x = 1;
          mod inside {
            #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
            pub trait Inner { fn f(&self) -> u8; }
            pub struct P;
            #[fidius::plugin_impl(Inner)]
            impl Inner for P { fn f(&self) -> u8 { 1 } }
          }
        }
        const _: () = {
          struct Q;
          #[fidius::plugin_impl(Outer)]
          impl Outer for Q { fn f(&self) -> u8 { 1 } }
        };
      `),
    );
    assert.deepEqual(plugins.map(({ schema }) => schema.interfaceId).sort(), [
      "demo::Outer",
      "demo::setup::inside::Inner",
    ]);
  });
});
