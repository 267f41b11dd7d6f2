// cfg against rustc: one crate with hundreds of random predicates, in its own build and as a dependency with other features.
// What rustc compiled is what the model says is there.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { nullLogger } from "../../src/model/logger.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import { createProject } from "../../src/project/project.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

const execute = promisify(execFile);
const predicateCount = 400;

const leaf = fc.constantFrom(
  "unix",
  "windows",
  "test",
  "debug_assertions",
  "doc",
  "miri",
  'feature = "base"',
  'feature = "chosen"',
  'feature = "implied"',
  'feature = "other"',
  'target_os = "linux"',
  'target_os = "macos"',
  'target_os = "windows"',
  'target_family = "unix"',
  'target_pointer_width = "64"',
  'target_pointer_width = "32"',
  'target_endian = "little"',
  'target_arch = "x86_64"',
  'target_arch = "aarch64"',
  'target_env = "gnu"',
  'target_vendor = "apple"',
  'target_has_atomic = "64"',
  'target_has_atomic = "ptr"',
  'panic = "unwind"',
  'panic = "abort"',
);

const predicate = fc.letrec<{ readonly any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    tie("any").map((inner) => `not(${inner})`),
    fc.array(tie("any"), { maxLength: 3 }).map((parts) => `all(${parts.join(", ")})`),
    fc
      .array(tie("any"), { maxLength: 3 })
      .map((parts) => `any(${parts.map((part) => `${part},`).join(" ")})`),
  ),
})).any;

const files = (predicates: readonly string[]): Readonly<Record<string, string>> => ({
  "Cargo.toml": `[workspace]
members = ["iface", "first", "second"]
resolver = "2"
`,
  "iface/Cargo.toml": manifest(
    "iface",
    `fidius = "0.5"\nserde = { version = "1", features = ["derive"] }
[features]
default = ["base"]
base = []
chosen = ["implied"]
implied = []
other = []`,
  ),
  "iface/src/lib.rs": `#![allow(unexpected_cfgs)]
use serde::{Deserialize, Serialize};
#[derive(Default, Debug, Serialize, Deserialize)]
pub struct Fields {
${predicates.map((text, index) => `    #[cfg(${text})] pub f${String(index)}: u8,`).join("\n")}
}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, fields: Fields); }
pub fn present() -> String { format!("{:?}", Fields::default()) }
`,
  "first/Cargo.toml": manifest("first", `iface = { path = "../iface" }\nfidius = "0.5"`),
  "second/Cargo.toml": manifest(
    "second",
    `iface = { path = "../iface", default-features = false, features = ["chosen"] }\nfidius = "0.5"`,
  ),
  ...Object.fromEntries(
    ["first", "second"].flatMap((name) => [
      [`${name}/src/lib.rs`, plugin],
      [`${name}/src/main.rs`, `fn main() { println!("{}", iface::present()); }\n`],
    ]),
  ),
});

const plugin = `use iface::*;
pub struct P;
#[fidius::plugin_impl(Subject)]
impl Subject for P { fn take(&self, fields: Fields) { let _ = fields; } }
`;

function manifest(name: string, rest: string): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n${rest}\n`;
}

function fieldsIn(types: TypeTable): readonly string[] {
  const type = types["iface::Fields"];
  assert.ok(type?.kind === "struct" && type.body.kind === "struct");
  assert.deepEqual(type.warnings, []);
  return type.body.fields.map(({ name }) => name);
}

describe("cfg against rustc", function () {
  this.timeout(600_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-cfg-"));
    const predicates = fc.sample(predicate, { numRuns: predicateCount, seed: 20 });
    for (const [name, text] of Object.entries(files(predicates))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of ["first", "second"]) {
    it(`keeps the same fields of ${String(predicateCount)} in the build of ${name}`, async () => {
      const { stdout } = await execute("cargo", ["run", "--quiet", "-p", name], {
        cwd: folder,
        env: { ...process.env, CARGO_TARGET_DIR: join(testTargetFolder(), "cfg") },
        maxBuffer: 16 * 1024 * 1024,
      });
      const compiled = [...stdout.matchAll(/\bf\d+(?=:)/gu)].map(([field]) => field);
      assert.ok(compiled.length > predicateCount / 10);
      for (const isTrusted of [true, false]) {
        using project = disposing(
          createProject({ folders: [folder], isTrusted, logger: nullLogger }),
        );
        await project.whenSettled();
        const found = project.model().plugins.find(({ crate }) => crate.name === name);
        assert.ok(found !== undefined);
        assert.deepEqual(fieldsIn(found.types), compiled, `trusted: ${String(isTrusted)}`);
      }
    });
  }
});

function disposing<T extends { dispose(): void }>(value: T): T & Disposable {
  return Object.assign(value, {
    [Symbol.dispose]: () => {
      value.dispose();
    },
  });
}
