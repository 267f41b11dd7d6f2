// The lines of text that comes in pieces: UTF-8, ended by a newline alone, so that a line of NDJSON is what its writer wrote.

import { err, ok, type Result } from "../model/result.ts";
import { notText, problemOfError, sizeText, type FileProblem } from "./fileProblem.ts";
import { textOf } from "./regularFile.ts";

/** The lines without their ends. A problem is the last that comes: a line that is no UTF-8 or too long, or what the reading met. */
export async function* textLines(
  pieces: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Result<string, FileProblem>, void, undefined> {
  const pending = new PendingLine();
  let number = 1;
  try {
    for await (const piece of pieces) {
      let start = 0;
      for (
        let end = piece.indexOf(newline);
        end >= 0;
        end = piece.indexOf(newline, start), number += 1
      ) {
        const line = pending.take(piece.subarray(start, end), number);
        yield line;
        if (!line.ok) {
          return;
        }
        start = end + 1;
      }
      pending.add(piece.subarray(start));
      if (pending.length > limit) {
        yield err(longLine(number, limit));
        return;
      }
    }
  } catch (error) {
    yield err(problemOfError(error));
    return;
  }
  if (pending.length > 0) {
    yield pending.take(new Uint8Array(), number);
  }
}

const newline = 10;

class PendingLine {
  length = 0;
  #pieces: Uint8Array[] = [];

  add(piece: Uint8Array): void {
    if (piece.length > 0) {
      this.#pieces.push(piece);
      this.length += piece.length;
    }
  }

  /** The line that ends with `last`. */
  take(last: Uint8Array, number: number): Result<string, FileProblem> {
    this.add(last);
    const text = textOf(Buffer.concat(this.#pieces, this.length));
    this.#pieces = [];
    this.length = 0;
    if (!text.ok) {
      return err(notText(number));
    }
    return ok(text.value.endsWith("\r") ? text.value.slice(0, -1) : text.value);
  }
}

function longLine(number: number, limit: number): FileProblem {
  return {
    kind: "tooLarge",
    reason: `line ${number} is longer than ${sizeText(limit)}, the most that is read of one`,
    advice: "Give shorter lines.",
  };
}
