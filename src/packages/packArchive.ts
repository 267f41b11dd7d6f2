// Packs a package's folder into an archive, as `fidius package pack` does: a tar under bzip2 with one top folder, files in the order of
// their paths, everything but target/ and .git/. The same files give the same bytes: owners and times of files are left out.

import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Pack } from "tar-stream";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, fileProblem } from "../files/fileProblem.ts";
import { statsOf } from "../files/fileStats.ts";
import { openRegularFile, piecesOf } from "../files/regularFile.ts";
import { writeWholeFile } from "../files/wholeFile.ts";
import type { PackageInfo } from "../model/package/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";
import { bzip2 } from "./bzip2.ts";
import { packageFiles } from "./packageFiles.ts";
import { readPackageManifest } from "./readPackageManifest.ts";
import { signatureFileName } from "./signature.ts";
import { defaultUnpackLimits } from "./unpackArchive.ts";

export interface PackedArchive {
  readonly file: string;
  /** Of the archive. */
  readonly bytes: number;
  readonly files: number;
  readonly info: PackageInfo;
  readonly isSigned: boolean;
  /** What keeps Fidius from unpacking it as it does by default, as a sentence. */
  readonly obstacle: string | undefined;
}

/** Why nothing is packed; thrown to end the streams in between. */
class Refusal extends Error {}

/** Writes the archive; without `out` it is `name-version.fid` in `here`. The error is a sentence, and leaves no file. */
export async function packArchive(
  folder: string,
  { out, here }: { readonly out: string | undefined; readonly here: string },
): Promise<Result<PackedArchive, string>> {
  const info = await readPackageManifest(folder, folder);
  if (!info.ok) {
    return info;
  }
  const { name, version, extension } = info.value;
  const top = `${name}-${version}`;
  const problem = nameProblem(top) ?? missingVendor(folder, info.value);
  if (problem !== undefined) {
    return err(problem);
  }
  const file = out ?? join(here, `${top}.${extension}`);
  const listed = await packageFiles(folder, () => true);
  if (!listed.ok) {
    return listed;
  }
  // An archive that was packed into the folder before is none of its files.
  const files = listed.value.filter((path) => join(folder, path) !== file);
  if (files.length > defaultUnpackLimits.entries) {
    return err(
      `${folder} has ${String(files.length)} files, and Fidius unpacks at most ${String(defaultUnpackLimits.entries)}. Take out what is none of the package.`,
    );
  }
  const written = await writeArchive({ folder, top, files }, file);
  return written.ok
    ? ok({
        file,
        files: files.length,
        info: info.value,
        isSigned: files.includes(signatureFileName),
        ...written.value,
      })
    : written;
}

/** The top folder's name comes from the package's own words. */
function nameProblem(top: string): string | undefined {
  return /[/\\\0]/u.test(top) || top.startsWith(".")
    ? `A package called ${JSON.stringify(top)} cannot be packed: its name and version make a folder's name. Take out what leads elsewhere.`
    : undefined;
}

/** What `fidius package pack` would install first; here nothing is run. */
function missingVendor(folder: string, { runtime }: PackageInfo): string | undefined {
  const isMissing =
    runtime === "python" &&
    statsOf(join(folder, "requirements.txt")) !== undefined &&
    statsOf(join(folder, "vendor")) === undefined;
  return isMissing
    ? `${folder} has a requirements.txt and no vendor/ yet. Run python3 -m pip install -r requirements.txt --target vendor in it first.`
    : undefined;
}

interface Content {
  readonly folder: string;
  readonly top: string;
  readonly files: readonly string[];
}

/** Written beside its place and then moved there, so that no half of it is ever found. */
async function writeArchive(
  content: Content,
  file: string,
): Promise<Result<Pick<PackedArchive, "bytes" | "obstacle">, string>> {
  let total = 0;
  try {
    const tar = pack();
    const adding = addFiles(tar, content).then(
      (size) => {
        total = size;
      },
      (error: unknown) => {
        tar.destroy(error instanceof Error ? error : new Error(String(error)));
      },
    );
    let bytes = 0;
    await writeWholeFile(file, async (archive) => {
      for await (const piece of bzip2(tar as AsyncIterable<Uint8Array>)) {
        await archive.writeFile(piece);
        bytes += piece.length;
      }
      await adding;
      return bytes;
    });
    return ok({ bytes, obstacle: obstacleOf(total, bytes) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(
      error instanceof Refusal ? reason : `The archive ${file} cannot be written: ${reason}.`,
    );
  }
}

function obstacleOf(total: number, bytes: number): string | undefined {
  const { ratio } = defaultUnpackLimits;
  return total > bytes * ratio
    ? `Fidius unpacks no archive whose files take more than ${String(ratio)} times its size, and these take ${(total / bytes).toFixed(1)} times. Hosts have to allow that, or something in it that compresses so well has to go.`
    : undefined;
}

/** The sum of the files' sizes. */
async function addFiles(tar: Pack, { folder, top, files }: Content): Promise<number> {
  let total = 0;
  for (const path of files) {
    const file = join(folder, path);
    const opened = await openRegularFile(file, fileLimits.package);
    if (!opened.ok) {
      throw new Refusal(describeFileProblem(file, opened.error));
    }
    await using content = opened.value;
    total += content.size;
    if (total > defaultUnpackLimits.totalBytes) {
      throw new Refusal(
        `The files of ${folder} take more than ${String(defaultUnpackLimits.totalBytes)} bytes, the most that Fidius unpacks. Take out what is none of the package.`,
      );
    }
    const isProgram = ((await content.handle.stat()).mode & 0o100) !== 0;
    const mode = isProgram ? 0o755 : 0o644;
    const header = { name: `${top}/${path}`, size: content.size, mode, mtime: new Date(0) };
    try {
      await pipeline(Readable.from(piecesOf(content)), tar.entry(header));
    } catch (error) {
      // The entry has to be as long as it said.
      throw isSizeChanged(error)
        ? new Refusal(describeFileProblem(file, fileProblem("changed")))
        : error;
    }
  }
  tar.finalize();
  return total;
}

function isSizeChanged(error: unknown): boolean {
  return error instanceof Error && error.message === "Size mismatch";
}
