// What a path given as "library" is: a library, a package's folder, or a package archive. A package of the Rust runtime is a cargo
// package: its plugins are found in its sources and built like any other. An archive is unpacked into a folder of ours; so is a copy of
// a folder whose signature is checked, because only files that nobody changes meanwhile are those that were checked.

import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { openedPackageFolder } from "../cargo/process/openedPackage.ts";
import { describeCacheProblem, type CacheFolder } from "../files/folderFailure.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, type FileProblem } from "../files/fileProblem.ts";
import { checkRegularFile, openRegularFile, readRegularFile } from "../files/regularFile.ts";
import { nameText } from "../model/text/foreignText.ts";
import type { PackageInfo, SignatureState, TrustedKey } from "../model/package/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";
import { PackageHome, removeForgotten, type KeptPackage } from "./packageCache.ts";
import { packageDigest } from "./packageDigest.ts";
import { readPackageManifest } from "./readPackageManifest.ts";
import { partOutside } from "./selfContained.ts";
import {
  isRefused,
  librarySignature,
  signatureFileName,
  signatureState,
  type CheckedLibrary,
} from "./signature.ts";
import { describeSignature, packageName } from "./signatureText.ts";
import { sha256Of } from "./sha256.ts";
import { unpackArchive } from "./unpackArchive.ts";

export interface OpenOptions {
  /** Archives are unpacked below it. */
  readonly cache: CacheFolder;
  readonly trustedKeys: readonly TrustedKey[];
  /** Refuse what no trusted key has signed. */
  readonly requiresSignature: boolean;
}

/** What was opened, its signature checked. */
export type OpenedPath = OpenedLibrary | OpenedPackage;

interface OpenedLibrary extends CheckedLibrary {
  readonly kind: "library";
  readonly file: string;
}

interface OpenedPackage {
  readonly kind: "package";
  /** Folder with the package.toml: for an archive, and for a folder whose signature was checked, one of ours. */
  readonly folder: string;
  /** Where it is built: outside of itself. */
  readonly targetDirectory: string;
  readonly info: PackageInfo;
  readonly signature: SignatureState;
  /** What of it no signature covers, and so was not taken over. */
  readonly leftOut: readonly string[];
}

/** Opens `path`; the error is a whole sentence. What its signature rules out is refused, and nothing is kept of it. */
export async function openPath(
  path: string,
  options: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  try {
    return await openChecked(path, options);
  } catch (error) {
    // Files of others are answered for where they are read: what is left is the folder that we write to.
    return err(describeCacheProblem(options.cache, error));
  }
}

async function openChecked(
  path: string,
  options: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const home = new PackageHome(options.cache.folder, path);
  const opened = await openAny(path, home, options);
  const refusal = opened.ok
    ? await refusalOf(path, opened.value, options.requiresSignature)
    : undefined;
  if (!opened.ok || refusal !== undefined) {
    await home.remove();
  }
  await removeForgotten(options.cache.folder);
  return refusal === undefined ? opened : err(refusal);
}

async function openAny(
  path: string,
  home: PackageHome,
  options: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const problem = await checkRegularFile(path, fileLimits.library);
  if (problem?.kind === "folder") {
    return openFolder(path, home, options);
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
    ? openArchive(path, home, options)
    : ok({ kind: "library", file: path, ...(await librarySignature(path, options.trustedKeys)) });
}

/** Why the path is not used, as its signature has it. */
async function refusalOf(
  path: string,
  opened: OpenedPath,
  requiresSignature: boolean,
): Promise<string | undefined> {
  const { signature } = opened;
  if (isRefused(signature, requiresSignature)) {
    const reason = describeSignature(nameText(basename(path)), signature);
    return `${reason} It is not loaded: get it from its author again, or trust the key that signed it.`;
  }
  if (opened.kind !== "package" || signature.kind !== "verified") {
    return undefined;
  }
  const outside = await partOutside(opened.folder);
  return outside === undefined
    ? undefined
    : `Incomplete signature: ${packageName(opened.info)} is signed by the trusted key ${nameText(signature.key)}, but it is also built from ${nameText(outside)}, which lies outside of it, so that the signature does not cover it. It is not loaded: have its author put everything into the package, or open it without a trusted key.`;
}

async function openFolder(
  folder: string,
  home: PackageHome,
  { trustedKeys }: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const info = await readPackageManifest(folder, folder);
  if (!info.ok) {
    return info;
  }
  const file = join(folder, signatureFileName);
  const read = await readRegularFile(file, { limit: fileLimits.key });
  const inPlace = {
    kind: "package",
    folder,
    targetDirectory: home.targetDirectory,
    info: info.value,
    leftOut: [],
  } as const;
  if (!read.ok && read.error.kind !== "absent") {
    const message = describeFileProblem(file, read.error);
    return ok({ ...inPlace, signature: { kind: "malformed", message } });
  }
  const bytes = read.ok ? read.value : undefined;
  const early = signatureState(bytes, new Uint8Array(), trustedKeys);
  if (early.kind === "verified" || early.kind === "mismatch") {
    return openCopy(folder, home, bytes, trustedKeys);
  }
  await home.useInPlace();
  return ok({ ...inPlace, signature: early });
}

/** A folder whose signature can be checked: what is checked is a copy, which is then what is built. */
async function openCopy(
  folder: string,
  home: PackageHome,
  signature: Uint8Array | undefined,
  keys: readonly TrustedKey[],
): Promise<Result<OpenedPath, string>> {
  const staging = await home.stage();
  try {
    const copyTo = join(staging, openedPackageFolder);
    await mkdir(copyTo);
    const digest = await packageDigest(folder, { copyTo });
    if (!digest.ok) {
      return digest;
    }
    const content = Buffer.from(digest.value).toString("hex");
    const made = { digest: digest.value, signature, leftOut: [] };
    const kept = (await home.find(content)) ?? (await home.keep(staging, content, made));
    return await packageOf({ ...kept, signature }, folder, keys);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** An archive keeps its folder as long as its bytes stay the same, so that what was built there is used again. */
async function openArchive(
  archive: string,
  home: PackageHome,
  { trustedKeys }: OpenOptions,
): Promise<Result<OpenedPath, string>> {
  const content = await sha256Of(archive, fileLimits.package);
  if (!content.ok) {
    return err(describeFileProblem(archive, content.error));
  }
  const known = await home.find(content.value);
  if (known !== undefined) {
    return packageOf(known, archive, trustedKeys);
  }
  const staging = await home.stage();
  try {
    const folder = join(staging, openedPackageFolder);
    const unpacked = await unpackArchive(archive, folder);
    if (!unpacked.ok) {
      return err(`${archive} is refused: ${unpacked.error}`);
    }
    const digest = await packageDigest(folder);
    if (!digest.ok) {
      return err(`${archive} is refused: ${digest.error}`);
    }
    const { signature, leftOut } = unpacked.value;
    const made = { digest: digest.value, signature, leftOut };
    const kept = await home.keep(staging, unpacked.value.content, made);
    return await packageOf(kept, archive, trustedKeys);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function packageOf(
  { folder, digest, signature, leftOut }: KeptPackage,
  shownAs: string,
  keys: readonly TrustedKey[],
): Promise<Result<OpenedPath, string>> {
  const info = await readPackageManifest(folder, shownAs);
  return info.ok
    ? ok({
        kind: "package",
        folder,
        targetDirectory: join(folder, "..", "target"),
        info: info.value,
        signature: signatureState(signature, digest, keys),
        leftOut,
      })
    : info;
}

async function isBzip2(file: string): Promise<Result<boolean, FileProblem>> {
  const opened = await openRegularFile(file, fileLimits.library);
  if (!opened.ok) {
    return opened;
  }
  await using archive = opened.value;
  const head = Buffer.alloc(3);
  await archive.handle.read(head, 0, 3, 0);
  return ok(head.toString("latin1") === "BZh");
}
