// Long work in pieces, so that nothing else in the process waits for all of it.

/** How long one piece may last. */
const pieceMs = 8;

export class WorkPieces {
  #started = performance.now();

  /** Called between two steps: once a piece has lasted long enough, others have their turn. */
  async next(): Promise<void> {
    if (performance.now() - this.#started > pieceMs) {
      await new Promise(setImmediate);
      this.#started = performance.now();
    }
  }
}
