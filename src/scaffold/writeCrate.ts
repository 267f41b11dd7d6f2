// Writes a planned crate: all of it or nothing. No file is overwritten, and a manifest that somebody changed meanwhile is left alone.

import { constants } from "node:fs";
import { copyFile, mkdir, realpath, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { statsOf } from "../files/fileStats.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { readRegularText } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { ChangedText, CratePlan, FileText } from "./newCrate.ts";

/** Gives nothing, or a sentence on what kept it from being written. */
export async function writeCrate(plan: CratePlan): Promise<Result<undefined, string>> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const file of plan.newFiles) {
      await writeNew(file, undo);
    }
    for (const file of plan.changedFiles) {
      await change(file, undo);
    }
    return ok(undefined);
  } catch (error) {
    for (const step of undo.reverse()) {
      await step().catch(() => undefined);
    }
    const reason = error instanceof Error ? error.message : String(error);
    return err(`The crate could not be written, and nothing of it is left: ${reason}`);
  }
}

type Undo = (() => Promise<unknown>)[];

async function writeNew({ file, text }: FileText, undo: Undo): Promise<void> {
  await makeFolders(dirname(file), undo);
  // Fails where there is a file already.
  await writeFile(file, text, { flag: "wx" });
  undo.push(() => rm(file, { force: true }));
}

async function makeFolders(folder: string, undo: Undo): Promise<void> {
  if (statsOf(folder) !== undefined) {
    return;
  }
  await makeFolders(dirname(folder), undo);
  await mkdir(folder);
  undo.push(() => rmdir(folder));
}

/** The new text takes the place of the old one at once, so that no half of it is ever read. */
async function change({ file, before, text }: ChangedText, undo: Undo): Promise<void> {
  const now = await readRegularText(file, { limit: fileLimits.manifest });
  if (!now.ok || now.value !== before) {
    throw new Error(`${file} was changed meanwhile. Try again.`);
  }
  const target = await realpath(file);
  const next = `${target}.new-${String(process.pid)}`;
  undo.push(() => rm(next, { force: true }));
  // The copy has the permissions of the original.
  await copyFile(target, next, constants.COPYFILE_EXCL);
  await writeFile(next, text);
  await rename(next, target);
}
