// Unpacks a package archive (tar + bzip2, reference 7.3) under the limits that Fidius itself sets. It is decompressed as far as its
// entries are asked for, and not at all beyond a limit. Only what a signature covers is written, nothing outside of the target
// folder, and nothing that stays when the archive is refused.

import { createHash } from "node:crypto";
import { createWriteStream, readSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { isDiskError } from "../files/folderFailure.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { extract, type Extract } from "tar-stream";
import { fileLimits } from "../files/fileLimits.ts";
import { openRegularFile, type OpenFile } from "../files/regularFile.ts";
import { nameText } from "../model/text/foreignText.ts";
import { err, ok, type Result } from "../model/result.ts";
import { bunzip2 } from "./bunzip2.ts";
import { Bzip2Error } from "./bzip2Bits.ts";
import { isCoveredFolder, isCoveredPath, LeftOut } from "./coverage.ts";
import { packageManifestName } from "./packageManifest.ts";
import { signatureFileName } from "./signature.ts";

/** Bounds of what an archive may hold. */
export interface UnpackLimits {
  /** Sum of the sizes of all files. */
  readonly totalBytes: number;
  /** That sum against the archive's own size. */
  readonly ratio: number;
  readonly entries: number;
}

/** The limits of fidius-core. */
export const defaultUnpackLimits: UnpackLimits = {
  totalBytes: 500 * 1024 * 1024,
  ratio: 10,
  entries: 10_000,
};

/** What was in the archive beside the files. */
export interface UnpackedArchive {
  /** SHA-256 of the very bytes that were unpacked. */
  readonly content: string;
  /** Of package.sig. It is not among the files: no signature covers it. */
  readonly signature: Uint8Array | undefined;
  /** What no signature covers, by its place. */
  readonly leftOut: readonly string[];
}

/** A tar's own share beyond the files: a header, a name and padding for each entry. */
const tarBytesPerEntry = 4096;

/** The same for its beginning and end. */
const tarBytesOfAll = 1024 * 1024;

const pieceBytes = 64 * 1024;

/** Contents that are written at once. */
const smallFileBytes = 1024 * 1024;

/** What waits to be written takes no more memory than this, and each file that much beside its content. */
const mostWaitingBytes = 16 * 1024 * 1024;
const bytesPerWaiting = 1024;

/** A file, folder or link of the archive with its content. */
type Entry = Extract extends AsyncIterable<infer T> ? T : never;

/** What is to be written. */
interface Waiting {
  /** As the archive has it. */
  readonly name: string;
  readonly mode: number;
  readonly path: string;
  readonly content: Uint8Array | "folder";
}

/** Why the archive is refused, as a sentence; thrown to end the stream that it comes from. */
class Refusal extends Error {}

/** Unpacks `archive` to the folder `target`, which must not exist; its package.toml is then in it. */
export async function unpackArchive(
  archive: string,
  target: string,
  limits: UnpackLimits = defaultUnpackLimits,
): Promise<Result<UnpackedArchive, string>> {
  makeFolder(dirname(target));
  const staging = await mkdtemp(join(dirname(target), `unpacking-${String(process.pid)}-`));
  try {
    const opened = await openRegularFile(archive, fileLimits.package);
    if (!opened.ok) {
      return err(`it cannot be read: ${opened.error.reason}.`);
    }
    await using file = opened.value;
    const unpacking = new Unpacking(file, staging, limits);
    await unpacking.run();
    const name = await packageFolder(staging);
    await rename(join(staging, name), target);
    return ok({
      content: unpacking.content(),
      signature: unpacking.signatures.get(name),
      leftOut: unpacking.leftOut(name),
    });
  } catch (error) {
    // Not the archive's fault.
    if (isDiskError(error)) {
      throw error;
    }
    return err(refusalText(error));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** One pass over an archive. */
class Unpacking {
  readonly #archive: OpenFile;
  readonly #staging: string;
  readonly #limits: UnpackLimits;
  readonly #totalLimit: number;
  readonly #hash = createHash("sha256");
  readonly #leftOut = new Map<string, LeftOut>();
  /** By top folder. */
  readonly signatures = new Map<string, Uint8Array>();
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #position = 0;
  #entries = 0;
  /** Sum of the sizes that the entries state. */
  #stated = 0;

  constructor(archive: OpenFile, staging: string, limits: UnpackLimits) {
    this.#archive = archive;
    this.#staging = staging;
    this.#limits = limits;
    this.#totalLimit = Math.min(limits.totalBytes, archive.size * limits.ratio);
  }

  /** SHA-256 of the whole archive, once it was unpacked. */
  content(): string {
    while (this.#read() !== undefined) {
      // What stands behind the archive's end belongs to its bytes, and to nothing else.
    }
    return this.#hash.digest("hex");
  }

  leftOut(topFolder: string): readonly string[] {
    return this.#leftOut.get(topFolder)?.places ?? [];
  }

  async run(): Promise<void> {
    const entries = extract();
    const reading = pipeline(Readable.from(this.#pieces(), { highWaterMark: 1 }), entries);
    const writing = this.#write(entries).catch((error: unknown) => {
      entries.destroy();
      throw error;
    });
    // The reason of a refusal is the one who met it; the other then only says that its stream was closed.
    const [written, read] = await Promise.allSettled([writing, reading]);
    const failures = [written, read].flatMap((settled): unknown[] =>
      settled.status === "rejected" ? [settled.reason] : [],
    );
    if (failures.length > 0) {
      throw failures.find(isKnown) ?? failures.find(isDiskError) ?? failures[0];
    }
  }

  async #write(entries: Extract): Promise<void> {
    for await (const entry of entries) {
      this.#entries += 1;
      this.#stated += entry.header.size;
      if (this.#entries > this.#limits.entries) {
        throw new Refusal(`it has more than ${String(this.#limits.entries)} entries.`);
      }
      if (this.#stated > this.#totalLimit) {
        throw new Refusal(tooLarge(this.#totalLimit));
      }
      await this.#writeEntry(entry);
    }
    await this.#writeWaiting();
  }

  async #writeEntry(entry: Entry): Promise<void> {
    const { name, type, mode, size } = entry.header;
    const parts = pathOf(entry);
    const [top = "", ...inside] = parts;
    if (type === "directory") {
      if (inside.every(isCoveredFolder)) {
        await this.#keep({ name, mode, path: join(this.#staging, ...parts), content: "folder" });
      } else {
        this.#leave(top, [...inside, ""]);
      }
      entry.resume();
      return;
    }
    if (type !== "file" && type !== "contiguous-file") {
      throw new Refusal(`${entryName(name)} is neither a file nor a folder.`);
    }
    if (inside.length === 1 && inside[0] === signatureFileName && size <= fileLimits.key) {
      this.signatures.set(top, await buffer(entry));
    } else if (inside.length === 0 || !isCoveredPath(inside)) {
      this.#leave(top, inside);
      entry.resume();
    } else {
      const path = join(this.#staging, ...parts);
      if (size <= smallFileBytes) {
        await this.#keep({ name, mode, path, content: await contentOf(entry) });
      } else {
        await this.#writeWaiting();
        await writeFileAt({ name, mode, path }, () => pipeline(entry, createWriteStream(path)));
      }
    }
  }

  /** Writes what the entry holds, soon: an archive that is refused at once has not written thousands of files before. */
  async #keep(waiting: Waiting): Promise<void> {
    const { content } = waiting;
    this.#waiting.push(waiting);
    this.#waitingBytes += bytesPerWaiting + (content === "folder" ? 0 : content.length);
    if (this.#waitingBytes > mostWaitingBytes) {
      await this.#writeWaiting();
    }
  }

  async #writeWaiting(): Promise<void> {
    for (const waiting of this.#waiting.splice(0)) {
      const { name, path, content } = waiting;
      await (content === "folder"
        ? place(name, () => mkdir(path, { recursive: true }))
        : writeFileAt(waiting, () => writeFile(path, content)));
    }
    this.#waitingBytes = 0;
  }

  #leave(top: string, inside: readonly string[]): void {
    const found = this.#leftOut.get(top) ?? new LeftOut();
    this.#leftOut.set(top, found);
    found.add(inside);
  }

  /** The tar, as far as it is asked for. Between two pieces others have their turn. */
  async *#pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    let length = 0;
    for (const piece of bunzip2(() => this.#read())) {
      length += piece.length;
      // An entry says its size before its content: what goes beyond that is no package.
      const allowed =
        Math.min(this.#stated, this.#totalLimit) +
        (this.#entries + 1) * tarBytesPerEntry +
        tarBytesOfAll;
      if (length > allowed + pieceBytes) {
        throw new Refusal(tooLarge(this.#totalLimit));
      }
      if (piece.length > 0) {
        yield piece;
      }
      await setImmediate();
    }
  }

  #read(): Uint8Array | undefined {
    const piece = Buffer.allocUnsafe(pieceBytes);
    const count = readSync(this.#archive.handle.fd, piece, 0, pieceBytes, this.#position);
    this.#position += count;
    const bytes = piece.subarray(0, count);
    this.#hash.update(bytes);
    return count === 0 ? undefined : bytes;
  }
}

async function contentOf(entry: Entry): Promise<Uint8Array> {
  if (entry.header.size > 0) {
    return buffer(entry);
  }
  entry.resume();
  return new Uint8Array(0);
}

/** Where an entry belongs, folder by folder; refuses what leads elsewhere. */
function pathOf(entry: Entry): readonly string[] {
  const { name, type } = entry.header;
  if (type === "symlink" || type === "link") {
    throw new Refusal(`${entryName(name)} is a link.`);
  }
  if (/^(?:[/\\]|[A-Za-z]:)/u.test(name)) {
    throw new Refusal(`${entryName(name)} has an absolute path.`);
  }
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || name.includes("\\") || name.includes("\0")) {
    throw new Refusal(`${entryName(name)} leads outside of the package.`);
  }
  return parts;
}

/** Writes a file in its folder, which is made for it. */
async function writeFileAt(
  { name, mode, path }: Omit<Waiting, "content">,
  write: () => Promise<unknown>,
): Promise<void> {
  await place(name, async () => {
    await mkdir(dirname(path), { recursive: true });
    await write();
    if ((mode & 0o100) !== 0) {
      await chmod(path, 0o755);
    }
  });
}

/** Does what an entry asks for; says what is wrong with its name. */
async function place(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const reason = nameTroubles[code];
    throw reason === undefined ? error : new Refusal(`${entryName(name)} ${reason}.`);
  }
}

function entryName(name: string): string {
  return `its entry ${nameText(name)}`;
}

const nameTroubles: Readonly<Record<string, string>> = {
  EEXIST: "lies below a file of the archive",
  EISDIR: "is a file and a folder",
  EINVAL: "has a name that cannot be written here",
  ENAMETOOLONG: "has a name that is too long for this file system",
  ENOTDIR: "lies below a file of the archive",
};

/** The one folder of the archive that is a package. */
async function packageFolder(staging: string): Promise<string> {
  for (const name of (await readdir(staging)).sort()) {
    const manifest = join(staging, name, packageManifestName);
    if ((await stat(manifest).catch(() => undefined))?.isFile() === true) {
      return name;
    }
  }
  throw new Refusal(`it holds no folder with a ${packageManifestName}.`);
}

function isKnown(error: unknown): boolean {
  return error instanceof Refusal || error instanceof Bzip2Error;
}

function refusalText(error: unknown): string {
  if (error instanceof Refusal) {
    return error.message;
  }
  if (error instanceof Bzip2Error) {
    return error.reason === "cut"
      ? "it ends in the middle, so it was not copied or downloaded to its end. Get it again."
      : "its compressed data is damaged. Get it again.";
  }
  const reason = error instanceof Error ? error.message : String(error);
  return reason === "Unexpected end of data"
    ? "the files in it end in the middle. Get it again, or have its author pack it anew."
    : reason.startsWith("Invalid tar header")
      ? "it is compressed as a package is, but holds no tar archive. Give a package that Fidius packed."
      : `it cannot be unpacked: ${reason}.`;
}

function tooLarge(limit: number): string {
  return `its files take more than ${String(limit)} bytes, 10 times the archive or 500 MiB, the most that Fidius unpacks.`;
}
