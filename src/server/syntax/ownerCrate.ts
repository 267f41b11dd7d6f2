// The crate that a source belongs to, and the module that it most likely is there, by the folders alone.

import path from "node:path";
import type { CrateGraph, CrateNode } from "../../model/crateGraph.ts";

/** The local library of the innermost package folder around a file. */
export function ownerCrate({ crates }: CrateGraph, file: string): CrateNode | undefined {
  let found: CrateNode | undefined;
  let length = -1;
  for (const node of crates.values()) {
    const folder = path.dirname(node.info.manifestPath);
    if (
      node.isLocal &&
      node.info.target === undefined &&
      folder.length > length &&
      file.startsWith(folder + path.sep)
    ) {
      found = node;
      length = folder.length;
    }
  }
  return found;
}

/** `["shapes", "round"]` for `src/shapes/round.rs`; undefined outside of the library's sources. */
export function moduleOfFile({ rootFile }: CrateNode, file: string): readonly string[] | undefined {
  if (rootFile === null) {
    return undefined;
  }
  if (file === rootFile) {
    return [];
  }
  const below = path.relative(path.dirname(rootFile), file);
  if (below.startsWith("..") || path.isAbsolute(below) || !below.endsWith(".rs")) {
    return undefined;
  }
  const names = below.slice(0, -".rs".length).split(path.sep);
  return names.at(-1) === "mod" ? names.slice(0, -1) : names;
}
