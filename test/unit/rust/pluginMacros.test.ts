// Which macro calls make plugins: through definitions of other crates, `$crate`, nested macros, re-exports, renames and
// proc macros; and which do not.

import assert from "node:assert/strict";
import { analyze, rust, type ProjectSource } from "./inMemoryProject.ts";

const framework = rust`
  pub use fidius;
  #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
  pub trait Greeter { fn greet(&self) -> String; }

  #[macro_export]
  macro_rules! direct {
    ($name:ident) => { #[$crate::fidius::plugin_impl(Greeter)] impl Greeter for $name {} };
  }
  #[macro_export]
  macro_rules! nested { ($name:ident) => { $crate::direct!($name); }; }
  #[macro_export]
  macro_rules! harmless { ($name:ident) => { pub struct $name; }; }
  #[macro_export]
  macro_rules! endless { () => { $crate::endless!(); }; }
  pub mod macros { pub use crate::direct as make; pub use proc_macros::by_procedure; }
  mod alias { pub use fidius::plugin_impl as implementation; }
  #[macro_export]
  macro_rules! aliased {
    ($name:ident) => { #[$crate::alias::implementation(Greeter)] impl Greeter for $name {} };
  }
`;

function callsIn(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const project: ProjectSource = {
    framework: { files: { "src/lib.rs": framework }, dependencies: ["fidius", "proc_macros"] },
    facade: {
      files: { "src/lib.rs": "pub use framework::nested as renamed;\npub use framework::*;" },
      dependencies: ["framework"],
    },
    proc_macros: {
      files: {
        "src/lib.rs": rust`
          #[proc_macro] pub fn by_procedure(t: TokenStream) -> TokenStream { "#[plugin_impl(Greeter)]".parse() }
          #[proc_macro_derive(Plugin)] pub fn derive_it(t: TokenStream) -> TokenStream { t }
          #[proc_macro_attribute] pub fn plugin(a: TokenStream, t: TokenStream) -> TokenStream { t }
        `,
      },
    },
    other_macros: {
      files: { "src/lib.rs": "#[proc_macro] pub fn other(t: TokenStream) -> TokenStream { t }" },
    },
    plugin: {
      files: { "src/lib.rs": text, ...files },
      dependencies: ["framework", "facade", "proc_macros", "other_macros"],
    },
  };
  return [...(analyze(project).macroCalls.get("/ws/plugin/Cargo.toml") ?? [])].map(
    ({ call }) => `${call.macro} ${call.span.start.line}:${call.span.start.character}`,
  );
}

describe("calls of macros that make plugins", () => {
  it("are found by path, by use, by glob and by rename", () => {
    assert.deepEqual(callsIn("framework::direct!(A);"), ["framework::direct 0:0"]);
    assert.deepEqual(callsIn("use framework::direct;\ndirect! { A }"), ["direct 1:0"]);
    assert.deepEqual(callsIn("use framework::*;\ndirect!(A);"), ["direct 1:0"]);
    assert.deepEqual(callsIn("use framework::direct as d;\nd![A];"), ["d 1:0"]);
    assert.deepEqual(callsIn("::framework::direct!(A);"), ["framework::direct 0:0"]);
    assert.deepEqual(callsIn("#[macro_use] extern crate framework;\ndirect!(A);"), ["direct 1:0"]);
  });

  it("are found through nested macros, re-exports and aliases of the attribute", () => {
    assert.deepEqual(callsIn("framework::nested!(A);"), ["framework::nested 0:0"]);
    assert.deepEqual(callsIn("framework::macros::make!(A);"), ["framework::macros::make 0:0"]);
    assert.deepEqual(callsIn("facade::renamed!(A);"), ["facade::renamed 0:0"]);
    assert.deepEqual(callsIn("use facade::nested;\nnested!(A);"), ["nested 1:0"]);
    assert.deepEqual(callsIn("framework::aliased!(A);"), ["framework::aliased 0:0"]);
  });

  it("are found in modules, and where the macro is the crate's own", () => {
    const own = rust`macro_rules! mine { () => { #[fidius::plugin_impl(G)] impl G for P {} } }`;
    assert.deepEqual(callsIn(`${own}\nmod inner { mine!(); }`), ["mine 1:12"]);
    assert.deepEqual(callsIn(`${own}\nmine!();`), ["mine 1:0"]);
    assert.deepEqual(callsIn("mod inner;", { "src/inner.rs": "framework::direct!(A);" }), [
      "framework::direct 0:0",
    ]);
  });

  it("are found where a proc macro of the framework is called, derived or put on an item", () => {
    assert.deepEqual(callsIn("proc_macros::by_procedure!(A);"), ["proc_macros::by_procedure 0:0"]);
    assert.deepEqual(callsIn("framework::macros::by_procedure!(A);"), [
      "framework::macros::by_procedure 0:0",
    ]);
    assert.deepEqual(callsIn("use proc_macros::Plugin;\n#[derive(Debug, Plugin)]\nstruct A;"), [
      "Plugin 1:0",
    ]);
    assert.deepEqual(callsIn("#[proc_macros::plugin]\nimpl G for A {}"), [
      "proc_macros::plugin 0:0",
    ]);
  });

  it("are not other macros, unknown ones, tests, nor endless ones", () => {
    assert.deepEqual(callsIn("framework::harmless!(A);\nframework::endless!();"), []);
    assert.deepEqual(callsIn("other_macros::other!(A);\nunknown!(A);\nnowhere::macro!(A);"), []);
    assert.deepEqual(callsIn("fn f() { framework::direct!(A); }"), []);
    assert.deepEqual(callsIn("#[cfg(test)]\nframework::direct!(A);"), []);
    assert.deepEqual(callsIn("fidius::fidius_plugin_registry!();"), []);
  });
});
