// Rules on the feature `host` of interfaces, and on the names that are made under it: which manifests and lines they mind.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import { nullLogger } from "../../../src/model/logger.ts";
import { createProject } from "../../../src/project/project.ts";

const trait =
  "use fidius::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn run(&self) -> u8;\n}\n";

const head = (name: string): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`;

const host = '[features]\nhost = ["fidius/host"]\n';

/** What is said, with the text that it marks, of a workspace with these files. */
function said(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "fidius-host-feature-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const options = { folders: [folder], isTrusted: false, logger: nullLogger, check: checkCrate };
    const project = createProject(options);
    const found = diagnose(project.snapshot());
    project.dispose();
    return found
      .filter(({ severity }) => severity !== "information")
      .map(({ code, span, fixes }) => {
        const name = path.relative(folder, span.file);
        const line = (files[name] ?? "").split("\n")[span.start.line] ?? "";
        const marked = line.slice(span.start.character, span.end.character);
        return `${code} ${name}: ${marked} -> ${fixes.map(({ kind }) => kind).join()}`;
      });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An interface with these lines in its manifest. */
const interfaceWith = (manifest: string, source = trait): readonly string[] =>
  said({ "Cargo.toml": head("api") + manifest, "src/lib.rs": source });

describe("the feature `host` of an interface's crate", () => {
  const undeclared =
    "hostFeatureUndeclared src/lib.rs: #[plugin_interface(version = 1, buffer = PluginAllocated)] -> declareFeature";

  it("is missed where the manifest declares none, by whatever name Fidius has there", () => {
    assert.deepEqual(interfaceWith('[dependencies]\nfidius = "0.5"\n'), [undeclared]);
    const other = '[dependencies]\nfidius = "0.5"\n[features]\nextra = []\n';
    assert.deepEqual(interfaceWith(other), [undeclared]);
  });

  it("is not missed where it is declared, implied or allowed to be unknown", () => {
    for (const more of [
      host,
      "[features]\nhost = []\n",
      '[dependencies.host]\nversion = "1"\noptional = true\n',
      '[lints.rust]\nunexpected_cfgs = "allow"\n',
    ]) {
      assert.deepEqual(interfaceWith(`[dependencies]\nfidius = "0.5"\n${more}`), [], more);
    }
    const allowed = `#![allow(unexpected_cfgs)]\n${trait}`;
    assert.deepEqual(interfaceWith('[dependencies]\nfidius = "0.5"\n', allowed), []);
  });

  it("is not missed where the path of the code leads to no host's side", () => {
    const core = trait
      .replace("use fidius::", "use fidius_macro::")
      .replace("PluginAllocated)", 'PluginAllocated, crate = "fidius_core")');
    const lines = '[dependencies]\nfidius-core = "0.5"\nfidius-macro = "0.5"\n';
    assert.deepEqual(interfaceWith(lines, core), []);
  });

  it("is an error where it is enabled and enables nothing", () => {
    const empty = `[dependencies]\nfidius = "0.5"\n[features]\ndefault = ["host"]\nhost = []\n`;
    assert.deepEqual(interfaceWith(empty), [
      undeclared.replace("hostFeatureUndeclared", "hostFeatureEmpty"),
    ]);
    assert.deepEqual(interfaceWith(empty.replace("host = []", 'host = ["fidius/host"]')), []);
    const onLine = empty.replace('"0.5"', '{ version = "0.5", features = ["host"] }');
    assert.deepEqual(interfaceWith(onLine), []);
  });
});

describe("the client of an interface", () => {
  const api = (manifest = host): Readonly<Record<string, string>> => ({
    "api/Cargo.toml": `${head("api")}[dependencies]\nfidius = "0.5"\n${manifest}`,
    "api/src/lib.rs": trait,
  });
  const hostWith = (
    source: string,
    dependency = 'api = { path = "api" }',
    others = api(),
  ): readonly string[] =>
    said({
      ...others,
      "Cargo.toml": `${head("app")}[dependencies]\n${dependency}\n`,
      "src/main.rs": source,
    });
  const main = 'fn main() {\n    let _ = ToolClient::in_process("P");\n}\n';
  const missing = (marked = "ToolClient"): string =>
    `client-without-host-feature src/main.rs: ${marked} -> enableFeatures`;

  it("is marked at the `use` that names it, however it is written", () => {
    assert.deepEqual(hostWith(`use api::ToolClient;\n${main}`), [missing()]);
    assert.deepEqual(hostWith(`use api::{Tool, ToolClient};\n${main}`), [missing()]);
    const renamed = main.replace("ToolClient", "Client");
    assert.deepEqual(hostWith(`use api::ToolClient as Client;\n${renamed}`), [missing()]);
    const alias = `use api as a;\nuse a::ToolClient;\n${main}`;
    assert.deepEqual(hostWith(alias), [missing()]);
  });

  it("is marked in a body that names it by its path or through a glob", () => {
    assert.deepEqual(hostWith(main.replace("ToolClient", "api::ToolClient")), [missing()]);
    assert.deepEqual(hostWith(`use api::*;\n${main}`), [missing()]);
  });

  it("is there with the feature, by whoever enables it", () => {
    const use = `use api::ToolClient;\n${main}`;
    assert.deepEqual(hostWith(use, 'api = { path = "api", features = ["host"] }'), []);
    const byDefault = api(`${host}default = ["host"]\n`);
    assert.deepEqual(hostWith(use, 'api = { path = "api" }', byDefault), []);
    const renamed = 'tools = { path = "api", package = "api", features = ["host"] }';
    assert.deepEqual(hostWith(use.replace("api::", "tools::"), renamed), []);
  });

  it("is left alone where the name is something else, or may be", () => {
    assert.deepEqual(hostWith(`pub struct ToolClient;\nuse api::*;\n${main}`), []);
    const other = { ...api(), "api/src/lib.rs": `${trait}pub struct OtherClient;\n` };
    const use = "use api::OtherClient;\nfn main() {\n    OtherClient::in_process();\n}\n";
    assert.deepEqual(hostWith(use, 'api = { path = "api" }', other), []);
    const gated = `#[cfg(feature = "x")]\nuse api::ToolClient;\n${main}`;
    assert.deepEqual(hostWith(gated), []);
  });

  it("may not be declared beside its trait, once the build makes it", () => {
    const twice = `${trait}pub struct ToolClient;\n`;
    const manifest = `[dependencies]\nfidius = "0.5"\n${host}`;
    assert.deepEqual(interfaceWith(manifest, twice), []);
    assert.deepEqual(interfaceWith(`${manifest}default = ["host"]\n`, twice), [
      "host-client-name-collision src/lib.rs: ToolClient -> ",
    ]);
  });
});

describe("an interface whose crate lacks Fidius by the name that the code has for it", () => {
  it("is marked at the attribute, with the name that leads there", () => {
    const source = trait.replace("use fidius::", "use fidius_macro::");
    const lines = '[dependencies]\nfidius-core = "0.5"\nfidius-macro = "0.5"\n';
    const marked = "#[plugin_interface(version = 1, buffer = PluginAllocated)]";
    assert.deepEqual(interfaceWith(lines, source), [
      `interface-crate-lacks-fidius src/lib.rs: ${marked} -> changeText,addDependency`,
    ]);
    const aliased = `extern crate fidius_core as fidius;\n${source}`;
    assert.deepEqual(interfaceWith(lines, aliased), []);
  });
});

describe("a macro that nothing imports", () => {
  const lines = `[dependencies]\nfidius = "0.5"\n${host}`;
  const without = trait.replace("use fidius::plugin_interface;\n", "");
  const missing = "attribute-not-imported src/lib.rs: plugin_interface -> changeText";

  it("is marked by its name", () => {
    assert.deepEqual(interfaceWith(lines, without), [missing]);
    const inModule = `use fidius::plugin_interface;\npub mod inner {\n${without}}\n`;
    assert.deepEqual(interfaceWith(lines, inModule), [missing]);
  });

  it("is none where a glob, a parent's glob, a macro or a path brings it", () => {
    for (const source of [
      `use fidius::*;\n${without}`,
      `mod prelude {\n    pub use fidius::plugin_interface;\n}\nuse prelude::*;\n${without}`,
      `#[macro_use]\nextern crate fidius;\n${without}`,
      without.replace("#[plugin_interface", "#[fidius::plugin_interface"),
      `use fidius::plugin_interface;\npub mod inner {\n    use super::*;\n${without}}\n`,
    ]) {
      assert.deepEqual(interfaceWith(lines, source), [], source);
    }
  });
});
