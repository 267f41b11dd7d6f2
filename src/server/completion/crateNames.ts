// How code of a crate names Fidius, and the paths by which its macros' code may find it.

import type { CrateGraph, CrateNode } from "../../model/crateGraph.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";
import type { FidiusNames } from "./snippets.ts";

/** The names by the crate's dependencies; those of the facade where it has none. */
export function fidiusNames(crate: CrateNode | undefined): FidiusNames {
  const nameOf = (packageName: string): string | undefined =>
    crate?.dependencies.find(
      (dependency) => dependency.packageName === packageName && dependency.kind === "normal",
    )?.codeName;
  const facade = nameOf("fidius");
  if (facade !== undefined) {
    const argument = facade === "fidius" ? "" : `, crate = "${facade}"`;
    return { macros: facade, core: facade, argument };
  }
  const core = nameOf("fidius-core");
  const macros = nameOf("fidius-macro");
  return core === undefined || macros === undefined
    ? { macros: "fidius", core: "fidius", argument: "" }
    : { macros, core, argument: core === "fidius" ? "" : `, crate = "${core}"` };
}

/** Paths for `crate = "…"`: dependencies that are Fidius, and crates whose root passes it on. */
export function cratePaths(
  crate: CrateNode,
  graph: CrateGraph,
  files: SourceFiles,
): readonly string[] {
  const passedOn = (node: CrateNode | undefined): string | undefined => {
    const text = node?.rootFile === null || node === undefined ? "" : files.read(node.rootFile);
    return /^\s*pub\s+(?:use|extern\s+crate)\s+(?:::)?(?<name>fidius(?:_core)?)\s*;/mu.exec(
      text ?? "",
    )?.groups?.["name"];
  };
  const own = passedOn(crate);
  return [
    ...crate.dependencies
      .filter(({ packageName, kind }) => kind === "normal" && isFidius(packageName))
      .map(({ codeName }) => codeName),
    ...(own === undefined ? [] : [`crate::${own}`]),
    ...crate.dependencies.flatMap(({ codeName, crateId, kind }) => {
      const node = crateId === null || kind !== "normal" ? undefined : graph.crates.get(crateId);
      const name = node?.isLocal === true ? passedOn(node) : undefined;
      return name === undefined ? [] : [`${codeName}::${name}`];
    }),
  ];
}

function isFidius(packageName: string): boolean {
  return ["fidius", "fidius-core", "fidius-guest"].includes(packageName);
}
