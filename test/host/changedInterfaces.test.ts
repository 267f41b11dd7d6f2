// Libraries built from older sources of an interface whose hash has changed since, none of which was ever seen: the methods
// that differ are named, with the types that they had.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import { fixturesFolder, testTargetFolder } from "../support/fixtureLibraries.ts";
import { libraryFile } from "../support/windows.ts";
import { resultOf, TestRunner } from "./harness.ts";

type Methods = Readonly<Record<string, string>>;

/** The trait of today: methods by name, as Rust writes the rest. */
const today: Methods = {
  add: "(&self, left: i64, right: i64) -> i64",
  find: "(&self, key: String) -> Option<String>",
  load: "(&self, bytes: Vec<u8>) -> Result<u32, PluginError>",
  names: "(&self) -> Vec<String>",
};

const without = (...names: readonly string[]): Methods =>
  Object.fromEntries(Object.entries(today).filter(([name]) => !names.includes(name)));

/** How it was, and what is to be said of that: change, method, how it was. */
const versions: Readonly<Record<string, readonly [Methods, readonly string[]]>> = {
  narrower: [
    { ...today, add: "(&self, left: i32, right: i32) -> i32" },
    ["changed add:i32,i32->i32"],
  ],
  plainer: [
    { ...today, find: "(&self, key: String) -> String", load: "(&self, bytes: String) -> u32" },
    ["changed find:String->String", "changed load:String->u32"],
  ],
  smaller: [without("find", "names"), ["added find", "added names"]],
  renamed: [
    { ...without("names"), list: today["names"] ?? "" },
    ["removed list:->Vec < String >", "added names"],
  ],
  larger: [
    { ...today, remove: "(&self, key: String, count: u32) -> bool" },
    ["removed remove:String,u32->bool"],
  ],
  mixed: [
    {
      ...without("names"),
      add: "(&self, values: Vec<i64>) -> i64",
      find: "(&self, key: String, limit: u32) -> Option<String>",
    },
    ["changed add:Vec < i64 >->i64", "changed find:String,u32->Option < String >", "added names"],
  ],
  optional: [
    { ...today, names: "(&self) -> Option<Vec<String>>" },
    ["changed names:->Option < Vec < String > >"],
  ],
};

function sourceOf(methods: Methods): string {
  const list = Object.entries(methods);
  return `use fidius::{plugin_impl, plugin_interface, PluginError};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Store: Send + Sync {
${list.map(([name, rest]) => `    fn ${name}${rest};\n`).join("")}}

pub struct Shelf;

#[allow(unused_variables)]
#[plugin_impl(Store)]
impl Store for Shelf {
${list.map(([name, rest]) => `    fn ${name}${rest} {\n        todo!()\n    }\n`).join("")}}

fidius::fidius_plugin_registry!();
`;
}

function manifestOf(name: string): string {
  return `[package]
name = "store-${name.toLowerCase()}"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
fidius = "0.5"

[lints.rust]
unexpected_cfgs = "allow"
`;
}

describe("libraries of a changed interface", function () {
  this.timeout(600_000);
  let test: TestRunner;
  let folder = "";
  let plugin: PluginSchema;

  before(async () => {
    test = await TestRunner.create();
    folder = await realpath(await mkdtemp(join(tmpdir(), "fidius-versions-")));
    const all = {
      ...Object.fromEntries(Object.entries(versions).map(([k, [v]]) => [k, v])),
      today,
    };
    const members = Object.keys(all).map((name) => JSON.stringify(name));
    await writeFile(
      join(folder, "Cargo.toml"),
      `[workspace]\nresolver = "2"\nmembers = [${members.join(", ")}]\n`,
    );
    await copyFile(join(fixturesFolder, "Cargo.lock"), join(folder, "Cargo.lock"));
    for (const [name, methods] of Object.entries(all)) {
      await mkdir(join(folder, name, "src"), { recursive: true });
      await writeFile(join(folder, name, "Cargo.toml"), manifestOf(name));
      await writeFile(join(folder, name, "src/lib.rs"), sourceOf(methods));
    }
    await promisify(execFile)("cargo", ["build", "--workspace"], {
      cwd: folder,
      env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
    });
    const model = await loadProject(join(folder, "today"), nullLogger);
    const found = model.plugins.find(({ crate }) => crate.name === "store-today");
    assert.ok(found);
    plugin = found;
  });
  after(async () => {
    await test.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [name, [, expected]] of Object.entries(versions)) {
    it(`${name}: ${expected.join(", ")}`, async () => {
      const file = libraryFile(`store_${name.toLowerCase()}`);
      const library = join(testTargetFolder(), "debug", file);
      const outcome = await test.call(library, plugin, "names");
      const { differences } = resultOf(outcome, "interfaceChanged");
      assert.deepEqual(
        differences.map(
          ({ change, method, binarySignature }) => `${change} ${binarySignature ?? method}`,
        ),
        expected,
      );
    });
  }
});
