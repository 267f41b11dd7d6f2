// Only files that interfaces and plugins can reach are parsed: counted, since a clock would only say how busy the machine is.

import assert from "node:assert/strict";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import {
  analyzeGraph,
  filesOf,
  graphOf,
  rust,
  type CrateSource,
  type ProjectSource,
} from "./inMemoryProject.ts";

const crateCount = 200;

/** A crate with three files, each depending on the one before, as workspaces have them. */
function part(index: number): CrateSource {
  return {
    files: {
      "src/lib.rs": "pub mod types;\npub mod logic;\n",
      "src/types.rs": rust`#[derive(serde::Serialize, serde::Deserialize)] pub struct Data { pub id: u64 }`,
      "src/logic.rs": "pub fn step() {}",
    },
    dependencies: ["serde", ...(index === 0 ? [] : [`part-${String(index - 1)}`])],
  };
}

const project: ProjectSource = {
  ...Object.fromEntries(
    Array.from({ length: crateCount }, (_, index) => [`part-${String(index)}`, part(index)]),
  ),
  iface: {
    files: {
      "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Work { fn take(&self, data: part_7::types::Data); }
`,
    },
    dependencies: ["fidius", "part-7"],
  },
  plugin: {
    files: {
      "src/lib.rs": rust`
mod inner;
use iface::*;
pub struct P;
#[fidius::plugin_impl(Work)]
impl Work for P { fn take(&self, data: part_7::types::Data) { let _ = data; } }
`,
      "src/inner.rs": "pub fn nothing() {}",
    },
    dependencies: ["fidius", "iface", "part-7"],
  },
};

const reached = [
  "/ws/iface/src/lib.rs",
  "/ws/part-7/src/lib.rs",
  "/ws/part-7/src/types.rs",
  "/ws/plugin/src/inner.rs",
  "/ws/plugin/src/lib.rs",
];

/** An analyzer over texts that may change, and the files that were parsed since the last question. */
function counting(files: Map<string, string>): {
  readonly analyze: () => ReturnType<typeof analyzeGraph>;
  readonly parsed: () => readonly string[];
} {
  const parsed: string[] = [];
  const analyzer = createRustAnalyzer({
    files: { read: (file) => files.get(file) },
    onParse: (file) => {
      parsed.push(file);
    },
  });
  const graph = graphOf(project);
  return {
    analyze: () => analyzeGraph(analyzer, graph),
    parsed: () => parsed.splice(0).sort(),
  };
}

describe("files that are parsed", () => {
  it("are those that interfaces and plugins reach, out of 200 crates, and after an edit only that one", () => {
    const files = filesOf(project);
    const counter = counting(files);
    const [plugin] = counter.analyze().plugins;
    assert.deepEqual(Object.keys(plugin?.schema.types ?? {}), ["part_7::types::Data"]);
    assert.deepEqual(counter.parsed(), reached);

    counter.analyze();
    assert.deepEqual(counter.parsed(), []);

    files.set("/ws/plugin/src/inner.rs", "pub fn something() {}");
    counter.analyze();
    assert.deepEqual(counter.parsed(), ["/ws/plugin/src/inner.rs"]);

    files.set("/ws/part-9/src/logic.rs", "pub fn other() {}");
    counter.analyze();
    assert.deepEqual(counter.parsed(), []);
  });

  const namings: readonly (readonly [string, string, string])[] = [
    ["by a macro", "src/logic.rs", "#[fidius::plugin_impl(Work)] impl Work for P {}"],
    ["in a module of a module", "src/logic.rs", "mod deep;"],
    ["through a path that only a parser finds", "src/lib.rs", `#[path = "x.rs"] pub mod types;`],
    ["in a file that is included", "src/logic.rs", `include!("x.rs");`],
    ["in a module inside a block", "src/lib.rs", "mod block { mod inner; } mod types;"],
  ];
  for (const [title, file, text] of namings) {
    it(`are those of a crate too that does not link Fidius but may name it ${title}`, () => {
      const files = filesOf(project);
      for (const named of ["logic/deep", "x", "block/inner"]) {
        files.set(`/ws/part-50/src/${named}.rs`, "#[fidius::plugin_impl(Work)] impl Work for P {}");
      }
      files.set(`/ws/part-50/${file}`, text);
      const counter = counting(files);
      counter.analyze();
      const others = counter.parsed().filter((name) => !reached.includes(name));
      assert.ok(others.includes(`/ws/part-50/${file}`));
      assert.ok(others.every((name) => name.startsWith("/ws/part-50/")));
    });
  }

  it("are none of a crate whose modules and included files are not there", () => {
    const files = filesOf(project);
    files.set(
      "/ws/part-50/src/lib.rs",
      'pub mod gone;\n#[path = "x.rs"] pub mod types;\ninclude!("y.rs");',
    );
    const counter = counting(files);
    counter.analyze();
    assert.deepEqual(counter.parsed(), reached);
  });

  it("are none of a crate that only names modules", () => {
    const files = filesOf(project);
    files.set("/ws/part-50/src/logic.rs", "mod deep;");
    files.set("/ws/part-50/src/logic/deep.rs", "pub fn nothing() {}");
    const counter = counting(files);
    counter.analyze();
    assert.deepEqual(counter.parsed(), reached);
  });
});
