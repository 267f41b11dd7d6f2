// The digest that a package's signature is made over: SHA-256 of every file's path and content, each with its length
// (reference 7.3). While it is taken the files can be copied, so that what is used later is what was checked.

import { createHash } from "node:crypto";
// eslint-disable-next-line no-restricted-imports -- the copies are new files, which are only written
import { chmod, mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, fileProblem } from "../files/fileProblem.ts";
import { openRegularFile, piecesOf } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageFiles } from "./packageFiles.ts";

export interface DigestOptions {
  /** A folder that the files are copied to while they are read. */
  readonly copyTo?: string;
  /** Paths that do not count. */
  readonly without?: readonly string[];
}

/** The 32 bytes for the package in `folder`, as it is on disk now; the error is a sentence. */
export async function packageDigest(
  folder: string,
  { copyTo, without = [] }: DigestOptions = {},
): Promise<Result<Uint8Array, string>> {
  const files = await packageFiles(folder);
  if (!files.ok) {
    return files;
  }
  const hash = createHash("sha256");
  let total = 0;
  for (const path of files.value.filter((file) => !without.includes(file))) {
    const name = Buffer.from(path, "utf8");
    const file = join(folder, path);
    const opened = await openRegularFile(file, fileLimits.package);
    if (!opened.ok) {
      return err(describeFileProblem(file, opened.error));
    }
    await using content = opened.value;
    total += content.size;
    if (total > fileLimits.package) {
      return err(
        `The files of ${folder} take more than ${String(fileLimits.package)} bytes. A package is smaller: take out what is none of it.`,
      );
    }
    hash.update(lengthBytes(name.length)).update(name);
    hash.update(lengthBytes(content.size));
    await using copy = copyTo === undefined ? undefined : await createCopy(join(copyTo, path));
    let size = 0;
    for await (const piece of piecesOf(content)) {
      hash.update(piece);
      await copy?.writeFile(piece);
      size += piece.length;
    }
    if (size !== content.size) {
      return err(describeFileProblem(file, fileProblem("changed")));
    }
    if (copyTo !== undefined && ((await content.handle.stat()).mode & 0o100) !== 0) {
      await chmod(join(copyTo, path), 0o755);
    }
  }
  return ok(hash.digest());
}

/** Never opened for reading: `wx` makes the file or fails. */
async function createCopy(file: string): Promise<FileHandle> {
  await mkdir(dirname(file), { recursive: true });
  return open(file, "wx");
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(length));
  return bytes;
}
