// What a file or folder looked like at a moment, cheaply: enough to see that it changed, never its contents.

import { readdirSync, type BigIntStats } from "node:fs";
import { join } from "node:path";
import { statsOf } from "../../files/fileStats.ts";

/**
 * Times and size as text; "absent" when there is none. Equal texts mean unchanged. The second time is the file system's own,
 * which `cp -p`, `tar` and the like cannot set: another file with the same name, size and date is seen as well.
 */
export type FileState = string;

const maxEntries = 5_000;

/** State of a file; for a folder the state of everything below it. */
export function fileState(path: string): FileState {
  const stat = statsOf(path);
  if (stat === undefined) {
    return "absent";
  }
  if (!stat.isDirectory()) {
    return `${stat.mtimeNs} ${stat.ctimeNs} ${stat.size}`;
  }
  const files = filesBelow(path);
  if (files === undefined) {
    // Too many to watch: a state that equals no other, so that cargo decides.
    return `unknown ${process.hrtime.bigint()}`;
  }
  return files.map((file) => `${file} ${fileState(file)}`).join("\n");
}

/** Newest time of change, in milliseconds, of a file or of everything below a folder; 0 when absent. */
export function newestChangeMs(path: string): number {
  const stat = statsOf(path);
  if (stat === undefined) {
    return 0;
  }
  const files = stat.isDirectory() ? (filesBelow(path) ?? []) : [];
  return Math.max(
    stat.isDirectory() ? 0 : changeMs(stat),
    ...files.map((file) => changeMs(statsOf(file))),
  );
}

function changeMs(stats: BigIntStats | undefined): number {
  return Number(stats?.mtimeNs ?? 0n) / 1e6;
}

/** Files below a folder, without hidden folders, caches (target folders) and nested packages; undefined when too many. */
export function filesBelow(folder: string): readonly string[] | undefined {
  const found: string[] = [];
  const queue = [folder];
  for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
    let entries;
    try {
      entries = readdirSync(current, { withFileTypes: true });
    } catch {
      continue;
    }
    const names = new Set(entries.map((entry) => entry.name));
    // Cargo marks a target folder only when it builds into it; what it knows of rustc it writes there in any case.
    const isCache = names.has("CACHEDIR.TAG") || names.has(".rustc_info.json");
    if (isCache || (current !== folder && names.has("Cargo.toml"))) {
      continue;
    }
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (!entry.isDirectory()) {
        found.push(path);
      } else if (!entry.name.startsWith(".")) {
        queue.push(path);
      }
    }
    if (found.length > maxEntries) {
      return undefined;
    }
  }
  return found.sort();
}
