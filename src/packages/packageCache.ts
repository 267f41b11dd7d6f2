// Where opened packages lie below the cache folder: `contents/<path>/<content>`, with the package's files, a mark beside them and what
// is built from them. One path keeps one content: what was there before is removed, and so is everything of a path that is gone.

import { createHash } from "node:crypto";
import { mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../files/makeFolder.ts";
import * as z from "zod";
import { openedPackageFolder, openedPackageMark } from "../cargo/process/openedPackage.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { readRegularFile, readRegularText } from "../files/regularFile.ts";
import { packageDigest } from "./packageDigest.ts";
import { signatureFileName } from "./signature.ts";

/** Of versions before; nothing in it is used any more. */
const formerFolder = "packages";

const originName = "origin";
const targetName = "target";
const lockFile = "Cargo.lock";
const stagingPrefix = "new-";

const markFile = z.object({
  digest: z.string(),
  hasLockFile: z.boolean(),
  leftOut: z.array(z.string()),
});

/** A package's files in a folder of ours. */
export interface KeptPackage {
  /** The folder with package.toml. */
  readonly folder: string;
  /** Of the files as they are now. */
  readonly digest: Uint8Array;
  /** Of package.sig, which is not among the files. */
  readonly signature: Uint8Array | undefined;
  /** What was not taken over, as no signature covers it. */
  readonly leftOut: readonly string[];
}

/** What is put into a new folder. */
export interface NewPackage {
  readonly digest: Uint8Array;
  readonly signature: Uint8Array | undefined;
  readonly leftOut: readonly string[];
}

/** The folders of one archive or package folder. */
export class PackageHome {
  readonly #folder: string;
  readonly #origin: string;

  constructor(cacheFolder: string, path: string) {
    this.#folder = join(cacheFolder, "contents", hexOf(path).slice(0, 32));
    this.#origin = path;
  }

  /** Where a package is built whose files stay where they are. */
  get targetDirectory(): string {
    return join(this.#folder, targetName);
  }

  /** Keeps a place to build a package whose files stay where they are, and nothing else of this path. */
  async useInPlace(): Promise<void> {
    await this.#claim();
    await this.#removeOthers(targetName);
  }

  /** A folder to put a new package into, with `package` still to be made. */
  async stage(): Promise<string> {
    await this.#claim();
    return mkdtemp(join(this.#folder, `${stagingPrefix}${String(process.pid)}-`));
  }

  /** Keeps what was staged under its content's name, in place of everything else of this path. */
  async keep(staging: string, content: string, made: NewPackage): Promise<KeptPackage> {
    const files = await readdir(join(staging, openedPackageFolder));
    await writeFile(
      join(staging, openedPackageMark),
      JSON.stringify({
        digest: Buffer.from(made.digest).toString("hex"),
        hasLockFile: files.includes(lockFile),
        leftOut: made.leftOut,
      }),
    );
    if (made.signature !== undefined) {
      await writeFile(join(staging, signatureFileName), made.signature);
    }
    const name = content.slice(0, 32);
    const kept = join(this.#folder, name);
    await rm(kept, { recursive: true, force: true });
    await rename(staging, kept).catch(async (error: unknown) => {
      // Another process may have put the same content there meanwhile.
      if ((await this.find(content)) === undefined) {
        throw error;
      }
    });
    await this.#removeOthers(name);
    return { ...made, folder: join(kept, openedPackageFolder) };
  }

  /** What is kept of a content, if its files are still those that were put there. Building may have added a lock file. */
  async find(content: string): Promise<KeptPackage | undefined> {
    const kept = join(this.#folder, content.slice(0, 32));
    const text = await readRegularText(join(kept, openedPackageMark), { limit: fileLimits.own });
    const mark = markFile.safeParse(text.ok ? parseJson(text.value) : undefined);
    if (!mark.success) {
      return undefined;
    }
    const { hasLockFile, leftOut } = mark.data;
    const folder = join(kept, openedPackageFolder);
    const digest = await packageDigest(folder, { without: hasLockFile ? [] : [lockFile] });
    if (!digest.ok || Buffer.from(digest.value).toString("hex") !== mark.data.digest) {
      return undefined;
    }
    const signature = await readRegularFile(join(kept, signatureFileName), {
      limit: fileLimits.key,
    });
    return {
      folder,
      digest: digest.value,
      signature: signature.ok ? signature.value : undefined,
      leftOut,
    };
  }

  /** Removes everything of this path. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #claim(): Promise<void> {
    makeFolder(this.#folder);
    await writeFile(join(this.#folder, originName), this.#origin);
  }

  async #removeOthers(kept: string): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (name !== kept && name !== originName && !isInUse(name)) {
        await rm(join(this.#folder, name), { recursive: true, force: true });
      }
    }
  }
}

/** Removes what belongs to paths that are gone, what ended processes left half done, and what earlier versions kept. */
export async function removeForgotten(cacheFolder: string): Promise<void> {
  await rm(join(cacheFolder, formerFolder), { recursive: true, force: true });
  const contents = join(cacheFolder, "contents");
  for (const name of await readdir(contents).catch(() => [])) {
    const home = join(contents, name);
    const origin = await readRegularText(join(home, originName), { limit: fileLimits.own });
    // A home without an origin is being made, or was left by a process that ended there.
    if (origin.ok && !(await isThere(origin.value))) {
      await rm(home, { recursive: true, force: true });
      continue;
    }
    for (const staging of await readdir(home).catch(() => [])) {
      if (staging.startsWith(stagingPrefix) && !isInUse(staging)) {
        await rm(join(home, staging), { recursive: true, force: true });
      }
    }
    if (!origin.ok) {
      await rmdir(home).catch(() => undefined);
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  const status = await stat(path).catch((error: unknown) => {
    // A folder that cannot be looked into may be a disk that is not mounted.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  });
  return status !== false;
}

/** A folder that a running process puts something into. */
function isInUse(name: string): boolean {
  const pid = Number(new RegExp(`^${stagingPrefix}(\\d+)-`, "u").exec(name)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(pid)) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hexOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
