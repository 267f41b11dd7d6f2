// The files that the types of a plugin's methods may stand in: the Rust sources of the package that declares the interface, and
// of the packages of the user that it depends on by path. Those of a registry or of git never change.

import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { filesBelow } from "../../cargo/build/fileState.ts";
import { createDiskFiles } from "../../cargo/manifest/manifestFiles.ts";
import { readManifestGraph } from "../../cargo/manifest/manifestGraph.ts";
import type { PluginSchema } from "../../model/plugin.ts";

/** Targets that link the library: nothing in it comes from them, unless the interface itself stands there. */
const otherTargets = new Set(["benches", "examples", "tests"]);

/** Absolute paths; empty where no source of the interface is at hand. */
export function typeSources(plugin: PluginSchema): readonly string[] {
  const declared = plugin.methods.map(({ traitSpan, nameSpan }) => (traitSpan ?? nameSpan).file);
  // A configuration is of the plugin's own package.
  const seeds = [
    ...new Set([...declared, ...(plugin.config === undefined ? [] : [plugin.nameSpan.file])]),
  ];
  const folders = new Set(
    seeds.map((file) => packageOf(file)).filter((each) => each !== undefined),
  );
  const found = new Set(seeds.filter((file) => existsSync(file)));
  for (const folder of [...folders].flatMap(withPathDependencies)) {
    for (const file of filesBelow(folder) ?? []) {
      const top = relative(folder, file).split(sep)[0] ?? "";
      if (file.endsWith(".rs") && !otherTargets.has(top)) {
        found.add(file);
      }
    }
  }
  return [...found];
}

/** The folder of the package that a file lies in. */
function packageOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Cargo.toml"))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

/** The package's folder, and those of all that it depends on by path. */
function withPathDependencies(folder: string): readonly string[] {
  const { crates } = readManifestGraph([folder], createDiskFiles()).graph;
  const first = [...crates.values()].find(
    ({ info, isDownloaded }) => dirname(info.manifestPath) === folder && isDownloaded !== true,
  );
  const reached = new Set(first === undefined ? [] : [first.id]);
  // It grows while it is walked.
  for (const id of reached) {
    for (const { crateId, kind } of crates.get(id)?.dependencies ?? []) {
      if (crateId !== null && kind !== "build" && crates.get(crateId)?.isDownloaded !== true) {
        reached.add(crateId);
      }
    }
  }
  return [...reached].flatMap((id) => {
    const node = crates.get(id);
    return node === undefined ? [] : [dirname(node.info.manifestPath)];
  });
}
