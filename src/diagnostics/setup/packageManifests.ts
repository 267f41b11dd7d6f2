// The package.toml files that are Fidius': beside a crate with plugins, beside another that links Fidius, or open in an editor with
// a field that only Fidius has.

import path from "node:path";
import type { CrateId, CrateNode } from "../../model/crateGraph.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import { mayUseFidius } from "../../rust/fidius/fidiusUsers.ts";
import type { ProjectSnapshot } from "../../project/project.ts";

/** Name of the manifest in a package's folder. */
export const packageManifest = "package.toml";

/** A package.toml with the crate beside it. */
export interface PackagePlace {
  readonly file: string;
  readonly crate: CrateNode | undefined;
  readonly plugins: readonly PluginFacts[];
}

export function packagePlaces(
  { graph, files }: ProjectSnapshot,
  plugins: ReadonlyMap<CrateId, readonly PluginFacts[]>,
): readonly PackagePlace[] {
  const places = new Map<string, PackagePlace>();
  for (const crate of graph.crates.values()) {
    const { info, isLocal, id } = crate;
    const file = path.join(path.dirname(info.manifestPath), packageManifest);
    if (!isLocal || info.target !== undefined) {
      continue;
    }
    const text = files.read(file);
    if (text !== undefined && (mayUseFidius(graph, crate) || isFidiusPackage(text))) {
      places.set(file, { file, crate, plugins: plugins.get(id) ?? [] });
    }
  }
  for (const file of files.openFiles?.() ?? []) {
    if (path.basename(file) === packageManifest && !places.has(file)) {
      if (isFidiusPackage(files.read(file) ?? "")) {
        places.set(file, { file, crate: undefined, plugins: [] });
      }
    }
  }
  return [...places.values()];
}

/** Other tools have a package.toml too, without these fields. */
function isFidiusPackage(text: string): boolean {
  return /^\s*interface(?:_version)?\s*=/mu.test(text);
}
