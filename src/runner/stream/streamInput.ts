// The input of a stream, from what people offer to what the plugin asks for. An item waits here until the plugin takes it.

import type { NextInputReply } from "../../protocol/host.ts";

interface OfferedItem {
  readonly bytes: Uint8Array;
  readonly settle: (isTaken: boolean) => void;
}

/** How a request for an item ended. */
export interface InputListener {
  /** The plugin asks and there is nothing to give. */
  readonly onWaiting: () => void;
  /** The plugin gets an answer, an item or the end. */
  readonly onAnswer: (bytes: Uint8Array | null) => void;
}

export class StreamInput {
  readonly #listener: InputListener;
  readonly #offered: OfferedItem[] = [];
  #isFinished = false;
  #isClosed = false;
  #answer: ((reply: NextInputReply) => void) | null = null;

  constructor(listener: InputListener) {
    this.#listener = listener;
  }

  /** The plugin asks; settles when there is an item or the end. */
  next(): Promise<NextInputReply> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      if (!this.#match()) {
        this.#listener.onWaiting();
      }
    });
  }

  /** Offers an item; settles true when the plugin took it, false when it never will. */
  send(bytes: Uint8Array): Promise<boolean> {
    if (this.#isFinished || this.#isClosed) {
      return Promise.resolve(false);
    }
    return new Promise((settle) => {
      this.#offered.push({ bytes, settle });
      this.#match();
    });
  }

  /** No more items; those offered are still given. */
  finish(): void {
    this.#isFinished = true;
    this.#match();
  }

  /** Nobody asks any more. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of this.#offered.splice(0)) {
      settle(false);
    }
  }

  /** Answers the plugin if it asks and there is something to answer. */
  #match(): boolean {
    const answer = this.#answer;
    if (answer === null || (this.#offered.length === 0 && !this.#isFinished)) {
      return false;
    }
    const item = this.#offered.shift();
    this.#answer = null;
    this.#listener.onAnswer(item?.bytes ?? null);
    answer(item === undefined ? { kind: "finished" } : { kind: "item", bytes: item.bytes });
    item?.settle(true);
    return true;
  }
}
