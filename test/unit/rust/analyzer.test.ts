// The analyzer over time: broken text, edits, what is read again and what is kept.

import assert from "node:assert/strict";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import {
  analyze,
  analyzeGraph,
  filesOf,
  graphOf,
  oneCrate,
  rust,
  type ProjectSource,
} from "./inMemoryProject.ts";

const plugin = rust`
use fidius::*;
/// Doc.
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait T {
    fn a(&self, x: u8) -> u8;
    fn b(&self) -> String;
}
pub struct P;
#[plugin_impl(T)]
impl T for P {
    fn a(&self, x: u8) -> u8 {
        BODY
    }
    fn b(&self) -> String {
        String::new()
    }
}
pub struct Other;
#[plugin_impl(T)]
impl T for Other {
    fn a(&self, x: u8) -> u8 { x }
    fn b(&self) -> String { String::new() }
}
`;

function methods(model: RustModel): string[] {
  return model.plugins.map(
    ({ schema }) => `${schema.name}: ${schema.methods.map(({ name }) => name).join(" ")}`,
  );
}

describe("text that does not parse", () => {
  const inBody = ["self.", "let y = ;", "let v: Vec<u8"];
  const acrossItems = [
    "if x > 1 {",
    'let s = format!("{}", (x',
    "match x { 1 => { }",
    "}",
    "x ]",
    "#[",
  ];
  for (const broken of [...inBody, ...acrossItems]) {
    it(`keeps all methods around \`${broken}\``, () => {
      const model = analyze(oneCrate(plugin.replace("BODY", broken)));
      assert.deepEqual(methods(model), ["P: a b", "Other: a b"]);
      const [found] = model.plugins;
      assert.equal(found?.schema.methods[1]?.nameSpan.start.line, 14);
      assert.deepEqual(
        model.problems.map(({ code }) => code),
        // What is wrong inside of one body hides nothing of what we read: rustc and the editor's Rust support tell it.
        acrossItems.includes(broken) ? ["syntaxError"] : [],
      );
    });
  }

  for (const [forgotten, line] of [
    ["use std::fmt", 1],
    ["struct Unit", 1],
    ["struct Pair(u8, u8)", 1],
    ["type Alias = Vec<u8>", 1],
    ["const LIMIT: u8 = 3", 1],
    ["mod inline_module", 1],
    ["extern crate alloc", 1],
  ] as const) {
    it(`keeps the item after \`${forgotten}\`, whose semicolon is forgotten`, () => {
      const model = analyze(oneCrate(`\n${forgotten}\n${plugin}`.replace("BODY", "1")));
      assert.deepEqual(methods(model), ["P: a b", "Other: a b"]);
      const places = model.problems
        .filter(({ code }) => code === "syntaxError")
        .map(({ span }) => span.start.line);
      assert.deepEqual(places, [line + 2]);
    });
  }

  it("keeps what stands around a broken item", () => {
    const model = analyze(
      oneCrate(plugin.replace("pub struct Other;", "pub struct Other; struct { fn")),
    );
    assert.deepEqual(methods(model), ["P: a b", "Other: a b"]);
  });
});

describe("analysis after analysis", () => {
  const project: ProjectSource = {
    iface: {
      files: {
        "src/lib.rs": rust`
mod types; pub use types::*; use fidius::plugin_interface;
#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { fn a(&self, x: S) -> u8; }
`,
        "src/types.rs": "#[derive(serde::Serialize)] pub struct S { pub v: u8 }",
      },
      dependencies: ["fidius"],
    },
    one: {
      files: {
        "src/lib.rs":
          "use iface::*; struct One; #[fidius::plugin_impl(T)] impl T for One { fn a(&self, x: S) -> u8 { 1 } }",
      },
      dependencies: ["iface", "fidius"],
    },
    two: {
      files: { "src/lib.rs": `use fidius::*; ${plugin}` },
      dependencies: ["fidius"],
    },
  };

  interface Session {
    readonly files: Map<string, string>;
    readonly parsed: string[];
    readonly run: () => RustModel;
  }

  function session(use: (session: Session) => void): void {
    const files = filesOf(project);
    const parsed: string[] = [];
    const analyzer = createRustAnalyzer({
      files: { read: (file) => files.get(file) },
      onParse: (_, kind) => {
        parsed.push(kind);
      },
    });
    const graph = graphOf(project);
    use({ files, parsed, run: () => analyzeGraph(analyzer, graph) });
  }

  it("parses each file once while nothing changes, and gives the same facts", () => {
    session(({ parsed, run }) => {
      const first = run();
      assert.equal(parsed.length, 4);
      const second = run();
      assert.equal(parsed.length, 4);
      first.plugins.forEach((found, index) => {
        assert.equal(second.plugins[index], found);
      });
    });
  });

  it("derives again what depends on an edited file, and only that", () => {
    session(({ files, parsed, run }) => {
      const first = run();
      files.set(
        "/ws/iface/src/types.rs",
        "#[derive(serde::Serialize)] pub struct S { pub v: u16 }",
      );
      const second = run();
      assert.equal(parsed.length, 5);
      assert.notEqual(second.plugins[0], first.plugins[0]);
      assert.match(JSON.stringify(second.plugins[0]?.schema.types), /u16/u);
      assert.match(JSON.stringify(second.interfaces[0]?.schema.types), /u16/u);
      assert.equal(second.plugins[1], first.plugins[1]);
    });
  });

  it("parses edits of an edited file incrementally, with the same outcome as from nothing", () => {
    session(({ files, parsed, run }) => {
      run();
      const path = "/ws/two/src/lib.rs";
      const original = files.get(path) ?? "";
      const edits = ["let z = 1;", "", "if x {", 'let é = "日本"; z', "fn inner() {}\n\n", "}"];
      for (const edit of edits) {
        const text = original.replace("BODY", edit).replace("Doc.", `Doc ${edit.slice(0, 3)}`);
        files.set(path, text);
        const model = run();
        const fresh = analyze({
          ...project,
          two: { files: { "src/lib.rs": text }, dependencies: ["fidius"] },
        });
        assert.deepEqual(model.plugins, fresh.plugins);
        assert.deepEqual(model.interfaces, fresh.interfaces);
      }
      assert.equal(parsed.filter((kind) => kind === "edited").length, edits.length);
    });
  });

  it("sees files come and go", () => {
    session(({ files, run }) => {
      const path = "/ws/iface/src/types.rs";
      const text = files.get(path) ?? "";
      assert.ok(run().files.has(path));
      files.delete(path);
      const without = run();
      assert.ok(without.problems.some(({ code }) => code === "moduleNotFound"));
      assert.ok(without.files.has("/ws/iface/src/types/mod.rs"));
      files.set("/ws/iface/src/types/mod.rs", text);
      assert.deepEqual(run().problems, []);
    });
  });
});
