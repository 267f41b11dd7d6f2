// Finds the Cargo.toml files below the open folders, without starting anything and without following links. Bounded in
// depth and number, because an open folder can be a home directory.

import { join } from "node:path";
import { isNamed } from "./samePath.ts";
import type { FolderEntry, ManifestFiles } from "./manifestFiles.ts";

export interface DiscoveryLimits {
  readonly maxFolders: number;
  readonly maxDepth: number;
}

export interface DiscoveredManifests {
  readonly manifests: readonly string[];
  /** Open folders in which the walk ended early at a limit. */
  readonly truncated: readonly string[];
}

const defaultLimits: DiscoveryLimits = { maxFolders: 20_000, maxDepth: 16 };

/** Cargo.toml files in `folders` and below, shallow ones first. */
export function discoverManifests(
  folders: readonly string[],
  files: ManifestFiles,
  limits: DiscoveryLimits = defaultLimits,
): DiscoveredManifests {
  const manifests = new Set<string>();
  const truncated: string[] = [];
  const seen = new Set<string>();
  for (const folder of folders) {
    let visited = 0;
    let level = [folder];
    let depth = 0;
    while (level.length > 0 && depth <= limits.maxDepth && visited < limits.maxFolders) {
      const next: string[] = [];
      for (const current of level) {
        if (seen.has(current) || visited >= limits.maxFolders) {
          continue;
        }
        seen.add(current);
        visited += 1;
        next.push(...visit(current, files, manifests));
      }
      level = next;
      depth += 1;
    }
    if (level.length > 0) {
      truncated.push(folder);
    }
  }
  return { manifests: [...manifests], truncated };
}

function visit(folder: string, files: ManifestFiles, manifests: Set<string>): readonly string[] {
  const entries = files.list(folder);
  if (entries.some(isForeignMark)) {
    return [];
  }
  if (entries.some((entry) => isNamed(entry.name, "Cargo.toml") && entry.kind !== "folder")) {
    manifests.add(join(folder, "Cargo.toml"));
  }
  return entries.filter(isWorthEntering).map((entry) => join(folder, entry.name));
}

/** A cache such as a target folder of any name, or a crate of `cargo vendor`: not the user's own code. */
function isForeignMark(entry: FolderEntry): boolean {
  return entry.name === "CACHEDIR.TAG" || entry.name === ".cargo-checksum.json";
}

function isWorthEntering(entry: FolderEntry): boolean {
  return (
    entry.kind === "folder" &&
    !entry.name.startsWith(".") &&
    entry.name !== "target" &&
    entry.name !== "node_modules"
  );
}
