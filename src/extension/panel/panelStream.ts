// The streams of one panel: that of the shown method, and a few of methods shown before. Tells the page what is new a few
// times a second, and everything when it begins.

import type { StreamUpdate } from "../../protocol/panelStream.ts";
import type { FoundMethod } from "./panelState.ts";
import { StreamBuffer } from "./streamBuffer.ts";

const tellEveryMs = 100;
/** Those of streams that are open stay in any case; the panel leaves few of them open. */
const keptStreams = 4;

export class PanelStream {
  readonly #send: (update: StreamUpdate | null) => void;
  readonly #buffers = new Map<string, StreamBuffer>();
  #key = "";
  #serial = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (update: StreamUpdate | null) => void) {
    this.#send = send;
  }

  /** The stream that is shown; undefined when the method had none yet. */
  get current(): StreamBuffer | undefined {
    return this.#buffers.get(this.#key);
  }

  /** Begins a stream of a method, in place of its last one. */
  begin(key: string, { plugin, method }: FoundMethod, maxItems: number): StreamBuffer {
    this.#serial += 1;
    const buffer = new StreamBuffer({ plugin, method, maxItems, serial: this.#serial });
    this.#buffers.delete(key);
    this.#buffers.set(key, buffer);
    const over = [...this.#buffers].filter(([, { isOver }]) => isOver);
    for (const [oldest] of over.slice(0, Math.max(0, this.#buffers.size - keptStreams))) {
      this.#buffers.delete(oldest);
    }
    this.#key = key;
    buffer.onChanged = () => {
      if (this.current === buffer) {
        this.#timer ??= setTimeout(() => {
          this.#tell();
        }, tellEveryMs);
      }
    };
    this.sendWhole();
    return buffer;
  }

  /** The method's call is over. */
  end(key: string): void {
    this.#buffers.get(key)?.ended();
  }

  /** Turns to another method. */
  show(key: string): void {
    if (this.#key !== key) {
      this.#key = key;
      this.sendWhole();
    }
  }

  /** The page begins, or the stream is another one. */
  sendWhole(): void {
    this.#stopTimer();
    this.#send(this.current?.whole() ?? null);
  }

  dispose(): void {
    this.#stopTimer();
    this.#buffers.clear();
  }

  #tell(): void {
    this.#timer = undefined;
    const { current } = this;
    if (current !== undefined) {
      this.#send(current.news());
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
