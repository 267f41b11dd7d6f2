// The files of a package's folder that its digest covers, sorted by their path's bytes (reference 7.3).

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { problemOfError, describeFileProblem } from "../files/fileProblem.ts";
import { err, ok, type Result } from "../model/result.ts";
import { isCoveredFile, isCoveredFolder } from "./coverage.ts";

/** More files than any package has; folders that contain themselves by links have no end. */
const mostFiles = 100_000;

/**
 * Relative paths with `/`, in the order in which the digest takes them; the error is a sentence. An archive has the signatures too,
 * which no digest covers.
 */
export async function packageFiles(
  folder: string,
  isWanted: (name: string) => boolean = isCoveredFile,
): Promise<Result<readonly string[], string>> {
  const files: string[] = [];
  const folders = [""];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    const listed = await listFolder(folder, below, isWanted);
    if (!listed.ok) {
      return listed;
    }
    files.push(...listed.value.files);
    folders.push(...listed.value.folders);
    if (files.length + folders.length > mostFiles) {
      return err(
        `${folder} has more than ${String(mostFiles)} files and folders, or links that lead back into it. A package is smaller: take out what is none of it.`,
      );
    }
  }
  // Rust sorts by UTF-8 bytes, JavaScript by UTF-16 units: they differ beyond the BMP.
  return ok(
    files
      .map((path) => ({ path, bytes: Buffer.from(path, "utf8") }))
      .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
      .map(({ path }) => path),
  );
}

interface Listed {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

async function listFolder(
  root: string,
  below: string,
  isWanted: (name: string) => boolean,
): Promise<Result<Listed, string>> {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for (const name of await readdir(join(root, below))) {
      const path = below === "" ? name : `${below}/${name}`;
      const file = join(root, path);
      // As Fidius does: links are followed, a folder behind one is a folder.
      const status = await stat(file).catch(problemOfError);
      if ("reason" in status) {
        return err(describeFileProblem(file, status));
      }
      if (!status.isDirectory()) {
        files.push(...(isWanted(name) ? [path] : []));
      } else if (isCoveredFolder(name)) {
        folders.push(path);
      }
    }
  } catch (error) {
    return err(describeFileProblem(join(root, below), problemOfError(error)));
  }
  return ok({ files, folders });
}
