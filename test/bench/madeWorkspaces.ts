// Workspaces made for measuring: one in the usual style with 40 interfaces in 300 files, and a large one of other people's
// code, with one plugin or without.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

function write(folder: string, path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function manifest(name: string, dependencies: readonly string[], more = ""): string {
  const lines = dependencies.map((line) => `${line}\n`).join("");
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}\n[dependencies]\n${lines}`;
}

const root = `[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n`;
const derives = "#[derive(Debug, Clone, Serialize, Deserialize)]";

/** Files to type in, by what they are. */
export interface UsualWorkspace {
  readonly folder: string;
  readonly interfaceFile: string;
  readonly pluginFile: string;
}

/** 40 interfaces in 8 crates, types behind globs and preludes, 40 plugins in 40 crates: some 300 files. */
export function writeUsualWorkspace(folder: string): UsualWorkspace {
  write(folder, "Cargo.toml", root);
  for (const group of count(8)) {
    const crate = `crates/api-${String(group)}`;
    const serde = `serde = { version = "1", features = ["derive"] }`;
    write(
      folder,
      `${crate}/Cargo.toml`,
      manifest(`api-${String(group)}`, [`fidius = "0.5"`, serde]),
    );
    const modules = count(15).map((index) => `pub mod types_${String(index)};`);
    const globs = count(15).map((index) => `pub use types_${String(index)}::*;`);
    const traits = count(5).map(
      (index) => `pub mod work_${String(index)};\npub use work_${String(index)}::*;`,
    );
    write(
      folder,
      `${crate}/src/lib.rs`,
      [...modules, ...globs, ...traits, "pub mod prelude;\n"].join("\n"),
    );
    write(folder, `${crate}/src/prelude.rs`, "pub use crate::*;\npub use std::collections::*;\n");
    for (const index of count(15)) {
      write(folder, `${crate}/src/types_${String(index)}.rs`, typesText(index));
    }
    for (const index of count(5)) {
      write(folder, `${crate}/src/work_${String(index)}.rs`, interfaceText(index));
    }
  }
  for (const index of count(40)) {
    const api = `api-${String(index % 8)}`;
    const crate = `crates/plugin-${String(index)}`;
    const library = `[lib]\ncrate-type = ["cdylib"]\n`;
    const dependencies = [`fidius = "0.5"`, `${api} = { path = "../${api}" }`];
    write(
      folder,
      `${crate}/Cargo.toml`,
      manifest(`plugin-${String(index)}`, dependencies, library),
    );
    write(folder, `${crate}/src/lib.rs`, pluginText(index));
    for (const name of ["helpers", "state"]) {
      write(folder, `${crate}/src/${name}.rs`, codeText(40));
    }
  }
  return {
    folder,
    interfaceFile: join(folder, "crates/api-0/src/work_0.rs"),
    pluginFile: join(folder, "crates/plugin-0/src/lib.rs"),
  };
}

function typesText(index: number): string {
  const types = count(8).map(
    (at) =>
      `/// A record.\n${derives}\npub struct Data${String(index)}x${String(at)} {\n    pub name: String,\n    pub values: Vec<u64>,\n    pub by_name: HashMap<String, Kind${String(index)}>,\n}\n`,
  );
  return `use serde::{Deserialize, Serialize};\nuse std::collections::*;\nuse super::*;\n\n${derives}\npub enum Kind${String(index)} { Plain, Named(String), Placed { x: i32, y: i32 } }\n\n${types.join("\n")}`;
}

function interfaceText(index: number): string {
  const methods = count(8).map(
    (at) =>
      `    fn step_${String(at)}(&self, data: Data${String(at)}x${String(index)}, kinds: Vec<Kind${String(at)}>) -> Data${String(at + 1)}x${String(at % 8)};\n`,
  );
  return `use crate::prelude::*;\nuse fidius::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Work${String(index)}: Send + Sync {\n${methods.join("")}}\n`;
}

function pluginText(index: number): string {
  const api = `api_${String(index % 8)}`;
  const trait = `Work${String(index % 5)}`;
  const methods = count(8).map(
    (at) =>
      `    fn step_${String(at)}(&self, data: Data${String(at)}x${String(index % 5)}, kinds: Vec<Kind${String(at)}>) -> Data${String(at + 1)}x${String(at % 8)} {\n        todo!()\n    }\n`,
  );
  return `mod helpers;\nmod state;\n\nuse ${api}::prelude::*;\nuse ${api}::${trait.toLowerCase().replace("work", "work_")}::__fidius_${trait};\nuse fidius::plugin_impl;\n\npub struct Plugin${String(index)};\n\n#[plugin_impl(${trait})]\nimpl ${trait} for Plugin${String(index)} {\n${methods.join("")}}\n\nfidius::fidius_plugin_registry!();\n`;
}

function codeText(functions: number): string {
  return count(functions)
    .map(
      (index) =>
        `/// Step ${String(index)}.\npub fn step_${String(index)}(values: &[u64]) -> u64 {\n    let total: u64 = values.iter().copied().filter(|value| value % ${String(index + 1)} == 0).sum();\n    if total > 10 { total.wrapping_mul(${String(index)}) } else { total }\n}\n`,
    )
    .join("\n");
}

/** 90 packages with 1,800 larger files of somebody else; a plugin among them if asked for. */
export function writeForeignWorkspace(folder: string, hasPlugin: boolean): string {
  write(folder, "Cargo.toml", root);
  const locked = ["serde", ...(hasPlugin ? ["fidius"] : [])];
  const lock = locked.map((name) => `[[package]]\nname = "${name}"\nversion = "0.5.0"\n`);
  write(folder, "Cargo.lock", `version = 4\n\n${lock.join("\n")}`);
  const code = `macro_rules! each { ($($x:expr),*) => { $( $x; )* }; }\n${codeText(150)}\n#[cfg(test)]\nmod tests { use super::*; }\n`;
  for (const index of count(90)) {
    const crate = `crates/part-${String(index)}`;
    const previous = `part-${String(index - 1)} = { path = "../part-${String(index - 1)}" }`;
    const dependencies = [`serde = "1"`, ...(index === 0 ? [] : [previous])];
    write(folder, `${crate}/Cargo.toml`, manifest(`part-${String(index)}`, dependencies));
    const modules = count(19).map((at) => `pub mod part_${String(at)};\n`);
    write(folder, `${crate}/src/lib.rs`, `${modules.join("")}${code}`);
    for (const at of count(19)) {
      write(folder, `${crate}/src/part_${String(at)}.rs`, code);
    }
  }
  if (hasPlugin) {
    const dependencies = [`fidius = "0.5"`, `part-3 = { path = "../part-3" }`];
    const library = `[lib]\ncrate-type = ["cdylib"]\n`;
    write(folder, "crates/plugin/Cargo.toml", manifest("plugin", dependencies, library));
    write(
      folder,
      "crates/plugin/src/lib.rs",
      `use fidius::{plugin_impl, plugin_interface};\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Greeter: Send + Sync { fn quick(&self) -> u8; }\npub struct Polite;\n#[plugin_impl(Greeter)]\nimpl Greeter for Polite { fn quick(&self) -> u8 { 1 } }\nfidius::fidius_plugin_registry!();\n`,
    );
  }
  return folder;
}
