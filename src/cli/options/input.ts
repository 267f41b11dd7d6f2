// What an option that names a file reads: a regular file, or bytes that its user hands over on purpose, by `-` for stdin or by
// the descriptor that a shell makes of `<(command)`. A pipe or device under a name of its own is refused: nobody knows whether
// it ever ends, and `- < pipe` says that it is meant.

import { fstatSync } from "node:fs";
import { Socket } from "node:net";
import { devNull } from "node:os";
import { resolve } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";
import { isatty, ReadStream } from "node:tty";
import {
  describeFileProblem,
  problemOfError,
  tooLarge,
  type FileProblem,
} from "../../files/fileProblem.ts";
import {
  checkRegularFile,
  openRegularFile,
  piecesOf,
  readRegularText,
  textOf,
  type ReadLimits,
} from "../../files/regularFile.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** Bytes that come one after the other. */
export interface Input extends AsyncDisposable {
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The largest file that is read piece by piece. */
const noLimit = Number.MAX_SAFE_INTEGER;

/** Opens what an option names, to be read piece by piece. */
export async function openInput(file: string): Promise<Result<Input, FileProblem>> {
  const stream = handedOver(file);
  if (stream !== undefined) {
    return ok(streamInput(stream));
  }
  const opened = isNothing(file) ? undefined : await openRegularFile(resolve(file), noLimit);
  if (opened?.ok === false) {
    return opened;
  }
  return ok({
    pieces: opened === undefined ? nothing() : piecesOf(opened.value),
    [Symbol.asyncDispose]: async () => opened?.value[Symbol.asyncDispose](),
  });
}

/** What speaks against reading it, found out without reading. */
export async function checkInput(file: string): Promise<FileProblem | undefined> {
  return isHandedOver(file) || isNothing(file)
    ? undefined
    : checkRegularFile(resolve(file), noLimit);
}

/** All of it as text. */
export async function readInputText(
  file: string,
  limits: ReadLimits,
): Promise<Result<string, FileProblem>> {
  const stream = handedOver(file);
  if (stream !== undefined) {
    return readStreamText(stream, limits);
  }
  return isNothing(file) ? ok("") : readRegularText(resolve(file), limits);
}

/** A sentence on why what `option` names is not read. */
export function describeInputProblem(option: string, file: string, problem: FileProblem): string {
  const name = file === "-" ? "stdin" : file;
  const isStream = ["pipe", "socket", "device"].includes(problem.kind);
  const advice = isStream
    ? `Give a regular file, or say that you mean it: ${option} - < ${file}.`
    : problem.advice;
  return describeFileProblem(`The file of ${option}, ${name},`, { ...problem, advice });
}

async function readStreamText(
  stream: Readable,
  { limit, signal }: ReadLimits,
): Promise<Result<string, FileProblem>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    if (signal !== undefined) {
      addAbortSignal(signal, stream);
    }
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length > limit) {
        stream.destroy();
        return err(tooLarge(limit));
      }
    }
  } catch (error) {
    return err(problemOfError(error));
  }
  return textOf(Buffer.concat(pieces, length));
}

function streamInput(stream: Readable): Input {
  return {
    pieces: stream as AsyncIterable<Uint8Array>,
    [Symbol.asyncDispose]: () => {
      stream.destroy();
      return Promise.resolve();
    },
  };
}

function handedOver(file: string): Readable | undefined {
  if (!isHandedOver(file)) {
    return undefined;
  }
  const descriptor = descriptorOf(file);
  if (descriptor === 0) {
    return process.stdin;
  }
  return isatty(descriptor)
    ? new ReadStream(descriptor)
    : new Socket({ fd: descriptor, readable: true, writable: false });
}

/** stdin, or the end of a pipe, a socket or a terminal that this process was started with. */
function isHandedOver(file: string): boolean {
  if (file === "-") {
    return true;
  }
  const descriptor = descriptorOf(file);
  if (Number.isNaN(descriptor)) {
    return false;
  }
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket() || isatty(descriptor);
  } catch {
    return false;
  }
}

function descriptorOf(file: string): number {
  if (file === "-" || file === "/dev/stdin") {
    return 0;
  }
  return Number(/^\/(?:dev|proc\/self)\/fd\/(\d+)$/u.exec(file)?.[1] ?? Number.NaN);
}

function isNothing(file: string): boolean {
  return resolve(file) === devNull;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // The null device is a usual way to say that there is nothing to read.
}
