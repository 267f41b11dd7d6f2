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
