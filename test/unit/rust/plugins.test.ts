// Interfaces and plugins wherever they stand: modules, files, crates, renames and re-exports.

import assert from "node:assert/strict";
import type { PluginFacts } from "../../../src/rust/facts.ts";
import { analyze, oneCrate, rust, type ProjectSource } from "./inMemoryProject.ts";
import { methodText, tableText } from "./schemaText.ts";

const greeter = rust`
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync { fn greet(&self, name: String) -> String; }
`;
const implementation = rust`
pub struct Polite;
#[plugin_impl(Greeter)]
impl Greeter for Polite { fn greet(&self, name: String) -> String { name } }
`;

/** `id → interface id` of all plugins. */
function links(project: ProjectSource): string[] {
  return analyze(project).plugins.map(
    ({ schema }) => `${schema.id} → ${schema.interfaceId ?? "nothing"}`,
  );
}

function onlyPlugin(project: ProjectSource): PluginFacts {
  const { plugins } = analyze(project);
  assert.equal(plugins.length, 1);
  const [plugin] = plugins;
  assert.ok(plugin !== undefined);
  return plugin;
}

describe("finding interfaces and plugins", () => {
  it("in one crate, in nested modules and files", () => {
    const project = oneCrate(
      rust`
mod api;
pub mod imp { pub mod deep; mod side; }
#[cfg(test)] mod tests { use fidius::*; ${implementation} }
`,
      {
        "src/api/mod.rs": `use fidius::plugin_interface; ${greeter}`,
        "src/imp/deep.rs": `use crate::api::*; use fidius::plugin_impl; ${implementation}`,
        "src/imp/side.rs": `use super::super::api::{Greeter, __fidius_Greeter}; ${implementation.replace("#[plugin_impl", "#[fidius::plugin_impl")}`,
      },
    );
    assert.deepEqual(links(project), [
      "demo::imp::deep::Polite as Greeter → demo::api::Greeter",
      "demo::imp::side::Polite as Greeter → demo::api::Greeter",
    ]);
  });

  it("through #[path], on files and inside of blocks", () => {
    const project = oneCrate(
      rust`
#[path = "elsewhere/api.rs"] mod api;
mod block { #[path = "other.rs"] pub mod imp; }
`,
      {
        "src/elsewhere/api.rs": `use fidius::plugin_interface; ${greeter}`,
        "src/block/other.rs": `use crate::api::*; use fidius::plugin_impl; ${implementation}`,
      },
    );
    assert.deepEqual(links(project), ["demo::block::imp::Polite as Greeter → demo::api::Greeter"]);
  });

  it("across crates, with the macros renamed and re-exported", () => {
    const project: ProjectSource = {
      iface: {
        files: {
          "src/lib.rs": rust`
pub use fidius;
pub use fidius::plugin_impl as implement;
pub mod prelude { pub use crate::{implement as make_plugin, api::*}; }
mod hidden { use fidius::plugin_interface as contract; }
pub mod api { use fidius::plugin_interface as contract; ${greeter.replace("plugin_interface", "contract")} }
`,
        },
        dependencies: ["fidius"],
      },
      one: {
        files: {
          "src/lib.rs": `use iface::prelude::*; ${implementation.replace("plugin_impl", "make_plugin")}`,
        },
        dependencies: ["iface"],
      },
      two: {
        files: {
          "src/lib.rs": `use facade::api::{Greeter, __fidius_Greeter}; ${implementation.replace("#[plugin_impl", "#[facade::implement")}`,
        },
        dependencies: [{ key: "facade", packageName: "iface" }],
      },
    };
    assert.deepEqual(links(project), [
      "one::Polite as Greeter → iface::api::Greeter",
      "two::Polite as Greeter → iface::api::Greeter",
    ]);
  });

  it("several of each in one module, and a trait under another name", () => {
    const project = oneCrate(rust`
use fidius::*;
mod api { use fidius::*; ${greeter} }
use api::{Greeter as Hello, __fidius_Greeter};
struct A; struct B;
#[plugin_impl(Greeter)] impl Hello for A { fn greet(&self, name: String) -> String { name } }
#[plugin_impl(Greeter, buffer = PluginAllocated)] impl Hello for B { fn greet(&self, name: String) -> String { name } }
`);
    assert.deepEqual(links(project), [
      "demo::A as Greeter → demo::api::Greeter",
      "demo::B as Greeter → demo::api::Greeter",
    ]);
  });

  it("a plugin whose interface has no source is still there", () => {
    const project: ProjectSource = {
      one: {
        files: {
          "src/lib.rs": `use far::{Greeter, __fidius_Greeter}; use fidius::plugin_impl; ${implementation}`,
        },
        dependencies: ["far", "fidius"],
      },
    };
    const model = analyze(project);
    assert.deepEqual(links(project), ["one::Polite as Greeter → nothing"]);
    assert.deepEqual(model.plugins[0]?.schema.signatures, []);
    assert.deepEqual(
      model.problems.map(({ code }) => code),
      ["interfaceNotFound"],
    );
  });

  it("private names do not leave their module", () => {
    const project: ProjectSource = {
      iface: {
        files: { "src/lib.rs": `use fidius::plugin_interface; ${greeter}` },
        dependencies: ["fidius"],
      },
      one: {
        files: { "src/lib.rs": `use iface::*; ${implementation}` },
        dependencies: ["iface"],
      },
    };
    assert.equal(onlyPlugin(project).fidius.target.kind, "unresolved");
  });

  it("two crates of one name have different ids", () => {
    const text = `use fidius::*; ${greeter}${implementation}`;
    const model = analyze({
      "twin-a": { files: { "src/lib.rs": text }, dependencies: ["fidius"] },
      twin_a: { files: { "src/lib.rs": text }, dependencies: ["fidius"] },
    });
    assert.equal(new Set(model.plugins.map(({ schema }) => schema.id)).size, 2);
    assert.equal(new Set(model.interfaces.map(({ schema }) => schema.id)).size, 2);
  });
});

describe("packages from a registry whose sources are known", () => {
  it("give their types; what is unknown in them is reported at the user's own type", () => {
    const model = analyze({
      fidius: {
        isLocal: false,
        files: {
          "src/lib.rs":
            "pub use fidius_macro::{plugin_impl, plugin_interface}; mod error; pub use error::PluginError;",
          "src/error.rs": "pub struct PluginError { secret: u8 }",
        },
        dependencies: ["fidius-macro"],
      },
      geo: {
        isLocal: false,
        files: {
          "src/lib.rs":
            "#[derive(serde::Serialize)] pub struct Point { pub x: f64, pub tag: Opaque } pub struct Opaque;",
        },
      },
      demo: {
        files: {
          "src/lib.rs": rust`
use fidius::{plugin_interface, PluginError};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait T { fn a(&self) -> Result<geo::Point, PluginError>; }
`,
        },
        dependencies: ["fidius", "geo"],
      },
    });
    assert.deepEqual(tableText(model.interfaces[0]?.schema.types ?? {}), [
      "fidius::PluginError = struct { code: string, message: string, details: string? }",
      "geo::Point = struct { x: f64, tag: unknown }",
    ]);
    assert.deepEqual(
      model.problems.map(({ code, span }) => `${code} ${span.file}`),
      ["unknownType /ws/demo/src/lib.rs"],
    );
  });
});

describe("methods", () => {
  const source = rust`
use fidius::*;
#[derive(serde::Serialize, serde::Deserialize)] pub struct P { x: u8 }
type Res<T> = Result<T, PluginError>;
#[plugin_interface(version = 3, buffer = Arena)]
pub trait All {
    const IGNORED: u8 = 1;
    type Out;
    /// From the trait.
    fn zero(&self);
    fn patterns(&self, _: u8, (a, b): (u8, u8), P { x, .. }: P, mut m: u8, r#type: u8, a_b: u8);
    async fn later(&self) -> Result<u8, String>;
    fn alias(&self) -> Res<u8>;
    #[optional(since = 2)] fn extra(&self) -> Vec<u8>;
    #[wire(raw)] fn raw(&self, data: Vec<u8>) -> Result<Vec<u8>, PluginError>;
    fn ticks(&self, n: u8) -> Stream<u32>;
    fn sum(&self, items: fidius::Stream<u8>, start: u64) -> u64;
    fn echo(&self, start: u8, items: Stream<P>) -> Stream<String>;
    fn with_body(&self) -> u8 { 1 }
    #[optional(since = 3)] fn last(&self);
}
struct Imp;
#[plugin_impl(All, buffer = Arena, config = Option<P>)]
impl All for Imp {
    type Out = Vec<P>;
    fn zero(&self) {}
    fn patterns(&self, _: u8, (a, b): (u8, u8), P { x, .. }: P, mut m: u8, r#type: u8, a_b: u8) {}
    async fn later(&self) -> std::result::Result<u8, String> { todo!() }
    fn alias(&self) -> Res<u8> { todo!() }
    fn extra(&self) -> Self::Out { todo!() }
    #[wire(raw)] fn raw(&self, data: Vec<u8>) -> Result<Vec<u8>, PluginError> { todo!() }
    fn ticks(&self, n: u8) -> Stream<u32> { todo!() }
    fn sum(&self, items: Stream<u8>, start: u64) -> u64 { 0 }
    fn echo(&self, start: u8, items: Stream<P>) -> Stream<String> { todo!() }
    fn with_body(&self) -> u8 { 2 }
    fn last(&self) {}
}
`;
  const plugin = onlyPlugin(oneCrate(source));

  it("come with names, wires, streams and returns as the impl writes them", () => {
    assert.deepEqual(plugin.schema.methods.map(methodText), [
      "zero() -> unit",
      "patterns(arg1: u8, a_b: (u8, u8), x: demo::P, m: u8, type: u8, a_b_2: u8) -> unit",
      "async later() -> Result(u8, string)",
      "alias() -> result(u8, fidius::PluginError)",
      "extra() -> seq(demo::P)",
      "raw raw(data: bytes) -> Result(bytes, fidius::PluginError)",
      "server stream ticks(n: u8) -> u32",
      "client stream sum(start: u64) -> u64",
      "bidirectional stream echo(start: u8) -> string",
      "with_body() -> u8",
      "last() -> unit",
    ]);
    assert.equal(plugin.schema.methods[8]?.streamArgument?.name, "items");
  });

  it("come with slot, trait index, capability bit and the trait's doc", () => {
    const [zero] = plugin.schema.methods;
    assert.equal(zero?.doc, "From the trait.");
    assert.deepEqual(
      plugin.schema.methods.map(({ slot, traitIndex }) => slot === traitIndex),
      plugin.schema.methods.map(() => true),
    );
    assert.deepEqual(
      plugin.schema.methods.map(({ capabilityBit }) => capabilityBit ?? "-").join(""),
      "----0-----1",
    );
  });

  it("come with the configuration and every named type", () => {
    assert.equal(plugin.schema.config?.kind, "option");
    assert.equal(plugin.schema.buffer, "Arena");
    assert.deepEqual(tableText(plugin.schema.types), [
      "demo::P = struct { x: u8 }",
      "fidius::PluginError = struct { code: string, message: string, details: string? }",
    ]);
  });

  it("have the hash and the lines of the trait", () => {
    assert.match(plugin.schema.interfaceHash ?? "", /^[\da-f]{16}$/u);
    assert.equal(plugin.schema.signatures.length, 9);
    assert.equal(plugin.schema.methods[2]?.signature, "later:->Result < u8, String >");
  });

  it("slots follow the impl, indexes the trait", () => {
    const swapped = onlyPlugin(
      oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)] trait T { fn a(&self); fn b(&self); fn c(&self); }
struct P;
#[plugin_impl(T)] impl T for P { fn c(&self) {} fn a(&self) {} fn b(&self) {} }
`),
    );
    assert.deepEqual(
      swapped.schema.methods.map(
        ({ name, slot, traitIndex }) => `${name}${String(slot)}${String(traitIndex)}`,
      ),
      ["c02", "a10", "b21"],
    );
  });
});

describe("problems", () => {
  /** Codes of all problems with the text they stand on. */
  function check(title: string, trait: string, impl: string, expected: string[]): void {
    it(title, () => {
      const text = rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { ${trait} }
struct P;
#[plugin_impl(T)] impl T for P { ${impl} }
`;
      const { problems } = analyze(oneCrate(text));
      const lines = text.split("\n");
      assert.deepEqual(
        problems.map(({ code, span: { start, end } }) => {
          const marked = (lines[start.line] ?? "").slice(start.character, end.character);
          return `${code} ${marked}`;
        }),
        expected,
      );
    });
  }
  check("none in a sound plugin", "fn a(&self);", "fn a(&self) {}", []);
  check("order", "fn a(&self); fn b(&self);", "fn b(&self) {} fn a(&self) {}", ["implOrder b"]);
  check("missing method", "fn a(&self); fn b(&self) {}", "fn a(&self) {}", ["methodMissing P"]);
  check("method that the trait lacks", "fn a(&self);", "fn a(&self) {} fn z(&self) {}", [
    "methodNotInTrait z",
  ]);
  check(
    "raw on one side",
    "#[wire(raw)] fn a(&self, d: Vec<u8>) -> Vec<u8>;",
    "fn a(&self, d: Vec<u8>) -> Vec<u8> { d }",
    ["rawMismatch a"],
  );
  check(
    "shim variables",
    "fn a(&self, instance: u8, arena_cap: u8);",
    "fn a(&self, mut instance: u8, arena_cap: u8) {}",
    ["argumentShadowsShim mut instance"],
  );
  check("optional without since", "#[optional()] fn a(&self);", "fn a(&self) {}", [
    "optionalWithoutSince a",
  ]);
  check(
    "optional before required",
    "#[optional(since = 1)] fn a(&self); fn b(&self);",
    "fn a(&self) {} fn b(&self) {}",
    ["optionalNotLast a"],
  );
  check("unknown type", "fn a(&self, m: Vec<Missing>);", "fn a(&self, m: Vec<Missing>) {}", [
    "unknownType Vec<Missing>",
    "unknownType Vec<Missing>",
  ]);

  it("unknown type of a field, on the field", () => {
    const { problems } = analyze(
      oneCrate(rust`
use fidius::*;
#[derive(serde::Serialize)] struct S { good: u8, bad: Missing }
#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { fn a(&self) -> S; }
`),
    );
    assert.deepEqual(
      problems.map(({ code, severity, span }) => [
        code,
        severity,
        span.start.line,
        span.start.character,
      ]),
      [["unknownType", "information", 2, 54]],
    );
  });

  it("different buffer strategies", () => {
    const { problems } = analyze(
      oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = Arena)] pub trait T { fn a(&self); }
struct P;
#[plugin_impl(T)] impl T for P { fn a(&self) {} }
`),
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["bufferMismatch"],
    );
  });

  it("files that are missing or too large", () => {
    const { problems } = analyze(
      oneCrate(`use fidius::*; ${greeter} mod gone; mod big;`, {
        "src/big.rs": " ".repeat(1_000_001),
      }),
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["fileTooLarge", "moduleNotFound", "moduleNotFound"],
    );
  });
});
