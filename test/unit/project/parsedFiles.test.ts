// Which files of a large workspace are parsed, counted: none where nothing has to do with Fidius, and those of the packages that
// link it where one has.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { nullLogger } from "../../../src/model/logger.ts";
import { createProject, type ProjectSnapshot } from "../../../src/project/project.ts";

const packages = 12;

/** Files in which a parser would have to look for modules and macros. */
const foreign = `macro_rules! each { ($($x:expr),*) => { $( $x; )* }; }
pub mod inner { pub fn step() {} }
#[path = "other.rs"]
pub mod named;
pub mod part;
#[cfg(test)]
mod tests { use super::*; }
`;

function manifest(name: string, dependencies: readonly string[], library = ""): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${library}[dependencies]\n${dependencies.join("\n")}\n`;
}

/** Packages of somebody else, each linking the one before; without Fidius and without a plugin. */
function foreignFiles(): Record<string, string> {
  const files: Record<string, string> = {
    "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n`,
  };
  for (let index = 0; index < packages; index += 1) {
    const before = `part-${String(index - 1)} = { path = "../part-${String(index - 1)}" }`;
    const crate = `crates/part-${String(index)}`;
    files[`${crate}/Cargo.toml`] = manifest(
      `part-${String(index)}`,
      index === 0 ? [`serde = "1"`] : [`serde = "1"`, before],
    );
    files[`${crate}/src/lib.rs`] = foreign;
    files[`${crate}/src/part.rs`] = "pub struct Part;\n";
    files[`${crate}/src/other.rs`] = "pub struct Other;\n";
  }
  return files;
}

const lastPart = `part-${String(packages - 1)} = { path = "../part-${String(packages - 1)}" }`;
const greeter = `use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync { fn quick(&self) -> u8; }
pub struct Polite;
#[plugin_impl(Greeter)]
impl Greeter for Polite { fn quick(&self) -> u8 { 1 } }
`;

const plugins: Readonly<Record<string, string>> = {
  "a plugin": `${greeter}fidius::fidius_plugin_registry!();\n`,
  "a plugin without its registry": greeter,
  "a plugin with an async method": `${greeter.replaceAll("fn quick", "async fn quick")}fidius::fidius_plugin_registry!();\n`,
  "a plugin whose types do not derive": `${greeter.replaceAll("fn quick(&self)", "fn quick(&self, it: Lost)")}pub struct Lost;\nfidius::fidius_plugin_registry!();\n`,
  "a host interface": `${greeter}use fidius::host_interface;\n#[host_interface]\npub trait Store: Send + Sync { fn get(&self) -> u8; }\nfidius::fidius_plugin_registry!();\n`,
};

/** What the project knows of the files, with their texts on the disk. */
function withProject(
  files: Readonly<Record<string, string>>,
  look: (snapshot: ProjectSnapshot, read: readonly string[]) => void,
): void {
  const folder = mkdtempSync(path.join(tmpdir(), "fidius-parsed-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const project = createProject({
      folders: [folder],
      isTrusted: false,
      logger: nullLogger,
      check: checkCrate,
    });
    const snapshot = project.snapshot();
    const read = [...snapshot.rust.files].map((file) =>
      path.relative(folder, file).replaceAll("\\", "/"),
    );
    project.dispose();
    look(snapshot, read.sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("a large workspace", () => {
  it("has no file parsed and nothing said where nothing links Fidius", () => {
    withProject(foreignFiles(), ({ notices, rust }, read) => {
      assert.deepEqual([read, notices, rust.problems], [[], [], []]);
    });
  });

  for (const [title, source] of Object.entries(plugins)) {
    it(`has only the files of packages that link Fidius parsed: ${title}`, () => {
      const files = {
        ...foreignFiles(),
        "crates/plugin/Cargo.toml": manifest(
          "plugin",
          [`fidius = "0.5"`, lastPart],
          `[lib]\ncrate-type = ["cdylib"]\n`,
        ),
        "crates/plugin/src/lib.rs": source,
      };
      withProject(files, ({ model }, read) => {
        assert.deepEqual(
          model.plugins.map(({ id }) => id),
          ["plugin::Polite as Greeter"],
        );
        // An async method may run on what a linked package hands on: of that the root is looked at.
        const isAsync = source.includes("async fn");
        const others = read.filter((file) => !isAsync || !file.endsWith("/lib.rs"));
        assert.deepEqual(isAsync ? others : read, isAsync ? [] : ["crates/plugin/src/lib.rs"]);
      });
    });
  }

  it("has a linked package parsed whose type crosses", () => {
    const files = {
      ...foreignFiles(),
      "crates/plugin/Cargo.toml": manifest(
        "plugin",
        [`fidius = "0.5"`, lastPart],
        `[lib]\ncrate-type = ["cdylib"]\n`,
      ),
      "crates/plugin/src/lib.rs": greeter.replaceAll(
        "fn quick(&self)",
        `fn quick(&self, it: part_${String(packages - 1)}::part::Part)`,
      ),
    };
    withProject(files, (_, read) => {
      const folders = new Set(read.map((file) => file.split("/")[1]));
      assert.deepEqual([...folders].sort(), [`part-${String(packages - 1)}`, "plugin"]);
    });
  });

  it("finds the registry of a linked package that links Fidius by way of another one", () => {
    const files = {
      "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n`,
      "crates/base/Cargo.toml": manifest("base", [`fidius = "0.5"`]),
      "crates/base/src/lib.rs": "pub use fidius;\n",
      "crates/shared/Cargo.toml": manifest("shared", [`base = { path = "../base" }`]),
      "crates/shared/src/lib.rs": "base::fidius::fidius_plugin_registry!();\n",
      "crates/plugin/Cargo.toml": manifest(
        "plugin",
        [`fidius = "0.5"`, `shared = { path = "../shared" }`],
        `[lib]\ncrate-type = ["cdylib"]\n`,
      ),
      "crates/plugin/src/lib.rs": greeter,
    };
    withProject(files, ({ rust }) => {
      const codes: readonly string[] = rust.problems.map(({ code }) => code);
      assert.equal(codes.includes("missing-registry"), false, codes.join());
    });
  });
});
