// The method as a panel shows it while somebody types in its source: a file that does not parse says nothing about types, so
// those from before stay until it parses again.

import type { FoundMethod } from "./panelState.ts";

export class SteadyMethod {
  #shown: FoundMethod | undefined;
  /** Files that did not parse then either: they do not stand in the way. */
  #unparsed: ReadonlySet<string> = new Set();

  /** What to show, for what the model has now; undefined when the method is gone. */
  of(found: FoundMethod | undefined, unparsedFiles: readonly string[]): FoundMethod | undefined {
    const isHalfWritten = unparsedFiles.some((file) => !this.#unparsed.has(file));
    if (!isHalfWritten || this.#shown === undefined) {
      this.#shown = found;
      this.#unparsed = new Set(unparsedFiles);
    }
    return this.#shown;
  }

  /** Another method is shown from now on. */
  reset(): void {
    this.#shown = undefined;
  }
}
