// Tells listeners that something changed, once for changes that come close together.

import { type Disposable, toDisposable } from "../model/disposable.ts";

export interface DebouncedSignal extends Disposable {
  /** Listeners hear of it after the delay, counted from the last call. */
  fire(): void;
  listen(listener: () => void): Disposable;
}

export function createDebouncedSignal(delayMs: number): DebouncedSignal {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  return {
    fire: () => {
      clearTimeout(timer);
      if (isDisposed) {
        return;
      }
      timer = setTimeout(() => {
        for (const listener of listeners) {
          listener();
        }
      }, delayMs);
    },
    listen: (listener) => {
      listeners.add(listener);
      return toDisposable(() => listeners.delete(listener));
    },
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
