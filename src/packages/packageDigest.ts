// The digest that a package's signature is made over: SHA-256 of every file's path and content, each with its length
// (reference 7.3).

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, fileProblem } from "../files/fileProblem.ts";
import { openRegularFile, piecesOf } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageFiles } from "./packageFiles.ts";

/** The 32 bytes for the package in `folder`, as it is on disk now; the error is a sentence about a file that cannot be read. */
export async function packageDigest(folder: string): Promise<Result<Uint8Array, string>> {
  const hash = createHash("sha256");
  for (const path of await packageFiles(folder)) {
    const name = Buffer.from(path, "utf8");
    const file = join(folder, path);
    const opened = await openRegularFile(file, fileLimits.package);
    if (!opened.ok) {
      return err(describeFileProblem(file, opened.error));
    }
    await using content = opened.value;
    hash.update(lengthBytes(name.length)).update(name);
    hash.update(lengthBytes(content.size));
    let size = 0;
    for await (const piece of piecesOf(content)) {
      hash.update(piece);
      size += piece.length;
    }
    if (size !== content.size) {
      return err(describeFileProblem(file, fileProblem("changed")));
    }
  }
  return ok(hash.digest());
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(length));
  return bytes;
}
