// What a path given as library is to a command: a library to load, or a package, whose folder is then the project. Keys and
// signatures are looked at first, and what they say is told.

import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { CacheFolder } from "../../files/folderFailure.ts";
import { nameText } from "../../model/text/foreignText.ts";
import type { TrustedKey } from "../../model/package/packageInfo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { openPath, type OpenedPath } from "../../packages/openPackage.ts";
import { packageManifestName } from "../../packages/packageManifest.ts";
import { readTrustedKey } from "../../packages/signature.ts";
import { describeSignature, leftOutText, packageName } from "../../packages/signatureText.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";

/** Options of every command that takes a library or package. */
export interface SignatureOptions {
  /** Files of public keys. */
  readonly trustedKey?: readonly string[];
  readonly requireSignature?: true;
}

export interface GivenLibrary {
  /** The library to load; undefined for a package, which is built. */
  readonly library: string | undefined;
  /** Of the library, where a trusted key signed it: nothing else may be loaded in its place. */
  readonly sha256?: string | undefined;
  /** The package's folder. */
  readonly folder: string | undefined;
  /** Where the package is built: outside of itself. */
  readonly targetDirectory?: string;
  /** Sentences about package and signature. */
  readonly notes: readonly string[];
}

/** Opens the path and checks its signature; a failure says what is wrong with it or with a key. Nothing is loaded. */
export async function openGivenPath(
  path: string,
  options: SignatureOptions,
  cache: CacheFolder,
): Promise<Result<OpenedPath, CliFailure>> {
  const trustedKeys: TrustedKey[] = [];
  for (const file of options.trustedKey ?? []) {
    const key = await readTrustedKey(resolve(file));
    if (!key.ok) {
      return err(usageFailure(key.error));
    }
    trustedKeys.push(key.value);
  }
  const requiresSignature = options.requireSignature === true;
  const opened = await openPath(resolve(path), { cache, trustedKeys, requiresSignature });
  return opened.ok
    ? opened
    : err({ exitCode: exitCodes.load, kind: "loadFailed", message: opened.error });
}

/** Opens the path for commands that call or list. */
export async function openGivenLibrary(
  path: string,
  options: SignatureOptions,
  cache: CacheFolder,
): Promise<Result<GivenLibrary, CliFailure>> {
  if (!existsSync(path)) {
    // The runner says so, as it does for a library that vanishes later.
    return ok({ library: resolve(path), folder: undefined, notes: [] });
  }
  const opened = await openGivenPath(path, options, cache);
  if (!opened.ok) {
    return opened;
  }
  if (opened.value.kind === "library") {
    const { file, signature, sha256 } = opened.value;
    // Libraries without a signature are the rule: nothing to say.
    const notes =
      signature.kind === "unsigned" ? [] : [describeSignature(nameText(basename(path)), signature)];
    return ok({ library: file, sha256, folder: undefined, notes });
  }
  const { folder, targetDirectory, info, signature, leftOut } = opened.value;
  const name = packageName(info);
  if (info.runtime !== "rust") {
    return err({
      exitCode: exitCodes.load,
      kind: "unsupportedRuntime",
      message: `Not callable here: ${name} has the ${info.runtime} runtime; only packages of the rust runtime can be called. Load it with a host of that runtime.`,
    });
  }
  const rest = leftOutText(name, leftOut);
  const notes = [describeSignature(name, signature), ...(rest === undefined ? [] : [rest])];
  return ok({ library: undefined, folder, targetDirectory, notes });
}

/** The path is a package's folder or a file that is no Cargo.toml: something to open, not a project. */
export async function isPackageOrLibrary(path: string): Promise<boolean> {
  const isFile = async (file: string): Promise<boolean> =>
    (await stat(file).catch(() => undefined))?.isFile() === true;
  return (
    (await isFile(join(path, packageManifestName))) ||
    (!path.endsWith("Cargo.toml") && (await isFile(path)))
  );
}
