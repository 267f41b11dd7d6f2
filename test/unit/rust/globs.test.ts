// Globs by the hundred and in circles: every name is found, in the time that it takes to read the globs once.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { analyze, oneCrate, onlyPlugin, type ProjectSource } from "./inMemoryProject.ts";

const plugin = `
use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: Wanted); }
pub struct P;
#[plugin_impl(Subject)]
impl Subject for P { fn take(&self, value: Wanted) {} }
`;

function wanted(project: ProjectSource): TypeSchema | undefined {
  return onlyPlugin(project).schema.methods[0]?.arguments[0]?.type;
}

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join("\n");
}

describe("glob imports", function () {
  // Anything but linear work takes longer than the universe has.
  this.timeout(20_000);

  it("of 60 modules that all bring one another find what one of them declares", () => {
    const modules = times(60, (index) => {
      const globs = times(60, (other) => (other === index ? "" : `pub use crate::m${other}::*;`));
      const own = index === 41 ? "pub type Wanted = u16;" : "";
      return `pub mod m${index} { ${globs} ${own} }`;
    });
    const found = wanted(oneCrate(`${modules} use m0::*; ${plugin}`));
    assert.deepEqual([found?.kind, found?.rustType], ["integer", "Wanted"]);
  });

  it("through 150 floors of two modules each say that nothing has the name", () => {
    const floor = (at: number): string => `pub use crate::m${at}::*; pub use crate::n${at}::*;`;
    const floors = times(
      150,
      (at) => `pub mod m${at} { ${floor(at + 1)} } pub mod n${at} { ${floor(at + 1)} }`,
    );
    const found = wanted(
      oneCrate(`${floors} pub mod m150 {} pub mod n150 {} use m0::*; ${plugin}`),
    );
    assert.equal(found?.kind, "unknown");
    assert.match(found.reason, /not declared/);
  });

  it("of 200 modules of std stand beside a path into tokio", () => {
    const globs = times(200, (index) => `use std::m${index}::*;`);
    const method = "async fn take(&self) { tokio::time::sleep(d).await }";
    const source = `${globs}
use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { async fn take(&self); }
pub struct P;
#[plugin_impl(Subject)]
impl Subject for P { ${method} }`;
    assert.deepEqual(
      onlyPlugin(oneCrate(source)).runtimeUses.map(({ path, method: holder }) => [
        path.join("::"),
        holder,
      ]),
      [["tokio::time::sleep", "take"]],
    );
  });

  it("of a circle find a macro of Fidius under another name", () => {
    const modules = times(40, (index) => {
      const globs = times(40, (other) => (other === index ? "" : `pub use crate::m${other}::*;`));
      return `pub mod m${index} { ${globs} ${index === 17 ? "pub use fidius::plugin_interface as face;" : ""} }`;
    });
    const { interfaces } = analyze(
      oneCrate(
        `${modules} use m0::*;
#[face(version = 1, buffer = PluginAllocated)]
pub trait Shown { fn f(&self); }
#[other_macro]
pub trait Hidden { fn f(&self); }`,
      ),
    );
    assert.deepEqual(
      interfaces.map(({ schema }) => schema.name),
      ["Shown"],
    );
  });

  it("that bring two things are not certain of the one that was there first", () => {
    const derive = "#[derive(serde::Serialize, serde::Deserialize)]";
    const inner = `pub mod a { pub use crate::outer::*; pub use crate::*; }
  pub mod b { ${derive} pub struct Wanted(pub u8); }
  pub use b::*; pub use a::*;`;
    const source = `pub mod outer { ${derive} struct Wanted(u16); pub mod inner { ${inner} } }
pub mod c { pub use crate::outer::inner::*; }
use c::*; ${plugin}`;
    const found = wanted(oneCrate(source));
    assert.equal(found?.kind, "unknown");
    assert.match(found.reason, /comes from more than one glob import/u);
  });

  it("do not reach past a name that the module keeps to itself", () => {
    const found = wanted(
      oneCrate(
        `pub mod a { pub type Wanted = u8; } pub mod b { pub use crate::a::*; type Wanted = u16; } use b::*; ${plugin}`,
      ),
    );
    assert.equal(found?.kind, "unknown");
  });
});
