// A library that is older than its types, under an equal interface hash because only a struct changed: it is called by the types
// that it was built with, where they are known, and what differs is said.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cargoEnvironment } from "../../src/cargo/process/runCargo.ts";
import { exitCodes } from "../../src/cli/output/exitCodes.ts";
import { runCli, type CliResult } from "./cliProcess.ts";
import { TemporaryWorkspace, pluginManifest } from "./temporaryWorkspace.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

const builtName =
  process.platform === "win32"
    ? "aged.dll"
    : `libaged.${process.platform === "darwin" ? "dylib" : "so"}`;

/** The struct's fields as they are declared, all of them numbers; the plugin gives it back with `by` added to the first. */
function source(fields: readonly string[]): string {
  const declared = fields.map((field) => `    pub ${field}: u8,\n`).join("");
  const [first = "", ...others] = fields;
  const kept = others.map((field) => `, ${field}: p.${field}`).join("");
  return `use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct P {
${declared}}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Shift: Send + Sync {
    fn shift(&self, p: P, by: u8) -> P;
}

pub struct Left;

#[plugin_impl(Shift)]
impl Shift for Left {
    fn shift(&self, p: P, by: u8) -> P {
        P { ${first}: p.${first} + by${kept} }
    }
}

fidius::fidius_plugin_registry!();
`;
}

describe("a library that is older than its types", function () {
  this.timeout(600_000);
  let item: TemporaryWorkspace;

  before(async () => {
    item = await TemporaryWorkspace.create({
      "Cargo.toml": pluginManifest("aged", "").replace(
        'fidius = "0.5"\n',
        'fidius = "0.5"\nserde = { version = "1", features = ["derive"] }\n',
      ),
      "src/lib.rs": source(["x"]),
    });
  });
  after(() => item.dispose());

  const call = (values: string, ...more: readonly string[]): Promise<CliResult> =>
    runCli(["call", "Left.shift", "--args", values, ...more], { cwd: item.folder });

  it("that nobody remembers: the newer source is named, and nothing before there is one", async () => {
    await promisify(execFile)("cargo", ["build", "--offline"], {
      cwd: item.folder,
      env: cargoEnvironment({ CARGO_TARGET_DIR: testTargetFolder() }),
    });
    const library = join(testTargetFolder(), "debug", builtName);
    const kept = join(item.folder, "kept.so");
    await copyFile(library, kept);
    const same = await call('[{"x":1},2]', "--library", kept);
    assert.deepEqual([same.exitCode, JSON.parse(same.stdout), same.stderr], [0, { x: 3 }, ""]);
    await item.write("src/lib.rs", source(["x", "y"]));
    const older = await call('[{"x":1,"y":255},2]', "--library", kept, "--json");
    const { notes } = JSON.parse(older.stdout) as { readonly notes: readonly string[] };
    assert.deepEqual(notes, [
      `kept.so is older than ${join("src", "lib.rs")}, and the types of the call may have changed there: values may be read and written wrongly. Build the library again to be sure.`,
    ]);
    const told = await call('[{"x":1,"y":255},2]', "--library", kept);
    assert.match(told.stderr, /^note: kept\.so is older than src/mu);
  });

  it("that was built here: called by the types of its build, and what differs is said", async () => {
    await item.write("src/lib.rs", source(["x"]));
    const built = await call('[{"x":1},2]');
    assert.deepEqual([built.exitCode, built.stderr], [0, ""]);
    const kept = join(item.folder, "kept.so");
    await copyFile(join(testTargetFolder(), "debug", builtName), kept);
    const same = await call('[{"x":1},2]', "--library", kept);
    assert.deepEqual([same.exitCode, JSON.parse(same.stdout), same.stderr], [0, { x: 3 }, ""]);
    await item.write("src/lib.rs", source(["x", "y"]));
    const note =
      "`P` has gained the field `y` since kept.so was built; the call uses the types of that build. Build the library again to use those of today.";
    const older = await call('[{"x":1},2]', "--library", kept, "--expect", '{"x":3}');
    assert.deepEqual(
      [older.exitCode, JSON.parse(older.stdout), older.stderr],
      [0, { x: 3 }, `note: ${note}\n`],
    );
    const json = await call('[{"x":1},2]', "--library", kept, "--json");
    const { value, notes } = JSON.parse(json.stdout) as Readonly<Record<string, unknown>>;
    assert.deepEqual([value, notes], [{ x: 3 }, [note]]);
    const newer = await call('[{"x":1,"y":255},2]', "--library", kept);
    assert.equal(newer.exitCode, exitCodes.usage);
    assert.match(newer.stderr, /^note: `P` has gained the field `y`/u);
    assert.match(newer.error?.message ?? "", /Nothing was sent/u);
  });
});
