// Interfaces and plugins wherever they stand: modules, files, crates, renames and re-exports.

import assert from "node:assert/strict";
import { analyze, oneCrate, onlyPlugin, rust, type ProjectSource } from "./inMemoryProject.ts";
import { tableText } from "./schemaText.ts";

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

describe("finding interfaces and plugins", () => {
  it("a plugin on a raw name is registered with it", () => {
    const raw = implementation.replaceAll("Polite", "r#Polite");
    assert.deepEqual(links(oneCrate(`use fidius::*; ${greeter}${raw}`)), [
      "demo::r#Polite as Greeter → demo::Greeter",
    ]);
  });

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
