// The source model's speed on a workspace of 200 crates: from nothing to the first complete model beside `cargo metadata`
// alone, and from an edit in a file of 5,000 lines to new schemas beside reading that file anew. Goals: 1 s, 30 ms.

import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import { createProject, type Project } from "../../src/project/project.ts";
import { readFileSyntax } from "../../src/rust/syntax/fileSyntax.ts";
import { goal, median, print, time } from "./measure.ts";

const crateCount = 200;
const linesOfLargeFile = 5000;
const rounds = 5;
const edits = 20;

const folder = await mkdtemp(join(tmpdir(), "fidius-bench-"));
try {
  const plugin = await writeWorkspace();
  await measureCold();
  await measureEdits(plugin);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Interfaces reach a few of the crates only; the others have sources of their own, as workspaces do. */
async function writeWorkspace(): Promise<string> {
  const names = Array.from({ length: crateCount - 2 }, (_, index) => `part-${String(index)}`);
  for (const [index, name] of names.entries()) {
    const previous =
      index === 0 ? "" : `part-${String(index - 1)} = { path = "../part-${String(index - 1)}" }\n`;
    await write(`${name}/Cargo.toml`, manifest(name, `serde = "1"\n${previous}`));
    await write(`${name}/src/lib.rs`, `pub mod types;\npub mod logic;\n`);
    await write(`${name}/src/types.rs`, typesText(40));
    await write(`${name}/src/logic.rs`, logicText(300));
  }
  const near = [0, 1, 2].map(
    (index) => `part-${String(index)} = { path = "../part-${String(index)}" }\n`,
  );
  await write(
    "iface/Cargo.toml",
    manifest("iface", `fidius = "0.5"\nserde = "1"\n${near.join("")}`),
  );
  await write(
    "iface/src/lib.rs",
    `use fidius::plugin_interface;
use part_0::types::Data0;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Work: Send + Sync {
    fn first(&self, value: Data0) -> part_1::types::Data1;
    fn second(&self, value: Vec<part_2::types::Data7>) -> String;
}
`,
  );
  await write(
    "plugin/Cargo.toml",
    manifest(
      "plugin",
      `fidius = "0.5"\niface = { path = "../iface" }\n${near.join("")}`,
      `[lib]\ncrate-type = ["cdylib"]\n`,
    ),
  );
  const source = await write("plugin/src/lib.rs", pluginText(""));
  await write("Cargo.toml", `[workspace]\nresolver = "2"\nmembers = ["*-*", "iface", "plugin"]\n`);
  // The measured runs of cargo are offline, and a new machine has none of the packages yet.
  const { status, stderr } = spawnSync("cargo", ["fetch"], { cwd: folder });
  if (status !== 0) {
    throw new Error(stderr.toString());
  }
  return source;
}

async function write(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

function manifest(name: string, dependencies: string, more = ""): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}[dependencies]\n${dependencies}`;
}

function typesText(count: number): string {
  const types = Array.from(
    { length: count },
    (_, index) =>
      `/// Data number ${String(index)}.\n#[derive(Debug, Clone, Serialize, Deserialize)]\npub struct Data${String(index)} {\n    pub name: String,\n    pub values: Vec<u64>,\n    pub next: Option<Box<Data${String(index)}>>,\n}\n`,
  );
  return `use serde::{Deserialize, Serialize};\n\n${types.join("\n")}`;
}

function logicText(lines: number): string {
  return Array.from(
    { length: lines / 5 },
    (_, index) =>
      `pub fn step_${String(index)}(values: &[u64]) -> u64 {\n    let total: u64 = values.iter().copied().filter(|value| value % ${String(index + 1)} == 0).sum();\n    total.wrapping_mul(${String(index)})\n}\n`,
  ).join("\n");
}

function pluginText(edit: string): string {
  const head = `use iface::{Work, __fidius_Work};
use fidius::plugin_impl;
pub struct Worker;
#[plugin_impl(Work)]
impl Work for Worker {
    fn first(&self, value: part_0::types::Data0) -> part_1::types::Data1 { todo!(${edit}) }
    fn second(&self, value: Vec<part_2::types::Data7>) -> String { String::new() }
}
fidius::fidius_plugin_registry!();
`;
  return head + logicText(linesOfLargeFile);
}

async function measureCold(): Promise<void> {
  const metadata: number[] = [];
  const cold: number[] = [];
  const arguments_ = ["metadata", "--format-version=1", "--offline"];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    const { status } = spawnSync("cargo", arguments_, { cwd: folder, maxBuffer: 1 << 28 });
    metadata.push(performance.now() - before);
    if (status !== 0) {
      throw new Error("cargo metadata failed");
    }
    const start = performance.now();
    const model = await loadProject(folder, nullLogger);
    cold.push(performance.now() - start);
    if (
      model.plugins[0]?.methods.length !== 2 ||
      !("part_2::types::Data7" in model.plugins[0].types)
    ) {
      throw new Error("the model is not complete");
    }
  }
  const beyond = median(cold) - median(metadata);
  print(`First complete model of ${String(crateCount)} crates`);
  print(`  cargo metadata  p50 ${time(median(metadata))}`);
  print(
    `  model           p50 ${time(median(cold))}, ${(median(cold) / median(metadata)).toFixed(2)} times cargo metadata`,
  );
  print(`  beyond metadata p50 ${time(beyond)} (${goal(beyond, 1000)})`);
}

async function measureEdits(source: string): Promise<void> {
  const whole: number[] = [];
  const open = (): Project =>
    createProject({ folders: [folder], isTrusted: false, logger: nullLogger });
  const project = open();
  try {
    await project.whenSettled();
    project.snapshot();
    for (let index = 0; index < edits; index += 1) {
      const text = pluginText(`"${String(index)}"`);
      const start = performance.now();
      project.setOpenText(source, text);
      project.snapshot();
      whole.push(performance.now() - start);
    }
  } finally {
    project.dispose();
  }
  const large = pluginText("");
  const full: number[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const start = performance.now();
    readFileSyntax("large.rs", large, undefined);
    full.push(performance.now() - start);
  }
  print(`After an edit of a file of ${String(large.split("\n").length)} lines`);
  print(`  new model        p50 ${time(median(whole))} (${goal(median(whole), 30)})`);
  print(
    `  full parse of it p50 ${time(median(full))}, ratio ${(median(whole) / median(full)).toFixed(2)}`,
  );
}
