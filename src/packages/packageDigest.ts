// The digest that a package's signature is made over: SHA-256 of every file's path and content, each with its length
// (reference 7.3).

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageFiles } from "./packageFiles.ts";

/** The 32 bytes for the package in `folder`, as it is on disk now. */
export async function packageDigest(folder: string): Promise<Uint8Array> {
  const hash = createHash("sha256");
  for (const path of await packageFiles(folder)) {
    const name = Buffer.from(path, "utf8");
    const content = await readFile(join(folder, path));
    hash.update(lengthBytes(name.length)).update(name);
    hash.update(lengthBytes(content.length)).update(content);
  }
  return hash.digest();
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(length));
  return bytes;
}
