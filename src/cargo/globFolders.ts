// Expands the patterns of `workspace.members` over the file system, as cargo's glob crate does.

import { join, resolve } from "node:path";
import type { ManifestFiles } from "./manifestFiles.ts";

const maxFolders = 10_000;

/** Whether cargo takes the text as a pattern rather than as a plain path. */
export function isGlob(pattern: string): boolean {
  return /[*?[\]]/u.test(pattern);
}

/** Folders under `root` that match `pattern`. A plain path is returned as it is, existing or not. */
export function globFolders(
  root: string,
  pattern: string,
  files: ManifestFiles,
): readonly string[] {
  let folders = [resolve(root)];
  const segments = pattern.split(/[\\/]+/u).filter((segment) => segment !== "");
  for (const segment of segments) {
    if (segment === "**") {
      folders = folders.flatMap((folder) => [folder, ...foldersBelow(folder, files)]);
    } else if (isGlob(segment)) {
      const matches = segmentPattern(segment);
      folders = folders.flatMap((folder) =>
        files
          .list(folder)
          .filter((entry) => entry.kind === "folder" && matches.test(entry.name))
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

function segmentPattern(segment: string): RegExp {
  const source = segment.replaceAll(/\[!?[^\]]*\]|[\s\S]/gu, (part) => {
    if (part === "*") {
      return "[^/]*";
    }
    if (part === "?") {
      return "[^/]";
    }
    if (part.length > 1 && part.startsWith("[")) {
      const isNegated = part.startsWith("[!");
      const body = part.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\^\]]/gu, String.raw`\$&`);
      return body === "" ? "(?!)" : `[${isNegated ? "^" : ""}${body}]`;
    }
    return part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
  });
  return new RegExp(`^${source}$`, "su");
}
