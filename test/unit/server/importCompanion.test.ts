// Extending a `use` by the companion module, in every shape of `use`: the analyzer (which test/async-setup measures
// against rustc) finds the companion afterwards, and nothing but the import changed.

import assert from "node:assert/strict";
import { importCompanion } from "../../../src/server/quickFixes/importCompanion.ts";
import { analyze, type ProjectSource } from "../rust/inMemoryProject.ts";

const file = "/ws/plugin/src/lib.rs";
const companion = "__fidius_Greeter";

const api = `pub use fidius::plugin_impl;

pub mod greetings {
    #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
    pub trait Greeter: Send + Sync {
        async fn slow(&self) -> u8;
    }
}
`;

function project(source: string): ProjectSource {
  return {
    api: { files: { "src/lib.rs": api }, dependencies: ["fidius"] },
    plugin: { files: { "src/lib.rs": source }, dependencies: ["api", "fidius"] },
  };
}

const plugin = (imports: string): string => `${imports}

pub struct Polite;

/// Says hello.
#[fidius::plugin_impl(Greeter)]
impl Greeter for Polite {
    async fn slow(&self) -> u8 {
        1
    }
}
`;

function fix(source: string): string {
  const [facts] = analyze(project(source)).plugins;
  assert.equal(facts?.companionInScope, "no");
  const files = { read: (path: string) => (path === file ? source : undefined) };
  const fixed = importCompanion({ kind: "importCompanion", companion }, { files, plugin: facts });
  assert.equal(fixed?.file, file);
  const [after] = analyze(project(fixed.text)).plugins;
  assert.equal(after?.companionInScope, "yes", fixed.text);
  return fixed.text;
}

describe("the fix that imports the companion module", () => {
  for (const [before, after] of [
    ["use api::greetings::Greeter;", `use api::greetings::{Greeter, ${companion}};`],
    ["use  api :: greetings :: Greeter ;", `use  api :: greetings :: {Greeter, ${companion}} ;`],
    ["use ::api::greetings::Greeter;", `use ::api::greetings::{Greeter, ${companion}};`],
    ["use api::greetings::{Greeter};", `use api::greetings::{Greeter, ${companion}};`],
    ["use api::{greetings::Greeter};", `use api::{greetings::{Greeter, ${companion}}};`],
    ["use {api::greetings::Greeter};", `use {api::greetings::{Greeter, ${companion}}};`],
    [
      "use api::{greetings::{Greeter}, plugin_impl};",
      `use api::{greetings::{Greeter, ${companion}}, plugin_impl};`,
    ],
    [
      "use api::greetings::{\n    Greeter,\n};",
      `use api::greetings::{\n    Greeter,\n    ${companion},\n};`,
    ],
    [
      "use api::greetings::{\n    Greeter // the trait\n};",
      `use api::greetings::{\n    Greeter, // the trait\n    ${companion}\n};`,
    ],
    [
      "use api::greetings::{\r\n    Greeter,\r\n};",
      `use api::greetings::{\r\n    Greeter,\r\n    ${companion},\r\n};`,
    ],
    [
      "use api::{\n    greetings::Greeter,\n    plugin_impl,\n};",
      `use api::{\n    greetings::{Greeter, ${companion}},\n    plugin_impl,\n};`,
    ],
    [
      "pub use api::greetings::Greeter; // all",
      `pub use api::greetings::{Greeter, ${companion}}; // all`,
    ],
  ] as const) {
    it(JSON.stringify(before), () => {
      assert.equal(fix(plugin(before)), plugin(after));
    });
  }

  it("is a use of its own, above the doc comment, where no use can be extended", () => {
    const source = plugin(
      "mod names {\n    pub use api::greetings::Greeter;\n}\nuse names::Greeter;",
    );
    assert.equal(
      fix(source),
      source.replace("/// Says hello.", `use api::greetings::${companion};\n\n/// Says hello.`),
    );
  });
});
