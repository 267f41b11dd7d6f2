// Expands the patterns of `workspace.members` over the file system, as cargo's glob crate does.

import { join, resolve } from "node:path";
import type { ManifestFiles } from "./manifestFiles.ts";
import { matchesName, readNamePattern } from "./namePattern.ts";

const maxFolders = 10_000;

/** Whether cargo takes the text as a pattern rather than as a plain path. */
export function isGlob(pattern: string): boolean {
  return /[*?[\]]/u.test(pattern);
}

/** Folders under `root` that match `members`. A plain path is returned as it is, existing or not. */
export function globFolders(
  root: string,
  members: string,
  files: ManifestFiles,
): readonly string[] {
  let folders = [resolve(root)];
  const segments = members.split(/[\\/]+/u).filter((segment) => segment !== "");
  for (const segment of segments) {
    if (segment === "**") {
      folders = folders.flatMap((folder) => [folder, ...foldersBelow(folder, files)]);
    } else if (isGlob(segment)) {
      const pattern = readNamePattern(segment);
      folders = folders.flatMap((folder) =>
        files
          .list(folder)
          .filter((entry) => entry.kind === "folder" && matchesName(pattern, entry.name))
          .map((entry) => join(folder, entry.name))
          .sort(),
      );
    } else {
      folders = folders.map((folder) => resolve(folder, segment));
    }
    folders = [...new Set(folders)].slice(0, maxFolders);
  }
  return folders;
}

function foldersBelow(root: string, files: ManifestFiles): readonly string[] {
  const found: string[] = [];
  const queue = [root];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const entry of files.list(folder)) {
      if (entry.kind === "folder" && entry.name !== "target" && entry.name !== "node_modules") {
        const path = join(folder, entry.name);
        found.push(path);
        queue.push(path);
      }
    }
    if (found.length >= maxFolders) {
      break;
    }
  }
  return found;
}
