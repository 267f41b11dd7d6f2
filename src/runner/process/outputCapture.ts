// What a host process prints, per call: the last 1 MiB of each stream and a count of what was dropped (R18). Reading never
// waits for anybody, because a plugin whose pipe is full would never return.

import type { CapturedOutput } from "../../model/outcome.ts";

/** What is kept of each stream (R18). */
const keptBytes = 1024 * 1024;

/** The last bytes of a stream. */
export class OutputRing {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #first = 0;
  #length = 0;
  #droppedBytes = 0;

  constructor(limit: number = keptBytes) {
    this.#limit = limit;
  }

  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  push(chunk: Uint8Array): void {
    const kept = chunk.length > this.#limit ? chunk.subarray(chunk.length - this.#limit) : chunk;
    this.#droppedBytes += chunk.length - kept.length;
    this.#chunks.push(kept);
    this.#length += kept.length;
    this.#trim();
  }

  /** The kept text; what began before it is cut at a character. */
  text(): string {
    const bytes = Buffer.concat(this.#chunks.slice(this.#first), this.#length);
    let start = 0;
    while (this.#droppedBytes > 0 && start < 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) {
      start += 1;
    }
    return bytes.toString("utf8", start);
  }

  #trim(): void {
    for (let excess = this.#length - this.#limit; excess > 0; excess = this.#length - this.#limit) {
      const oldest = this.#chunks[this.#first];
      if (oldest === undefined) {
        return;
      }
      const dropped = Math.min(excess, oldest.length);
      this.#droppedBytes += dropped;
      this.#length -= dropped;
      if (dropped === oldest.length) {
        this.#chunks[this.#first] = emptyChunk;
        this.#first += 1;
      } else {
        this.#chunks[this.#first] = oldest.subarray(dropped);
      }
    }
    // Dropped places are given back now and then, so that no push moves the whole list.
    if (this.#first > 1024) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
  }
}

const emptyChunk = new Uint8Array(0);

/** Both streams of one call. */
export class OutputCapture {
  readonly stdout = new OutputRing();
  readonly stderr = new OutputRing();

  captured(): CapturedOutput {
    return {
      stdout: this.stdout.text(),
      stderr: this.stderr.text(),
      droppedBytes: this.stdout.droppedBytes + this.stderr.droppedBytes,
    };
  }
}
