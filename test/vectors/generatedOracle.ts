// Builds one program that holds many generated modules: the oracle for types that no one wrote by hand.

import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { catalogueOracle } from "./catalogueCrates.ts";
import { buildProgram } from "./oracleProcess.ts";

/** The program that echoes the `Root` of each module, numbered as given. */
export async function buildGeneratedOracle(modules: readonly string[]): Promise<string> {
  const oracle = join(repositoryRoot, "test/vectors/oracle");
  const folder = join(testTargetFolder(), "generated-oracle");
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "src"), { recursive: true });
  for (const name of ["Cargo.toml", "Cargo.lock"]) {
    await copyFile(join(catalogueOracle, name), join(folder, name));
  }
  await copyFile(join(oracle, "src/frames.rs"), join(folder, "src/frames.rs"));
  for (const [index, text] of modules.entries()) {
    await writeFile(join(folder, `src/m${index}.rs`), text);
  }
  const indexes = [...modules.keys()];
  await writeFile(
    join(folder, "src/main.rs"),
    `#![allow(dead_code, unused_imports)]
mod frames;
${indexes.map((index) => `mod m${index};`).join("\n")}

fn main() -> std::io::Result<()> {
    frames::serve(|kind, payload| match kind {
${indexes.map((index) => `        ${index} => frames::echo::<m${index}::Root>(payload),`).join("\n")}
        _ => Err(format!("no type {kind}")),
    })
}
`,
  );
  return buildProgram(join(folder, "Cargo.toml"));
}
