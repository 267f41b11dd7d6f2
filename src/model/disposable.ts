// Disposables: whatever is acquired goes into a DisposableStore at once and is given back in reverse order.

export interface Disposable {
  dispose(): void;
}

/** Makes a Disposable of a function; it runs at most once. */
export function toDisposable(dispose: () => void): Disposable {
  let isDisposed = false;
  return {
    dispose: () => {
      if (!isDisposed) {
        isDisposed = true;
        dispose();
      }
    },
  };
}

/** Owns disposables: disposes in reverse order, collects errors so one never hides the others, disposes late arrivals at once. */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Takes ownership of `item` and hands it back. */
  add<T extends Disposable>(item: T): T {
    if (this.#isDisposed) {
      item.dispose();
    } else {
      this.#items.add(item);
    }
    return item;
  }

  /** Disposes `item` now and forgets it. */
  delete(item: Disposable): void {
    if (this.#items.delete(item)) {
      item.dispose();
    }
  }

  dispose(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#isDisposed = true;
    const errors: unknown[] = [];
    for (const item of [...this.#items].reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#items.clear();
    if (errors.length > 0) {
      throw new AggregateError(errors, "disposing failed");
    }
  }
}
