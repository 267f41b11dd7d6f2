// Writes a file so that it is there as a whole or as it was before: into one beside it, which takes its place at the end.

import { randomUUID } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file as a whole. Rejects as `write` and the system do; then the file is as it was.
 * @param write puts the content into the handle, which is closed for it. What it gives is handed on; undefined leaves the file
 *   as it was.
 */
export async function writeWholeFile<Given>(
  file: string,
  write: (output: FileHandle) => Promise<Given | undefined>,
): Promise<Given | undefined> {
  const partial = join(dirname(file), `.${basename(file)}.${randomUUID()}.partial`);
  try {
    const given = await writeInto(partial, write);
    if (given !== undefined) {
      await rename(partial, file);
    }
    return given;
  } finally {
    await rm(partial, { force: true });
  }
}

async function writeInto<Given>(
  partial: string,
  write: (output: FileHandle) => Promise<Given>,
): Promise<Given> {
  await using output = await open(partial, "wx");
  return await write(output);
}
