// Builds share what they find out of a crate that they see in the same way, and keep it for as long as it holds: after any edit
// in any crate the model is what it is when everything is read anew.

import assert from "node:assert/strict";
import fc from "fast-check";
import "../../support/fixedSeed.ts";
import { currentPlatform } from "../../../src/cargo/graph/targetPlatform.ts";
import { createBuildSettings } from "../../../src/project/buildSettings.ts";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { filesOf, graphOf, type ProjectSource } from "./inMemoryProject.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]";

/** Path → the texts that the file may have. */
const variants: Readonly<Record<string, readonly string[]>> = {
  "/ws/base/src/lib.rs": [
    "pub mod t; pub use t::*; pub const N: usize = 3; pub type Id = u32;",
    `pub mod t; pub use t::*; pub const N: usize = t::M + 1; ${derive} pub struct Id(pub u8);`,
    "pub mod t; pub use t::Kind; pub const N: usize = 5; pub struct Id(pub u8);",
    "pub mod t; pub struct Id; impl serde::Serialize for Id {} pub use t::Deep as Kind;",
  ],
  "/ws/base/src/t.rs": [
    `pub const M: usize = 7; ${derive} pub enum Kind { A, B(u8) } ${derive} pub struct Deep { pub kind: Kind }`,
    `pub const M: usize = 8; ${derive} pub enum Kind { A, C { x: Missing } } ${derive} pub struct Deep { pub more: Vec<Kind> }`,
    `${derive} pub struct Kind(#[serde(flatten)] pub Vec<Deep>); ${derive} pub struct Deep { pub next: Option<Box<Deep>> }`,
  ],
  "/ws/mid/src/lib.rs": [
    "pub use base::*; pub use fidius::plugin_interface as face;",
    "pub use base::{Id, N, t::Deep as Kind}; pub use fidius::plugin_interface as face;",
    `pub use base::*; ${derive} pub struct Id { pub own: bool } pub use fidius::plugin_impl as face;`,
  ],
  "/ws/api/src/lib.rs": [
    `use mid::*; ${derive} pub struct Data { pub id: Id, pub kinds: Vec<Kind>, pub bytes: [u8; N] } ${derive} pub struct Around<T> { pub t: T, pub data: Data }
#[mid::face(version = 1, buffer = PluginAllocated)] pub trait Work { fn take(&self, data: Data, other: Around<Id>) -> Kind; }`,
    `use mid::*; ${derive} pub struct Data { pub id: Option<Id> } ${derive} pub struct Around<T> { pub t: Vec<T> }
#[fidius::plugin_interface(version = 2, buffer = PluginAllocated)] pub trait Work { fn take(&self, data: Data) -> Around<Around<Kind>>; fn more(&self); }`,
    `pub use mid::*; pub type Data = Kind; pub type Around<T> = (T, Id);
#[fidius::plugin_interface(version = 2, buffer = PluginAllocated)] pub trait Work { fn take(&self, data: Data) -> Id; }`,
  ],
  "/ws/one/src/lib.rs": [
    "use api::{__fidius_Work, Work, Data, Around}; pub struct One; #[fidius::plugin_impl(Work)] impl Work for One { fn take(&self, data: Data, other: Around<mid::Id>) -> base::Kind { todo!() } }",
    "use api::*; pub struct One; #[fidius::plugin_impl(Work)] impl Work for One { fn take(&self, data: Data) -> mid::Id { todo!() } }",
  ],
  "/ws/two/src/lib.rs": [
    "use api::*; use mid::*; pub struct Two; #[fidius::plugin_impl(Work)] impl Work for Two { fn take(&self, data: Data, other: Around<Id>) -> Kind { todo!() } }",
    "use api::{Data, __fidius_Work}; pub struct Two; #[fidius::plugin_impl(Work)] impl api::Work for Two { fn take(&self, data: [Data; 2]) -> Self { todo!() } }",
  ],
};

const folder: ProjectSource = {
  base: { files: {}, dependencies: ["serde"] },
  mid: { files: {}, dependencies: ["base", "fidius", "serde"] },
  api: { files: {}, dependencies: ["mid", "fidius", "serde"] },
  one: { files: {}, dependencies: ["api", "base", "mid", "fidius"] },
  two: {
    files: {},
    dependencies: ["api", { key: "mid", packageName: "mid", features: ["other"] }, "fidius"],
  },
};

const graph = graphOf(folder);
const build = createBuildSettings(graph, currentPlatform("linux", "x64"));

function comparable({ files, namedCrates, macroCalls, ...model }: RustModel): unknown {
  const sorted = (values: readonly unknown[]): string[] =>
    values.map((value) => JSON.stringify(value)).sort();
  return {
    interfaces: sorted(model.interfaces),
    plugins: sorted(model.plugins),
    problems: sorted(model.problems),
    leftOut: sorted(model.leftOut),
    files: [...files].sort(),
    namedCrates: [...namedCrates],
    macroCalls: [...macroCalls.keys()],
  };
}

const edit = fc
  .constantFrom(...Object.keys(variants))
  .chain((file) =>
    fc.record({ file: fc.constant(file), text: fc.constantFrom(...(variants[file] ?? [])) }),
  );

describe("crates that share what is known of the crates that they link", () => {
  it("are after every edit as they are when they are read anew", function () {
    this.timeout(0); // as long as so many runs take
    let plugins = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 12 }), (edits) => {
        const files = new Map(filesOf(folder));
        for (const [file, [text = ""]] of Object.entries(variants)) {
          files.set(file, text);
        }
        const read = (file: string): string | undefined => files.get(file);
        const analyzer = createRustAnalyzer({ files: { read } });
        analyzer.analyze(graph, build);
        for (const { file, text } of edits) {
          files.set(file, text);
          const kept = analyzer.analyze(graph, build);
          const anew = createRustAnalyzer({ files: { read } }).analyze(graph, build);
          assert.deepEqual(comparable(kept), comparable(anew));
          plugins += kept.plugins.filter(({ schema }) => schema.interfaceHash !== undefined).length;
        }
      }),
      { numRuns: Math.ceil(Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 300) / 3) },
    );
    assert.ok(plugins > 300, String(plugins));
  });
});
