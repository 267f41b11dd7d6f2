// What a path given as "library" is: a library, a package's folder, or a package archive, which is unpacked into a folder of
// ours. A package of the Rust runtime is a cargo package: its plugins are found in its sources and built like any other.

import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, type FileProblem } from "../files/fileProblem.ts";
import {
  checkRegularFile,
  openRegularFile,
  piecesOf,
  readRegularFile,
  readRegularText,
} from "../files/regularFile.ts";
import type { PackageInfo, SignatureState, TrustedKey } from "../model/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageDigest } from "./packageDigest.ts";
import { packageManifestName, parsePackageManifest } from "./packageManifest.ts";
import { describeSignature, isRefused, librarySignature, packageSignature } from "./signature.ts";
import { unpackArchive } from "./unpackArchive.ts";

export interface OpenOptions {
  /** A folder of ours; archives are unpacked below it. */
  readonly cacheFolder: string;
  readonly trustedKeys: readonly TrustedKey[];
  /** Refuse what no trusted key has signed. */
  readonly requiresSignature: boolean;
}

/** What was opened, its signature checked. */
export type OpenedPath =
  | {
      readonly kind: "library";
      readonly file: string;
      readonly signature: SignatureState;
    }
  | {
      readonly kind: "package";
      /** Folder with the package.toml; for an archive where it was unpacked. */
      readonly folder: string;
      readonly info: PackageInfo;
      readonly signature: SignatureState;
    };

/** Opens `path`; the error is a whole sentence. What its signature rules out is refused. */
export async function openPath(
  path: string,
  options: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const opened = await openAny(path, options);
  if (opened.ok && isRefused(opened.value.signature, options.requiresSignature)) {
    const reason = describeSignature(basename(path), opened.value.signature);
    return err(
      `${reason} It is not loaded: get it from its author again, or trust the key that signed it.`,
    );
  }
  return opened;
}

async function openAny(path: string, options: OpenOptions): Promise<Result<OpenedPath, string>> {
  const problem = await checkRegularFile(path, fileLimits.library);
  if (problem?.kind === "folder") {
    return openFolder(path, path, options);
  }
  if (problem?.kind === "absent") {
    return err(`There is nothing at ${path}. Give a library, a package folder or an archive.`);
  }
  if (problem !== undefined) {
    return err(describeFileProblem(path, problem));
  }
  const isArchive = await isBzip2(path);
  if (!isArchive.ok) {
    return err(describeFileProblem(path, isArchive.error));
  }
  return isArchive.value
    ? openArchive(path, options)
    : ok({
        kind: "library",
        file: path,
        signature: await librarySignature(path, options.trustedKeys),
      });
}

async function openFolder(
  folder: string,
  shownAs: string,
  options: OpenOptions,
  digest?: Uint8Array,
): Promise<Result<OpenedPath, string>> {
  const file = join(folder, packageManifestName);
  const text = await readRegularText(file, { limit: fileLimits.manifest });
  if (!text.ok) {
    return err(
      text.error.kind === "absent"
        ? `${folder} is no package: it has no ${packageManifestName}.`
        : describeFileProblem(file, text.error),
    );
  }
  const info = parsePackageManifest(text.value);
  if (!info.ok) {
    return err(`The ${packageManifestName} of ${shownAs} cannot be used: ${info.error}`);
  }
  const signature = await packageSignature(folder, options.trustedKeys, digest);
  return ok({ kind: "package", folder, info: info.value, signature });
}

/**
 * An archive keeps its folder as long as its bytes stay the same, so that what was built there is used again. Building adds
 * files (a lock file), so the digest is the one taken when it was unpacked; the folder is ours.
 */
async function openArchive(
  archive: string,
  options: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const content = await contentHash(archive);
  if (!content.ok) {
    return err(describeFileProblem(archive, content.error));
  }
  const home = join(options.cacheFolder, "packages", content.value.slice(0, 32));
  const folder = join(home, "package");
  const digestFile = join(home, "digest");
  const known = await readRegularFile(digestFile, { limit: fileLimits.own });
  let digest: Uint8Array | undefined = known.ok ? known.value : undefined;
  if (digest === undefined) {
    await rm(folder, { recursive: true, force: true });
    const unpacked = await unpackArchive(archive, folder);
    if (!unpacked.ok) {
      return err(`${archive} is refused: ${unpacked.error}`);
    }
    const taken = await packageDigest(folder);
    if (!taken.ok) {
      return err(`${archive} is refused: ${taken.error}`);
    }
    digest = taken.value;
    await writeFile(digestFile, digest);
  }
  return openFolder(folder, archive, options, digest);
}

async function contentHash(archive: string): Promise<Result<string, FileProblem>> {
  const opened = await openRegularFile(archive, fileLimits.package);
  if (!opened.ok) {
    return opened;
  }
  await using file = opened.value;
  const hash = createHash("sha256");
  for await (const piece of piecesOf(file)) {
    hash.update(piece);
  }
  return ok(hash.digest("hex"));
}

async function isBzip2(path: string): Promise<Result<boolean, FileProblem>> {
  const opened = await openRegularFile(path, fileLimits.library);
  if (!opened.ok) {
    return opened;
  }
  await using file = opened.value;
  const head = Buffer.alloc(3);
  await file.handle.read(head, 0, head.length, 0);
  return ok(head.toString("latin1") === "BZh");
}
