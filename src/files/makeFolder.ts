// Makes a folder of ours with those above it, for our user alone unless told otherwise. Node's own way there goes on for ever where the system says that
// nothing can be made in a folder that is there, because it is not there: Linux does so below /proc.

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { assertAbsolute } from "./folderFailure.ts";
import { codeOf } from "./fileProblem.ts";
import { statsOf } from "./fileStats.ts";

/** Throws what the file system has against it; see folderFailure.ts for the words. */
export function makeFolder(folder: string, mode = 0o700): void {
  assertAbsolute(folder);
  if (statsOf(folder)?.isDirectory() === true) {
    return;
  }
  const parent = dirname(folder);
  if (parent !== folder) {
    makeFolder(parent, mode);
  }
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (codeOf(error) !== "EEXIST" || statsOf(folder)?.isDirectory() !== true) {
      throw error;
    }
  }
}
