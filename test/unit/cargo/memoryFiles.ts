// A file system in memory for tests of the manifests' readers.

import { dirname } from "node:path";
import type { FolderEntry, ManifestFiles } from "../../../src/cargo/manifest/manifestFiles.ts";

/** Files by absolute path; a record of their texts. */
export function memoryFiles(texts: Readonly<Record<string, string>>): ManifestFiles {
  const files = new Map(Object.entries(texts));
  const folders = new Set<string>();
  for (const file of files.keys()) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  const inside = (folder: string, path: string): boolean =>
    path !== folder && dirname(path) === folder;
  const entry = (path: string, kind: FolderEntry["kind"]): FolderEntry => ({
    name: path.slice(path.lastIndexOf("/") + 1),
    kind,
  });
  return {
    read: (file) => files.get(file),
    problemOf: () => undefined,
    isFile: (file) => files.has(file),
    list: (folder) => [
      ...[...files.keys()]
        .filter((path) => inside(folder, path))
        .map((path) => entry(path, "file")),
      ...[...folders].filter((path) => inside(folder, path)).map((path) => entry(path, "folder")),
    ],
  };
}

/** A minimal package manifest. */
export function packageManifest(name: string, rest = ""): string {
  return `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${rest}`;
}
