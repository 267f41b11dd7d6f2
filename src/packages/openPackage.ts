// What a path given as "library" is: a library, a package's folder, or a package archive, which is unpacked into a folder of
// ours. A package of the Rust runtime is a cargo package: its plugins are found in its sources and built like any other.

import { createHash } from "node:crypto";
import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
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
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) {
    return err(`There is nothing at ${path}. Give a library, a package folder or an archive.`);
  }
  const opened = status.isDirectory()
    ? await openFolder(path, path, options)
    : (await isBzip2(path))
      ? await openArchive(path, options)
      : ok({
          kind: "library" as const,
          file: path,
          signature: await librarySignature(path, options.trustedKeys),
        });
  if (opened.ok && isRefused(opened.value.signature, options.requiresSignature)) {
    const reason = describeSignature(basename(path), opened.value.signature);
    return err(
      `${reason} It is not loaded: get it from its author again, or trust the key that signed it.`,
    );
  }
  return opened;
}

async function openFolder(
  folder: string,
  shownAs: string,
  options: OpenOptions,
  digest?: Uint8Array,
): Promise<Result<OpenedPath, string>> {
  const file = join(folder, packageManifestName);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) {
    return err(`${folder} is no package: it has no ${packageManifestName}.`);
  }
  const info = parsePackageManifest(text);
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
  const content = createHash("sha256")
    .update(await readFile(archive))
    .digest("hex");
  const home = join(options.cacheFolder, "packages", content.slice(0, 32));
  const folder = join(home, "package");
  const digestFile = join(home, "digest");
  let digest: Uint8Array | undefined = await readFile(digestFile).catch(() => undefined);
  if (digest === undefined) {
    await rm(folder, { recursive: true, force: true });
    const unpacked = await unpackArchive(archive, folder);
    if (!unpacked.ok) {
      return err(`${archive} is refused: ${unpacked.error}`);
    }
    digest = await packageDigest(folder);
    await writeFile(digestFile, digest);
  }
  return openFolder(folder, archive, options, digest);
}

async function isBzip2(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(3);
    await handle.read(head, 0, 3, 0);
    return head.toString("latin1") === "BZh";
  } finally {
    await handle.close();
  }
}
