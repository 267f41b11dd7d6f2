// After an edit only what looks into the edited items is described anew. Whatever is typed, at whatever place, the model is what
// it is when everything is read anew.

import assert from "node:assert/strict";
import fc from "fast-check";
import "../../support/fixedSeed.ts";
import { currentPlatform } from "../../../src/cargo/graph/targetPlatform.ts";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { createBuildSettings } from "../../../src/project/buildSettings.ts";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import type { InterfaceFacts, RustModel } from "../../../src/rust/fidius/facts.ts";
import { filesOf, graphOf, rust, type ProjectSource } from "./inMemoryProject.ts";

const project: ProjectSource = {
  framework: {
    dependencies: ["fidius"],
    files: {
      "src/lib.rs": rust`
pub use fidius::{plugin_interface as face, plugin_impl as plugged};
#[macro_export]
macro_rules! wrapped { ($name:ident, $field:ty) => {
    #[derive(serde::Serialize, serde::Deserialize)] pub struct $name { pub inner: $field }
}; }
`,
    },
  },
  base: {
    dependencies: ["serde", "framework", "bitflags", "fidius"],
    files: {
      "src/more.rs": rust`#[derive(serde::Serialize, serde::Deserialize)]
pub struct More { pub flags: Flags, pub all: [u8; Placed::LEAST] }
framework::wrapped!(Boxed, Box<More>);
fn unused() -> Boxed { todo!() }
`,
      "src/flags.rs": rust`bitflags::bitflags! { #[derive(serde::Serialize, serde::Deserialize)] pub struct Flags: u8 { const X = 1; const Y = 2; } }
pub struct Flagged { pub flags: Flags }
`,
      "src/off.rs": rust`use super::*;
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Away { fn gone(&self, kind: Kind); }
`,
      "src/lib.rs": rust`//! Types.
pub mod shapes; pub mod flags;
pub use shapes::*; pub use flags::*;
pub const SIZE: usize = 2;
pub type Id = Marked<{ SIZE + 1 }>;

/// Is marked.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Marked<const N: usize> {
    pub bytes: [u8; N],
    #[serde(rename = "other")] pub kind: Kind,
}
framework::wrapped!(Wrapped, Vec<Kind>);
pub fn helper(value: u32) -> u32 { value + 1 }
pub trait Sized2 { const COUNT: usize = 4; type Out; fn count(&self) -> usize { 4 } }
impl Sized2 for Kind { const COUNT: usize = 5; type Out = Placed; fn count(&self) -> usize { helper(2) as usize } }
`,
      "src/shapes.rs": rust`use super::*;
#[derive(serde::Serialize, serde::Deserialize)] pub enum Kind { A = 3, B, C }
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Placed { pub x: i32, pub y: Box<Option<Placed>>, pub many: [Kind; Kind::B as usize] }
pub struct Hidden { pub x: u8 }
fn writes() { let by_hand = 1; }
include!("more.rs");
pub fn around() -> u8 {
    #[derive(serde::Serialize, serde::Deserialize)] pub struct Within { pub kind: Kind }
    impl Placed { pub const LEAST: usize = 3; }
    fn deeper(kind: Kind) -> u8 { 4 }
    4
}
#[cfg(feature = "off")] pub mod off;
#[cfg(test)] mod tests { use super::*; fn tries() { around(); } }
pub mod inner {
    use super::Kind;
    #[derive(serde::Serialize, serde::Deserialize)] pub struct Deep(pub Kind, #[serde(with = "by")] pub u8);
    impl Deep { pub const LENGTH: usize = 6; pub fn length(&self) -> usize { 6 } }
}
`,
    },
  },
  api: {
    dependencies: ["base", "framework", "fidius", "serde"],
    files: {
      "src/lib.rs": rust`pub mod first; pub mod second;
pub use first::*; pub use second::*;
#[fidius::host_interface(version = 1)] pub trait Host: Send { fn ask(&self, id: base::Id) -> base::Placed; }
`,
      "src/first.rs": rust`use base::*;
use base::inner::*;
/// Works.
#[framework::face(version = 1, buffer = PluginAllocated)]
pub trait Work: Send + Sync {
    fn take(&self, id: Id, placed: Vec<Placed>) -> Result<Kind, String>;
    /// Is there later.
    #[optional(since = 2)] fn later(&self, deep: Deep, hidden: Hidden) -> [u8; Deep::LENGTH];
    async fn wait(&self, out: <Kind as Sized2>::Out) -> Wrapped;
    fn flagged(&self, flags: Flags) -> Option<More>;
}
`,
      "src/second.rs": rust`use base::{inner::Deep, Kind, Sized2};
#[framework::face(version = 2, buffer = Arena)]
pub trait Other: Send + Sync {
    fn one(&self, deep: Deep, bytes: [u8; <Kind as Sized2>::COUNT]) -> Kind;
}
#[derive(serde::Serialize, serde::Deserialize)] pub struct Beside { pub kind: Kind }
`,
    },
  },
  one: {
    dependencies: ["api", "base", "framework", "fidius", "tokio"],
    files: {
      "src/lib.rs": rust`pub struct One;
fn sleeps() { tokio::time::sleep(1); }
#[framework::plugged(Work)]
impl Work for One {
    fn take(&self, id: base::Id, placed: Vec<base::Placed>) -> Result<base::Kind, String> { sleeps(); todo!() }
    async fn wait(&self, out: base::Placed) -> base::Wrapped { sleeps(); todo!() }
    fn later(&self, deep: base::inner::Deep, hidden: base::Hidden) -> [u8; 6] { todo!() }
    fn flagged(&self, flags: base::Flags) -> Option<base::More> { todo!() }
}
use api::{__fidius_Work, Work};
fidius::fidius_plugin_registry!();
`,
    },
  },
  two: {
    dependencies: ["api", "base", "framework", "fidius"],
    files: {
      "src/lib.rs": rust`use api::*; use base::*;
/// Does two things.
pub struct Two { state: u8 }
impl Two { pub fn one(&self) -> u8 { 1 } pub fn configure(id: Kind) -> Two { panic!() } }
#[framework::plugged(Other)] impl Other for Two {
    fn one(&self, deep: inner::Deep, bytes: [u8; 5]) -> Kind { todo!() }
}
pub mod more { use api::*; pub struct Three; #[fidius::plugin_impl(Other, buffer = Arena)] impl Other for Three {
    fn one(&self, deep: base::inner::Deep, bytes: [u8; 5]) -> base::Kind { todo!() } } }
`,
    },
  },
};

const graph = graphOf(project);
const build = createBuildSettings(graph, currentPlatform("linux", "x64"));
const names =
  "Kind Placed Deep Id Marked Wrapped Hidden More Flags Boxed Within LEAST Beside Work Other Host SIZE COUNT LENGTH Out A B inner shapes first u8 String".split(
    " ",
  );
const scraps = [
  " ",
  ": :",
  "\n",
  "x",
  "// noted\n",
  "/// Told.\n",
  "u16, ",
  "fn added(&self) {}",
  "pub added: u8, ",
  "#[optional(since = 1)] ",
  "#[serde(skip)] ",
  "#[serde(default)] ",
  '#[cfg(feature = "off")] ',
  "impl serde::Serialize for Hidden {}",
  "impl serde::Serialize for super::Placed {}",
  "struct Inside;",
  "#[derive(serde::Serialize, serde::Deserialize)] pub struct Kind;",
  "#[fidius::plugin_interface(version = 1, buffer = Arena)] pub trait Added { fn a(&self); }",
  "macro_rules! plain { () => {}; }",
  "const N: usize = 1; ",
  "type Id = u8; ",
  "use base::*; ",
  "mod gone;",
  "tokio::spawn(1); ",
  "tokio::runtime::Handle::current(); ",
  "&self, ",
  "Stream<u8>, ",
  "async ",
  '#[method_meta("a", "b")] ',
  "fidius::fidius_plugin_registry!(); ",
  "{",
  "}",
  "(",
  ";",
  '"',
];

const edit = fc.record({
  file: fc.constantFrom(...filesOf(project).keys()),
  word: fc.nat(),
  change: fc.oneof(
    fc.record({ kind: fc.constant("replace"), by: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant("insert"), by: fc.constantFrom(...scraps, ...names) }),
    fc.record({ kind: fc.constant("remove"), by: fc.constant("") }),
    fc.record({ kind: fc.constant("undo"), by: fc.constant("") }),
  ),
});

/** The text with one of its words or marks replaced or gone, or with something before it. */
function edited(text: string, word: number, kind: string, by: string): string {
  const words = [...text.matchAll(/\w+|[^\w\s]|\n/gu)];
  const chosen = words[word % Math.max(1, words.length)];
  if (chosen === undefined) {
    return by;
  }
  const end = chosen.index + (kind === "insert" ? 0 : chosen[0].length);
  return text.slice(0, chosen.index) + by + text.slice(end);
}

function comparable({
  files,
  namedCrates,
  macroCalls,
  lackingOutput,
  ...model
}: RustModel): unknown {
  const sorted = (values: readonly unknown[]): string[] =>
    values.map((value) => JSON.stringify(value)).sort();
  return {
    interfaces: sorted(model.interfaces),
    dependencyInterfaces: sorted(model.dependencyInterfaces),
    hostInterfaces: sorted(model.hostInterfaces),
    plugins: sorted(model.plugins),
    problems: sorted(model.problems),
    leftOut: sorted(model.leftOut),
    files: [...files].sort(),
    namedCrates: [...namedCrates],
    macroCalls: [...macroCalls].map(([id, calls]) => [id, sorted(calls.map(({ call }) => call))]),
    lackingOutput: [...lackingOutput],
  };
}

describe("an edit inside of items", () => {
  it("leaves the model as it is when everything is read anew", function () {
    this.timeout(0); // as long as so many runs take
    let kept = 0;
    let described = 0;
    const rules = new Set<string>();
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        const original = filesOf(project);
        const files = new Map(original);
        const read = (file: string): string | undefined => files.get(file);
        const analyzer = createRustAnalyzer({ files: { read }, check: checkCrate });
        let before = new Set(analyzer.analyze(graph, build).interfaces);
        for (const { file, word, change } of edits) {
          const text = files.get(file) ?? "";
          const undone = original.get(file) ?? "";
          files.set(
            file,
            change.kind === "undo" ? undone : edited(text, word, change.kind, change.by),
          );
          const model = analyzer.analyze(graph, build);
          const anew = createRustAnalyzer({ files: { read }, check: checkCrate }).analyze(
            graph,
            build,
          );
          assert.deepEqual(
            comparable(model),
            comparable(anew),
            `${file}\n${files.get(file) ?? ""}`,
          );
          model.problems.forEach(({ code }) => rules.add(code));
          kept += model.interfaces.filter((facts) => before.has(facts)).length;
          described += model.interfaces.length;
          before = new Set(model.interfaces);
        }
      }),
      { numRuns: Math.ceil(Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 300) / 16) },
    );
    assert.ok(kept > described / 4 && kept < described, `${String(kept)} of ${String(described)}`);
    assert.ok(rules.size > 15, [...rules].join());
  });
});

describe("an edit above a type", () => {
  it("moves what is said of the type, also of one in another crate", () => {
    const files = filesOf(project);
    const file = "/ws/base/src/shapes.rs";
    files.set(file, (files.get(file) ?? "").replace("pub x: i32", "#[serde(flatten)] pub x: i32"));
    const read = (path: string): string | undefined => files.get(path);
    const analyzer = createRustAnalyzer({ files: { read }, check: checkCrate });
    const lines = (): readonly number[] =>
      analyzer
        .analyze(graph, build)
        .problems.flatMap(({ span, related = [] }) => [span, ...related.map((place) => place.span)])
        .flatMap((span) => (span.file === file ? [span.start.line] : []));
    const before = lines();
    for (const added of [1, 2, 3]) {
      files.set(file, (files.get(file) ?? "").replace("#[derive", "\n#[derive"));
      assert.deepEqual(
        lines(),
        before.map((line) => line + added),
      );
    }
    assert.ok(before.length > 0);
  });
});

describe("an edit of one interface", () => {
  it("describes that interface anew, and none beside it", () => {
    const files = filesOf(project);
    const analyzer = createRustAnalyzer({ files: { read: (file) => files.get(file) } });
    const interfaces = (): ReadonlyMap<string, InterfaceFacts> =>
      new Map(analyzer.analyze(graph, build).interfaces.map((facts) => [facts.schema.name, facts]));
    const before = interfaces();
    const file = "/ws/api/src/first.rs";
    files.set(file, (files.get(file) ?? "").replace("fn take(", "fn taken("));
    const after = interfaces();
    assert.ok(after.get("Other") !== undefined && after.get("Other") === before.get("Other"));
    assert.equal(after.get("Work")?.schema.methods[0]?.name, "taken");
  });

  it("has only the rules on that interface run again, and on plugins that look at it", () => {
    const files = filesOf(project);
    const asked: string[] = [];
    const analyzer = createRustAnalyzer({
      files: { read: (file) => files.get(file) },
      check: {
        interface: (found, sources) => {
          asked.push(found.placed.item.name);
          return checkCrate.interface(found, sources);
        },
        impl: (found, sources) => {
          asked.push(
            `${found.placed.item.trait?.text ?? ""} for ${found.placed.item.selfType.text}`,
          );
          return checkCrate.impl(found, sources);
        },
        hostInterface: (found, sources) => {
          asked.push(found.placed.item.name);
          return checkCrate.hostInterface(found, sources);
        },
        types: (findings) => checkCrate.types(findings),
        crate: (sources) => {
          asked.push(sources.crate.name);
          return checkCrate.crate(sources);
        },
      },
    });
    const rulesRun = (): readonly string[] => {
      asked.length = 0;
      analyzer.analyze(graph, build);
      return asked.toSorted();
    };
    rulesRun();
    const file = "/ws/api/src/first.rs";
    files.set(file, (files.get(file) ?? "").replace("fn take(", "fn taken("));
    assert.deepEqual(rulesRun(), ["Work", "Work for One", "api", "one"]);
    assert.deepEqual(rulesRun(), []);
  });
});
