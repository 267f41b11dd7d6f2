// Private copies of libraries: the host loads a copy under a path that was never used before, so that cargo can link anew
// while it is loaded and no loader hands out old code for a known path (R11). A rebuilt file is told from a merely touched one
// by comparing it with the copy, which ends at the first differing byte, so no time goes into hashing.

import { createHash } from "node:crypto";
import { constants } from "node:fs";
import type { BigIntStats } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cacheFailure, type CacheFolder } from "../../files/folderFailure.ts";
import { fileLimits } from "../../files/fileLimits.ts";
import { fileProblem } from "../../files/fileProblem.ts";
import { statsOf } from "../../files/fileStats.ts";
import { makeFolder } from "../../files/makeFolder.ts";
import { libraryFailure } from "../../files/libraryFailure.ts";
import { checkRegularFile, openRegularFile, piecesOf } from "../../files/regularFile.ts";
import type { Disposable } from "../../model/disposable.ts";
import type { LoadFailure } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";

/** A copy of a library as it was at one time. */
export interface StagedLibrary {
  /** Unique per content seen: another id is another build. */
  readonly id: number;
  /** The file that cargo built. */
  readonly source: string;
  /** The copy. */
  readonly path: string;
}

interface Entry {
  readonly staged: StagedLibrary;
  identity: string;
  /** Of the copy, once it was asked for. */
  sha256?: string;
}

const chunkBytes = 256 * 1024;

/** How often a copy is tried while the file changes under it. */
const attempts = 3;

/** Owns a folder of copies inside of the cache folder, removed on dispose; folders of processes that ended are removed too. */
export class LibraryStaging implements Disposable {
  readonly #cache: CacheFolder;
  readonly #entries = new Map<string, Entry>();
  /** What the copy of a library must be, by its source. */
  readonly #expected = new Map<string, string>();
  readonly #pending = new Map<string, Promise<Result<StagedLibrary, LoadFailure>>>();
  #folder: Promise<string> | null = null;
  #made: string | null = null;
  #nextId = 1;
  #isDisposed = false;

  constructor(cache: CacheFolder) {
    this.#cache = cache;
  }

  /** Lets only a library with this SHA-256 pass; undefined lets any. */
  expectContent(source: string, sha256: string | undefined): void {
    if (sha256 === undefined) {
      this.#expected.delete(source);
    } else {
      this.#expected.set(source, sha256);
    }
  }

  /** The copy of a library as it is now: the last one while the file has not changed. */
  async stage(source: string): Promise<Result<StagedLibrary, LoadFailure>> {
    let running = this.#pending.get(source);
    if (running === undefined) {
      running = this.#stage(source).finally(() => this.#pending.delete(source));
      this.#pending.set(source, running);
    }
    const staged = await running;
    return staged.ok ? this.#checked(staged.value) : staged;
  }

  /** The copy is private, so what is checked here is what is loaded, whatever happens to its source. */
  async #checked(staged: StagedLibrary): Promise<Result<StagedLibrary, LoadFailure>> {
    const expected = this.#expected.get(staged.source);
    if (expected === undefined) {
      return ok(staged);
    }
    const entry = this.#entries.get(staged.source);
    const sha256 = entry?.staged === staged ? (entry.sha256 ??= await hashOf(staged.path)) : "";
    return sha256 === expected
      ? ok(staged)
      : err({
          kind: "cannotLoad",
          message: `${staged.source} was changed after its signature was checked, so it is not loaded. Get it from its author again.`,
        });
  }

  /** Removes a copy that is not the current one of its source. */
  async release(staged: StagedLibrary): Promise<void> {
    if (this.#entries.get(staged.source)?.staged !== staged) {
      await remove(dirname(staged.path));
    }
  }

  /** Removes what no process holds any more; {@link removed} does the rest. */
  dispose(): void {
    this.#isDisposed = true;
    try {
      rmSync(this.#made ?? "", { recursive: true, force: true });
    } catch {
      // Windows keeps a library for as long as a process has it loaded.
    }
  }

  /** Removes all copies after {@link dispose}; to be called when the processes that loaded them have ended. Never rejects. */
  async removed(): Promise<void> {
    if (this.#made !== null) {
      await remove(this.#made);
    }
  }

  async #stage(source: string): Promise<Result<StagedLibrary, LoadFailure>> {
    try {
      // Before every call, and the only thing most calls need from the disk: asking a thread of the pool costs more.
      const status = statsOf(source);
      if (status?.isFile() !== true || status.size > fileLimits.library) {
        const problem = await checkRegularFile(source, fileLimits.library);
        return err(libraryFailure(source, problem ?? fileProblem("changed")));
      }
      const known = this.#entries.get(source);
      // Something that cleans temporary folders may have removed the copy.
      const hasCopy = known !== undefined && existsSync(known.staged.path);
      if (hasCopy && (await isSame(known, source, status))) {
        return ok(known.staged);
      }
      return ok(await this.#copy(source, status));
    } catch (error) {
      // The library may have gone meanwhile; else it is the folder of the copies.
      const problem = await checkRegularFile(source, fileLimits.library);
      return err(
        problem === undefined ? cacheFailure(this.#cache, error) : libraryFailure(source, problem),
      );
    }
  }

  async #copy(source: string, status: BigIntStats): Promise<StagedLibrary> {
    if (this.#made !== null && !existsSync(this.#made)) {
      this.#folder = null;
    }
    this.#folder ??= this.#makeFolder().catch((error: unknown) => {
      // Its user can mend that, and then call again.
      this.#folder = null;
      throw error;
    });
    const folder = await this.#folder;
    const id = this.#nextId++;
    // A folder of its own: what lies beside the library keeps its name too.
    const path = join(folder, String(id), basename(source));
    await mkdir(dirname(path));
    let before = status;
    for (let attempt = 1; ; attempt += 1) {
      // A clone shares the blocks where the file system can; it is a new file either way.
      await copyFile(source, path, constants.COPYFILE_FICLONE);
      const after = await stat(source, { bigint: true });
      if (identify(before) === identify(after) || attempt === attempts) {
        break;
      }
      before = after;
      await rm(path, { force: true });
    }
    await copyNames(source, dirname(path));
    const staged: StagedLibrary = { id, source, path };
    this.#entries.set(source, { staged, identity: identify(before) });
    return staged;
  }

  async #makeFolder(): Promise<string> {
    const parent = this.#cache.folder;
    makeFolder(parent);
    await removeDeadFolders(parent);
    const folder = await mkdtemp(join(parent, `${String(process.pid)}-`));
    await chmod(folder, 0o700);
    if (this.#isDisposed) {
      await remove(folder);
      throw new Error("staging ended meanwhile");
    }
    this.#made = folder;
    return folder;
  }
}

/** Copies the database with the names of a Windows library's functions, where there is one: panics and slots are told by it. */
async function copyNames(source: string, folder: string): Promise<void> {
  const database = source.replace(/\.dll$/iu, ".pdb");
  if (database !== source && existsSync(database)) {
    await copyFile(database, join(folder, basename(database)), constants.COPYFILE_FICLONE);
  }
}

/** SHA-256 of a file of our own. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  const opened = await openRegularFile(file, fileLimits.library);
  if (opened.ok) {
    await using copy = opened.value;
    for await (const piece of piecesOf(copy)) {
      hash.update(piece);
    }
  }
  return hash.digest("hex");
}

function identify(status: BigIntStats): string {
  return [status.dev, status.ino, status.size, status.mtimeNs, status.ctimeNs].join(":");
}

/** Whether the file still has the copy's content; notes its new identity when only that changed. */
async function isSame(entry: Entry, source: string, status: BigIntStats): Promise<boolean> {
  const identity = identify(status);
  if (entry.identity === identity) {
    return true;
  }
  const copy = await stat(entry.staged.path, { bigint: true });
  if (copy.size !== status.size || !(await haveSameBytes(source, entry.staged.path))) {
    return false;
  }
  entry.identity = identity;
  return true;
}

async function haveSameBytes(left: string, right: string): Promise<boolean> {
  const leftOpened = await openRegularFile(left, fileLimits.library);
  if (!leftOpened.ok) {
    return false;
  }
  await using leftFile = leftOpened.value;
  const rightOpened = await openRegularFile(right, fileLimits.library);
  if (!rightOpened.ok) {
    return false;
  }
  await using rightFile = rightOpened.value;
  const [leftBytes, rightBytes] = [Buffer.alloc(chunkBytes), Buffer.alloc(chunkBytes)];
  for (let position = 0; ; position += chunkBytes) {
    const [one, other] = await Promise.all([
      leftFile.handle.read(leftBytes, 0, chunkBytes, position),
      rightFile.handle.read(rightBytes, 0, chunkBytes, position),
    ]);
    const isEqual =
      one.bytesRead === other.bytesRead &&
      leftBytes.compare(rightBytes, 0, other.bytesRead, 0, one.bytesRead) === 0;
    if (!isEqual || one.bytesRead < chunkBytes) {
      return isEqual;
    }
  }
}

/** Windows gives a file free some time after the process that had it loaded has ended, and later where a virus scanner looks into it. */
const removal = { recursive: true, force: true, maxRetries: 8, retryDelay: 25 } as const;

/** Removes a file or folder; what is held even now goes with the folders of processes that ended, when staging starts again. */
function remove(path: string): Promise<void> {
  return rm(path, removal).catch(() => undefined);
}

async function removeDeadFolders(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isSafeInteger(pid) && !isRunning(pid)) {
      await remove(join(directory, name));
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
