// Unpacks a package archive (tar + bzip2, reference 7.3) under the limits that Fidius itself sets. Nothing is written outside
// of the target folder, and nothing at all when the archive is refused.

import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { buffer } from "node:stream/consumers";
import { extract, type Extract } from "tar-stream";
import unbzip2 from "unbzip2-stream";
import { fileLimits } from "../files/fileLimits.ts";
import { openRegularFile, piecesOf, type OpenFile } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageManifestName } from "./packageManifest.ts";

/** Bounds of what an archive may hold. */
export interface UnpackLimits {
  /** Sum of the sizes of all files. */
  readonly totalBytes: number;
  /** That sum against the archive's own size. */
  readonly ratio: number;
  readonly entries: number;
}

/** The limits of fidius-core. */
const defaultUnpackLimits: UnpackLimits = {
  totalBytes: 500 * 1024 * 1024,
  ratio: 10,
  entries: 10_000,
};

/** A tar's own share beyond the files: a header, a name and padding for each entry, and the end. */
const tarBytesPerEntry = 4096;

/** A file, folder or link of the archive with its content. */
type Entry = Extract extends AsyncIterable<infer T> ? T : never;

/** Why the archive is refused, as a sentence; thrown to end the stream that it comes from. */
class Refusal extends Error {}

/** Unpacks `archive` to the folder `target`, which must not exist; its package.toml is then in it. */
export async function unpackArchive(
  archive: string,
  target: string,
  limits: UnpackLimits = defaultUnpackLimits,
): Promise<Result<null, string>> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(dirname(target), "unpacking-"));
  try {
    const opened = await openRegularFile(archive, fileLimits.package);
    if (!opened.ok) {
      return err(`it cannot be read: ${opened.error.reason}.`);
    }
    await using file = opened.value;
    const totalLimit = Math.min(limits.totalBytes, file.size * limits.ratio);
    await writeEntries(file, staging, limits, totalLimit);
    const folder = await packageFolder(staging);
    await rename(folder, target);
    return ok(null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(error instanceof Refusal ? reason : `it cannot be unpacked: ${reason}.`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function writeEntries(
  archive: OpenFile,
  staging: string,
  limits: UnpackLimits,
  totalLimit: number,
): Promise<void> {
  const entries = extract();
  const rawLimit = totalLimit + limits.entries * tarBytesPerEntry;
  const reading = pipeline(piecesOf(archive), unbzip2(), limitedTo(rawLimit), entries);
  const writing = (async (): Promise<void> => {
    let total = 0;
    let count = 0;
    for await (const entry of entries) {
      count += 1;
      total += entry.header.size;
      if (count > limits.entries) {
        throw new Refusal(`it has more than ${limits.entries} entries.`);
      }
      if (total > totalLimit) {
        throw new Refusal(tooLarge(totalLimit));
      }
      await writeEntry(entry, staging);
    }
  })();
  // The reason of a refusal is the writer's; the reader then only says that its stream was closed.
  const [written, read] = await Promise.allSettled([
    writing.catch((error: unknown) => {
      entries.destroy();
      throw error;
    }),
    reading,
  ]);
  for (const settled of [written, read].sort((left) => (isRefusal(left) ? -1 : 1))) {
    if (settled.status === "rejected") {
      throw settled.reason;
    }
  }
}

function isRefusal(settled: PromiseSettledResult<void>): boolean {
  return settled.status === "rejected" && settled.reason instanceof Refusal;
}

async function writeEntry(entry: Entry, staging: string): Promise<void> {
  const { name, type, mode } = entry.header;
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (type === "symlink" || type === "link") {
    throw new Refusal(`its entry ${name} is a link.`);
  }
  if (/^(?:[/\\]|[A-Za-z]:)/u.test(name)) {
    throw new Refusal(`its entry ${name} has an absolute path.`);
  }
  if (parts.includes("..") || name.includes("\\") || name.includes("\0")) {
    throw new Refusal(`its entry ${name} leads outside of the package.`);
  }
  const path = join(staging, ...parts);
  if (type === "directory") {
    await mkdir(path, { recursive: true });
    entry.resume();
  } else if (type === "file" || type === "contiguous-file") {
    const content = await buffer(entry);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    if ((mode & 0o100) !== 0) {
      await chmod(path, 0o755);
    }
  } else {
    throw new Refusal(`its entry ${name} is neither a file nor a folder.`);
  }
}

/** The one folder of the archive that is a package. */
async function packageFolder(staging: string): Promise<string> {
  for (const { name } of await readdir(staging, { withFileTypes: true })) {
    const manifest = join(staging, name, packageManifestName);
    if ((await stat(manifest).catch(() => undefined))?.isFile() === true) {
      return join(staging, name);
    }
  }
  throw new Refusal(`it holds no folder with a ${packageManifestName}.`);
}

function limitedTo(limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done): void {
      seen += chunk.length;
      if (seen > limit) {
        done(new Refusal(tooLarge(limit)));
      } else {
        done(null, chunk);
      }
    },
  });
}

function tooLarge(limit: number): string {
  return `its files take more than ${limit} bytes, 10 times the archive or 500 MiB, the most that Fidius unpacks.`;
}
