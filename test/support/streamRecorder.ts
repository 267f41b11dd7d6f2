// A stream's user for tests: keeps what happens and lets a test wait for it.

import type { PanicReport } from "../../src/model/outcome.ts";
import type { StreamControl, StreamItem, StreamUser, StreamWait } from "../../src/model/stream.ts";

export class StreamRecorder implements StreamUser {
  readonly items: StreamItem[] = [];
  readonly waited: StreamWait[] = [];
  readonly panics: PanicReport[] = [];
  readonly #onOpened: (control: StreamControl) => void;
  #control: StreamControl | null = null;
  #watchers: (() => void)[] = [];

  /** `onOpened` says what to do with it at once, such as to run it. */
  constructor(onOpened: (control: StreamControl) => void = () => undefined) {
    this.#onOpened = onOpened;
  }

  get control(): StreamControl {
    if (this.#control === null) {
      throw new Error("the stream is not open yet");
    }
    return this.#control;
  }

  get wait(): StreamWait | undefined {
    return this.waited.at(-1);
  }

  opened(control: StreamControl): void {
    this.#control = control;
    this.#onOpened(control);
    this.#notify();
  }

  item(item: StreamItem): void {
    this.items.push(item);
    this.#notify();
  }

  waits(wait: StreamWait): void {
    this.waited.push(wait);
    this.#notify();
  }

  panicked(panic: PanicReport): void {
    this.panics.push(panic);
    this.#notify();
  }

  /** Settles when `condition` holds after something that happened, or holds already. */
  until(condition: (recorder: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): boolean => {
        if (!condition(this)) {
          return false;
        }
        resolve();
        return true;
      };
      if (!check()) {
        this.#watchers.push(() => {
          if (check()) {
            this.#watchers = this.#watchers.filter((other) => other !== watcher);
          }
        });
        const watcher = this.#watchers.at(-1);
      }
    });
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) {
      watcher();
    }
  }
}
