// The crate beside a package.toml and its plugins, for what completions and hovers take from there.

import path from "node:path";
import type { PackageSurroundings } from "../../diagnostics/source/packageFields.ts";
import type { ProjectSnapshot } from "../../project/project.ts";

export function surroundingsOf(file: string, snapshot: ProjectSnapshot): PackageSurroundings {
  const id = path.join(path.dirname(file), "Cargo.toml");
  return {
    crate: snapshot.graph.crates.get(id),
    plugins: snapshot.rust.plugins.filter(({ crateId }) => crateId === id),
    snapshot,
  };
}
