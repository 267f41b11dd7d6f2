// What stands behind a limit is not known: never is it said to be missing, and nothing is concluded from its absence.

import assert from "node:assert/strict";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { analyze, oneCrate } from "./inMemoryProject.ts";

const uses = "use fidius::{plugin_impl, plugin_interface};\n";
const serde = "use serde::{Deserialize, Serialize};\n";
const derive = "#[derive(Serialize, Deserialize)]";
const far = `${derive} pub struct Far { a: u8 }\n`;
const registry = "fidius::fidius_plugin_registry!();\n";

/** Items with more parts than `count`, cheap to read: their enums leave less than the functions behind them have. */
function parts(count: number): string {
  const enumOf = (size: number): string => `enum E { ${"A,".repeat(size - 1)} }\n`;
  const large = enumOf(19_000).repeat(Math.floor(count / 19_000));
  const small = enumOf(1_000).repeat(Math.floor((count % 19_000) / 1_000));
  return `${large}${small}${"fn f(){}".repeat(1_000)}`;
}

/** More than is read of one file. */
const filling = parts(80_000);

function trait(type: string): string {
  return `#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject: Send + Sync { fn take(&self, value: ${type}) -> u8; }
`;
}

function plugin(type: string): string {
  return `pub struct P;
#[plugin_impl(Subject)]
impl Subject for P { fn take(&self, value: ${type}) -> u8 { 1 } }
`;
}

const usual = `${trait("Far")}${plugin("Far")}${registry}`;

function methods(count: number, body: string): string {
  return Array.from({ length: count }, (_, at) => `fn m${String(at)}(&self) -> u8${body}`).join(
    "\n",
  );
}

function modelOf(source: string, files: Readonly<Record<string, string>> = {}): RustModel {
  return analyze(oneCrate(source, files), undefined, checkCrate);
}

/** The sentences, without those that only name the place of the limit. */
function toldOf({ problems }: RustModel): readonly string[] {
  return problems.filter(({ code }) => !limitCodes.has(code)).map(({ message }) => message);
}

const limitCodes = new Set(["tooLarge", "fileTooLarge"]);

function assertNoError({ problems }: RustModel): void {
  const errors = problems.filter(({ severity }) => severity !== "information");
  assert.deepEqual(errors, []);
  assert.ok(problems.some(({ code }) => limitCodes.has(code)));
}

const mayBeDeclared = /^This name may be declared where the source is too large to analyse/u;

describe("what stands behind a limit", function () {
  this.timeout(120_000);

  const types: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>?]>> = {
    "a file's items": [`${uses}${serde}${usual}${filling}${far}`],
    "the items of a module that a glob brings": [
      `${uses}${serde}mod inner;\nuse inner::*;\n${usual}`,
      { "src/inner.rs": `${serde}${filling}${far}` },
    ],
    "the items of a block": [
      `${uses}${serde}mod inner { use serde::*; ${parts(20_000)} ${far} }\nuse inner::Far;\n${usual}`,
    ],
    "the names of one import": [
      `${uses}${serde}mod m { use serde::*; pub struct A; ${far} }\nuse m::{${"A as B, ".repeat(21_000)} Far};\n${usual}`,
    ],
    "a macro": [
      `${uses}${serde}macro_rules! k { ($($t:tt)*) => { k!(a $($t)* $($t)*); } }\nk!();\n${usual}`,
    ],
    "an included file's items": [
      `${uses}${serde}include!("inner.rs");\n${usual}`,
      { "src/inner.rs": `${filling}${far}` },
    ],
  };
  for (const [title, [source, files]] of Object.entries(types)) {
    it(`a type behind ${title} is not known, and nobody says that it is missing`, () => {
      const model = modelOf(source, files);
      assertNoError(model);
      const [told = "", ...others] = toldOf(model);
      assert.match(told, mayBeDeclared);
      assert.deepEqual(others, []);
      assert.equal(model.plugins.length, 1);
    });
  }

  it("a module whose file is too large is not known, and names of the prelude mean what they mean beside its glob", () => {
    const source = `${uses}${serde}mod inner;\nuse inner::*;\n${trait("(inner::Far, String)")}${plugin("(inner::Far, String)")}${registry}`;
    const model = modelOf(source, { "src/inner.rs": `${far}// ${"x".repeat(8_000_000)}` });
    assertNoError(model);
    assert.deepEqual(toldOf(model), [
      "The file of the module `inner` is not read, so nothing in it is known.",
    ]);
    const type = model.plugins[0]?.schema.methods[0]?.arguments[0]?.type;
    assert.ok(type?.kind === "tuple");
    assert.deepEqual(
      type.elements.map(({ kind }) => kind),
      ["unknown", "string"],
    );
  });

  it("the names in 8,000 globs are each asked for once", () => {
    const model = modelOf(`${uses}${serde}${usual}${"use a::*;".repeat(8_100)}${filling}${far}`);
    assertNoError(model);
    assert.match(toldOf(model).join("\n"), mayBeDeclared);
  });

  it("a name that a file shows means what it says, whatever is behind the limit", () => {
    const model = modelOf(`${uses}${serde}${far}${usual}${filling}`);
    assert.deepEqual(toldOf(model), []);
    assert.ok("demo::Far" in (model.plugins[0]?.schema.types ?? {}));
  });

  it("the interface of a plugin is not known, and nobody asks for its import", () => {
    const model = modelOf(`${uses}${plugin("u8")}${registry}${filling}${trait("u8")}`);
    assertNoError(model);
    const [told = "", ...others] = toldOf(model);
    assert.match(told, /^The interface `Subject` is not known, because its source/u);
    assert.deepEqual(others, []);
  });

  const silent: Readonly<Record<string, string>> = {
    "serde's traits, written by hand": `${uses}${serde}pub struct Far { a: u8 }\n${usual}${filling}
impl Serialize for Far {}\nimpl<'de> Deserialize<'de> for Far {}\n`,
    "the import of serde's derives": `${uses}${far}${usual}${filling}${serde}`,
    "the registry": `${uses}${trait("u8")}${plugin("u8")}${filling}voice!();`,
    "the plugin's type": `${uses}${trait("u8")}${registry}#[plugin_impl(Subject)]
impl Subject for P { fn take(&self, value: u8) -> u8 { 1 } }\n${filling}pub struct P;`,
    "the impl block": `${uses}${trait("u8")}${registry}${filling}${plugin("u8")}`,
    "the companion's import": `${uses}mod api { use fidius::plugin_interface; ${trait("u8")} }
use api::Subject;\n${plugin("u8")}${registry}${filling}use api::__fidius_Subject;`,
  };
  for (const [title, source] of Object.entries(silent)) {
    it(`${title}: nothing is concluded from the absence`, () => {
      const model = modelOf(source);
      assertNoError(model);
      const told = toldOf(model);
      assert.ok(
        told.every((message) => message.includes("cannot be told from its fields")),
        told.join("\n"),
      );
    });
  }

  for (const count of [5_100, 100_000]) {
    const head =
      "#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Subject: Send + Sync";
    const block = "pub struct P;\n#[plugin_impl(Subject)]\nimpl Subject for P";
    const wideTrait = `${uses}${head} { ${methods(count, ";")} }\n`;
    const wideImpl = `${block} { ${methods(count, " { 1 }")} }\n`;

    it(`${String(count)} methods of a trait: named, and its plugin has no wrong method`, () => {
      const model = modelOf(`${wideTrait}${plugin("u8")}${registry}`);
      assertNoError(model);
      assert.equal(model.interfaces.length, 0);
      assert.match(toldOf(model).join("\n"), /^The interface `Subject` is not known, because/u);
    });

    it(`${String(count)} methods of an impl block: named, and none is said to be missing`, () => {
      const model = modelOf(`${uses}${trait("u8")}${wideImpl}${registry}`);
      assertNoError(model);
      assert.deepEqual(toldOf(model), []);
      assert.equal(model.plugins.length, 0);
    });

    it(`${String(count)} methods of both: named twice`, () => {
      const model = modelOf(`${wideTrait}${wideImpl}${registry}`);
      assertNoError(model);
      assert.equal(model.problems.length, 2);
    });
  }

  it("4,900 methods are read", () => {
    const model = modelOf(
      `${uses}#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Subject: Send + Sync { ${methods(4_900, ";")} }
pub struct P;\n#[plugin_impl(Subject)]\nimpl Subject for P { ${methods(4_900, " { 1 }")} }\n${registry}`,
    );
    assert.deepEqual(model.problems, []);
    assert.equal(model.plugins[0]?.schema.methods.length, 4_900);
  });
});
