// How the project names its files. Windows finds a file in either case, and manifests, `mod` items and editors may spell one file in
// different ways; inside, each has one name.

import { pathKey } from "../cargo/manifest/samePath.ts";
import type { CrateGraph } from "../model/crateGraph.ts";
import type { RustModel } from "../rust/fidius/facts.ts";

/** The project's name of each manifest and source by what all its spellings share; empty where a file has but one. */
export function spellingsOf(project: {
  readonly graph: CrateGraph;
  readonly rust: RustModel;
}): ReadonlyMap<string, string> {
  const names =
    process.platform === "win32"
      ? [
          ...[...project.graph.crates.values()].map(({ info }) => info.manifestPath),
          ...project.rust.files.keys(),
        ]
      : [];
  return new Map(names.map((name) => [pathKey(name), name]));
}
