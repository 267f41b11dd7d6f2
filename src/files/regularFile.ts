// The one door through which files are read: regular files only, never beyond a limit. A pipe, a device, a folder or a circle of
// links is an answer, not a wait. What counts is the file that was opened: the look before the opening only keeps devices and
// pipes from being touched at all. Lint forbids every other way.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { isUtf8 } from "node:buffer";
import { err, ok, type Result } from "../model/result.ts";
import {
  fileProblem,
  notText,
  problemOfError,
  problemOfStats,
  tooLarge,
  type FileProblem,
} from "./fileProblem.ts";

export interface ReadLimits {
  /** The most bytes that the file may have; see fileLimits.ts. */
  readonly limit: number;
  /** Ends the waiting, also for a disk that does not answer. */
  readonly signal?: AbortSignal | undefined;
}

/** An open regular file. */
export interface OpenFile extends AsyncDisposable {
  readonly handle: FileHandle;
  /** Its size when it was opened. */
  readonly size: number;
}

/** The file's bytes. */
export async function readRegularFile(
  path: string,
  { limit, signal }: ReadLimits,
): Promise<Result<Buffer, FileProblem>> {
  return untilAborted(signal, async (isOver) => {
    const opened = await openRegularFile(path, limit);
    if (!opened.ok) {
      return opened;
    }
    await using file = opened.value;
    const content = new Content(file.size, limit);
    for (;;) {
      const { room } = content;
      const { bytesRead } = await file.handle.read(room, 0, room.length, content.length);
      if (!content.took(bytesRead) || isOver()) {
        return content.result();
      }
    }
  });
}

/** The same at once, for readers that are plain code. */
export function readRegularFileSync(path: string, limit: number): Result<Buffer, FileProblem> {
  return withRegularFileSync(path, limit, (descriptor, size) => {
    const content = new Content(size, limit);
    try {
      for (;;) {
        const { room } = content;
        if (!content.took(readSync(descriptor, room, 0, room.length, content.length))) {
          return content.result();
        }
      }
    } catch (error) {
      return err(problemOfError(error));
    }
  });
}

/** The file's text: UTF-8, nothing replaced. */
export async function readRegularText(
  path: string,
  limits: ReadLimits,
): Promise<Result<string, FileProblem>> {
  const bytes = await readRegularFile(path, limits);
  return bytes.ok ? textOf(bytes.value) : bytes;
}

/** The same at once. */
export function readRegularTextSync(path: string, limit: number): Result<string, FileProblem> {
  const bytes = readRegularFileSync(path, limit);
  return bytes.ok ? textOf(bytes.value) : bytes;
}

/** Opens a file whose reader goes through it in pieces and so holds `limit` itself. */
export async function openRegularFile(
  path: string,
  limit: number,
): Promise<Result<OpenFile, FileProblem>> {
  let handle: FileHandle | undefined;
  try {
    const refused = problemOfStats(await stat(path), limit);
    if (refused !== undefined) {
      return err(refused);
    }
    handle = await open(path, openFlags);
    const stats = await handle.stat();
    const problem = problemOfStats(stats, limit);
    if (problem === undefined) {
      return ok(new RegularFile(handle, stats.size));
    }
    await handle.close();
    return err(problem);
  } catch (error) {
    await handle?.close();
    return err(problemOfError(error));
  }
}

/** What `use` makes of an open file, which is closed after it. */
export function withRegularFileSync<T>(
  path: string,
  limit: number,
  use: (descriptor: number, size: number) => Result<T, FileProblem>,
): Result<T, FileProblem> {
  const opened = openSynchronously(path, limit);
  if (!opened.ok) {
    return opened;
  }
  const { descriptor, size } = opened.value;
  try {
    return use(descriptor, size);
  } finally {
    closeSync(descriptor);
  }
}

function openSynchronously(
  path: string,
  limit: number,
): Result<{ readonly descriptor: number; readonly size: number }, FileProblem> {
  try {
    const refused = problemOfStats(statSync(path), limit);
    if (refused !== undefined) {
      return err(refused);
    }
    const descriptor = openSync(path, openFlags);
    const stats = fstatSync(descriptor);
    const problem = problemOfStats(stats, limit);
    if (problem === undefined) {
      return ok({ descriptor, size: stats.size });
    }
    closeSync(descriptor);
    return err(problem);
  } catch (error) {
    return err(problemOfError(error));
  }
}

/** Whether the file could be read: for those whose reading is somebody else's. */
export async function checkRegularFile(
  path: string,
  limit: number,
): Promise<FileProblem | undefined> {
  try {
    return problemOfStats(await stat(path), limit);
  } catch (error) {
    return problemOfError(error);
  }
}

/** The same at once. */
export function checkRegularFileSync(path: string, limit: number): FileProblem | undefined {
  try {
    return problemOfStats(statSync(path), limit);
  } catch (error) {
    return problemOfError(error);
  }
}

/** The pieces of a file that need not fit into memory, up to the size that it has when it is opened. */
export async function* piecesOf(file: OpenFile): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; position < file.size;) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, file.size - position));
    const { bytesRead } = await file.handle.read(piece, 0, piece.length, position);
    if (bytesRead === 0) {
      return;
    }
    position += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** Text of UTF-8 bytes; a byte order mark stays. */
export function textOf(bytes: Buffer): Result<string, FileProblem> {
  return isUtf8(bytes) ? ok(bytes.toString("utf8")) : err(notText(lineWithoutText(bytes)));
}

const pieceBytes = 1024 * 1024;

/** One read takes no more than 2 GiB. */
const mostAtOnce = 1024 * 1024 * 1024;

/** Room for the content of a file that shows no size. */
const firstRoom = 16 * 1024;

/** Opening a pipe that nobody writes to, or a terminal, returns at once. Windows knows neither flag. */
const openFlags =
  constants.O_RDONLY |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0) |
  ((constants as Partial<typeof constants>).O_NOCTTY ?? 0);

class RegularFile implements OpenFile {
  readonly handle: FileHandle;
  readonly size: number;

  constructor(handle: FileHandle, size: number) {
    this.handle = handle;
    this.size = size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle.close();
  }
}

/** Collects what is read. Room for one byte more than the file has shows that it grows. */
class Content {
  readonly #size: number;
  readonly #limit: number;
  #bytes: Buffer;
  length = 0;

  constructor(size: number, limit: number) {
    this.#size = size;
    this.#limit = limit;
    // The files of /proc have a content and no size.
    this.#bytes = Buffer.allocUnsafe(size === 0 ? Math.min(firstRoom, limit) + 1 : size + 1);
  }

  /** Where the next bytes go. */
  get room(): Buffer {
    if (this.length === this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(2 * this.length, this.#limit + 1));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    return this.#bytes.subarray(this.length, this.length + mostAtOnce);
  }

  /** Notes that so many bytes were read; false when nothing is left to read. */
  took(count: number): boolean {
    this.length += count;
    const most = this.#size === 0 ? this.#limit : this.#size;
    return count > 0 && this.length <= most;
  }

  result(): Result<Buffer, FileProblem> {
    if (this.#size === 0) {
      return this.length > this.#limit ? err(tooLarge(this.#limit)) : ok(this.#content());
    }
    return this.length === this.#size ? ok(this.#content()) : err(fileProblem("changed"));
  }

  #content(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}

/** The number of the first line that is no UTF-8. */
function lineWithoutText(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line += 1) {
    const end = bytes.indexOf(10, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) {
      return line;
    }
    start = end + 1;
  }
}

/** What `read` gives, unless the signal aborts first; reading then ends by itself, as soon as the disk answers. */
async function untilAborted<T>(
  signal: AbortSignal | undefined,
  read: (isOver: () => boolean) => Promise<Result<T, FileProblem>>,
): Promise<Result<T, FileProblem>> {
  const cancelled = err(fileProblem("cancelled"));
  if (signal?.aborted === true) {
    return cancelled;
  }
  const reading = read(() => signal?.aborted === true).catch((error: unknown) =>
    err(problemOfError(error)),
  );
  if (signal === undefined) {
    return reading;
  }
  let abort: (() => void) | undefined;
  const aborted = new Promise<Result<T, FileProblem>>((resolve) => {
    abort = (): void => {
      resolve(cancelled);
    };
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([reading, aborted]);
  } finally {
    if (abort !== undefined) {
      signal.removeEventListener("abort", abort);
    }
  }
}
