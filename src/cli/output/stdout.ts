// stdout of the command line: a result that does not arrive is a failure. Only a reader that went away, as `| head` does, is none.

import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { exitCodes } from "./exitCodes.ts";
import type { CliFailure } from "./failure.ts";

/** What is used of process.stdout. */
export interface GuardedStream {
  readonly fd: number;
  write: NodeJS.WriteStream["write"];
  on(event: "error", listener: (error: unknown) => void): unknown;
}

/**
 * Watches everything that is written from now on, the texts of --help included. `onGone` hears that nobody reads any more,
 * `onFailure` of all else that keeps a result from arriving; both end the program.
 */
export function guardStdout(
  stream: GuardedStream,
  onGone: () => void,
  onFailure: (failure: CliFailure) => void,
): void {
  const tell = (error: unknown): void => {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") {
      onGone();
    } else {
      onFailure(outputFailure(error));
    }
  };
  stream.on("error", tell);
  if (isFile(stream.fd)) {
    // Node takes what a nearly full disk has room for as all.
    stream.write = (chunk: string | Uint8Array): boolean => {
      try {
        writeWhole(stream.fd, Buffer.from(chunk as Uint8Array));
      } catch (error) {
        tell(error);
      }
      return true;
    };
  }
}

/** A file or a device, which Node writes to at once; not a pipe, a socket or a terminal. */
function isFile(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return (
    stats.isFile() || stats.isBlockDevice() || (stats.isCharacterDevice() && !isatty(descriptor))
  );
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written);
  }
}

function outputFailure(error: unknown): CliFailure {
  return {
    exitCode: exitCodes.output,
    kind: "outputFailed",
    message: `stdout cannot be written to: ${reasonOf(error)}. What was printed is not complete: write it to another place.`,
  };
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code ?? "") {
    case "ENOSPC":
      return "no space is left on its disk";
    case "EDQUOT":
      return "your user's quota on its disk is used up";
    case "EFBIG":
      return "the file may not grow further";
    case "EBADF":
      return "it is closed";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
