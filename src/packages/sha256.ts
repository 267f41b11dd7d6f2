// SHA-256 of a file's content, piece by piece.

import { createHash } from "node:crypto";
import type { FileProblem } from "../files/fileProblem.ts";
import { openRegularFile, piecesOf } from "../files/regularFile.ts";
import { ok, type Result } from "../model/result.ts";

/** In hexadecimal digits. */
export async function sha256Of(file: string, limit: number): Promise<Result<string, FileProblem>> {
  const opened = await openRegularFile(file, limit);
  if (!opened.ok) {
    return opened;
  }
  await using content = opened.value;
  const hash = createHash("sha256");
  for await (const piece of piecesOf(content)) {
    hash.update(piece);
  }
  return ok(hash.digest("hex"));
}
