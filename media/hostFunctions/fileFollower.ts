// Between one thing that is edited here and its place in the file: what is typed goes there a pause later, what changes there comes
// here, and neither overtakes the other.

import { effect, signal } from "@preact/signals";

/** Typing pauses that long before the file is changed. */
const writeDelayMs = 300;

interface FollowerPorts<T> {
  /** What is to stand in the file; undefined while it is not complete or does not fit. */
  readonly wanted: () => T | undefined;
  /** Changes the file; why it was not changed, or null. The file's new state is told before it settles. */
  readonly send: (value: T) => Promise<string | null>;
  /** Takes over what stands in the file. */
  readonly take: (value: T) => void;
}

export class FileFollower<T> {
  /** Why the last change was not made. */
  readonly problem = signal<string | null>(null);
  readonly #ports: FollowerPorts<T>;
  readonly #stop: () => void;
  /** What the file has, or will have in a moment. */
  #written: string;
  #latest: { readonly value: T } | undefined;
  #sending = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(value: T, ports: FollowerPorts<T>) {
    this.#ports = ports;
    this.#written = JSON.stringify(value);
    this.#stop = effect(() => {
      const wanted = ports.wanted();
      clearTimeout(this.#timer);
      this.#timer =
        wanted === undefined || JSON.stringify(wanted) === this.#written
          ? undefined
          : setTimeout(() => {
              this.flush();
            }, writeDelayMs);
    });
  }

  /** The file has this now. */
  follow(value: T): void {
    this.#latest = { value };
    if (this.#sending > 0 || this.#timer !== undefined) {
      return;
    }
    const key = JSON.stringify(value);
    if (key !== this.#written) {
      this.#written = key;
      this.problem.value = null;
      this.#ports.take(value);
    }
  }

  /** The file has this now, which cannot be taken over; false when that is known already. */
  note(value: T): boolean {
    const key = JSON.stringify(value);
    const isNew = key !== this.#written;
    this.#written = key;
    return isNew;
  }

  /** What is here counts, whatever the file has. */
  overwrite(): void {
    this.#written = "";
    this.#send();
  }

  /** Changes the file at once, when there is something to change. */
  flush(): void {
    if (this.#timer !== undefined) {
      this.#send();
    }
  }

  dispose(): void {
    this.flush();
    this.#stop();
    clearTimeout(this.#timer);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wanted = this.#ports.wanted();
    if (wanted === undefined) {
      return;
    }
    this.#written = JSON.stringify(wanted);
    this.#sending += 1;
    void this.#ports.send(wanted).then(
      (problem) => {
        this.#sent(problem);
      },
      (error: unknown) => {
        this.#sent(error instanceof Error ? error.message : String(error));
      },
    );
  }

  #sent(problem: string | null): void {
    this.#sending -= 1;
    this.problem.value = problem;
    const latest = this.#latest;
    if (problem !== null) {
      // What was typed stays, though the file has something else.
      this.#written = JSON.stringify(latest?.value ?? null);
    } else if (latest !== undefined) {
      this.follow(latest.value);
    }
  }
}
