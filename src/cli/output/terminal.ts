// Where the CLI writes: results to stdout, everything else to stderr. A progress line lives on stderr while it is a
// terminal, and the last line of stderr after a failure is JSON, so unfinished lines are closed first. This is the only way out for what
// others wrote, such as names of plugins and their errors: a line given here stays one line and gives the terminal no orders. Only
// what a plugin prints itself passes as it is.

import { formatDuration } from "../../calls/options/duration.ts";
import type { BuildProgress } from "../../cargo/build/buildProgress.ts";
import { manyLines, oneLine } from "../../model/text/foreignText.ts";

export interface TextSink {
  readonly isTTY?: boolean;
  readonly writableNeedDrain?: boolean;
  once?(event: "drain" | "close", listener: () => void): unknown;
  write(text: string | Uint8Array): unknown;
}

const clearLine = "\r\u001B[2K";

export class Terminal {
  readonly #stdout: TextSink;
  readonly #stderr: TextSink;
  #hasProgress = false;
  #isLineOpen = false;

  constructor(stdout: TextSink, stderr: TextSink) {
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  /** Lines of the result. */
  result(...lines: readonly string[]): void {
    this.#clearProgress();
    this.#stdout.write(lines.map((line) => `${oneLine(line)}\n`).join(""));
  }

  /** A result in JSON, whose line ends and indentation are ours: a string of it has them as escapes. */
  json(text: string): void {
    this.#clearProgress();
    this.#stdout.write(`${manyLines(text)}\n`);
  }

  /** Settles when stdout takes more; undefined when it does now. */
  drained(): Promise<void> | undefined {
    const sink = this.#stdout;
    if (sink.writableNeedDrain !== true) {
      return undefined;
    }
    return new Promise((resolve) => {
      sink.once?.("drain", resolve);
      sink.once?.("close", resolve);
    });
  }

  /** Lines for people. */
  note(...lines: readonly string[]): void {
    this.#clearProgress();
    this.#closeLine();
    this.#stderr.write(lines.map((line) => `${oneLine(line)}\n`).join(""));
  }

  /** What a plugin printed, as it comes. */
  pluginOutput(chunk: Uint8Array): void {
    if (chunk.length === 0) {
      return;
    }
    this.#clearProgress();
    this.#stderr.write(chunk);
    this.#isLineOpen = chunk.at(-1) !== 10;
  }

  /** Shows how far a build is; on a terminal only. */
  progress(packageName: string, progress: BuildProgress, elapsedMs: number): void {
    this.status(progressText(packageName, progress, elapsedMs));
  }

  /** Shows what goes on; on a terminal only. */
  status(text: string): void {
    if (this.#stderr.isTTY !== true) {
      return;
    }
    this.#closeLine();
    this.#stderr.write(`${clearLine}${oneLine(text)}`);
    this.#hasProgress = true;
  }

  /** Takes the progress line away. */
  endProgress(): void {
    this.#clearProgress();
  }

  #clearProgress(): void {
    if (this.#hasProgress) {
      this.#stderr.write(clearLine);
      this.#hasProgress = false;
    }
  }

  #closeLine(): void {
    if (this.#isLineOpen) {
      this.#stderr.write("\n");
      this.#isLineOpen = false;
    }
  }
}

function progressText(packageName: string, progress: BuildProgress, elapsedMs: number): string {
  const { done, total, crateName, isWaitingForLock } = progress;
  if (isWaitingForLock) {
    return `Waiting for another cargo process · ${formatDuration(elapsedMs)}`;
  }
  return [
    `Building ${packageName}`,
    ...(done === null || total === null ? [] : [`${done}/${total}`]),
    ...(crateName === null ? [] : [crateName]),
    ...(elapsedMs < 1000 ? [] : [formatDuration(Math.round(elapsedMs / 1000) * 1000)]),
  ].join(" · ");
}
