// Texts of rows whose items only the compiler knows: asked of the extension for the rows that are in view, and for all while
// a filter looks through them. Kept as long as their rows are.

import { signal } from "@preact/signals";
import type { StreamRow, StreamRowText } from "../../src/protocol/panelStream.ts";

/** Rows that are asked for at once: what is shown next is never far behind them. */
const mostAtOnce = 100;

export type AskForTexts = (
  serial: number,
  sequences: readonly number[],
) => Promise<readonly StreamRowText[]>;

export class RowTexts {
  readonly #ask: AskForTexts;
  readonly #texts = new Map<number, StreamRowText>();
  /** The same texts: a new object when there are others, for those who read them. */
  readonly #shown = signal({ texts: this.#texts, waiting: 0 });
  #serial = 0;
  #wanted: readonly number[] = [];
  #isAsking = false;

  constructor(ask: AskForTexts) {
    this.#ask = ask;
  }

  /** What the compiler says of a row; undefined until it is known. */
  of(sequence: number): StreamRowText | undefined {
    return this.#shown.value.texts.get(sequence);
  }

  /** Rows that are wanted and not known yet. */
  get waiting(): number {
    return this.#shown.value.waiting;
  }

  /** What a filter looks through. */
  searchedText(row: StreamRow): string {
    const known = this.of(row.sequence);
    return `${known?.text ?? row.text} ${known?.problem ?? ""}`;
  }

  /** These rows are to be shown, in this order of urgency; rows that were wanted before and are not among them are not. */
  want(sequences: readonly number[]): void {
    this.#wanted = sequences.filter((sequence) => !this.#texts.has(sequence));
    void this.#run();
  }

  /** Forgets all: it is another stream. */
  reset(serial: number): void {
    this.#serial = serial;
    this.#wanted = [];
    this.#texts.clear();
    this.#changed();
  }

  /** The bridge is another one: rows that are bytes are asked for again. */
  retry(): void {
    for (const [sequence, { text }] of this.#texts) {
      if (text === null) {
        this.#texts.delete(sequence);
      }
    }
    this.#changed();
  }

  /** Forgets those of rows that are gone. */
  keepFrom(first: number): void {
    for (const sequence of this.#texts.keys()) {
      if (sequence < first) {
        this.#texts.delete(sequence);
      }
    }
  }

  async #run(): Promise<void> {
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    while (this.#wanted.length > 0) {
      const asked = this.#wanted.slice(0, mostAtOnce);
      this.#wanted = this.#wanted.slice(mostAtOnce);
      await this.#take(this.#serial, asked);
    }
    this.#isAsking = false;
  }

  async #take(serial: number, asked: readonly number[]): Promise<void> {
    const answers = new Map<number, StreamRowText>();
    for (const text of await this.#ask(serial, asked).catch(() => [])) {
      answers.set(text.sequence, text);
    }
    if (serial !== this.#serial) {
      return;
    }
    for (const sequence of asked) {
      // No answer is one too: the row stays what it is, and is not asked for again and again.
      const text = answers.get(sequence) ?? { sequence, text: null, problem: null };
      this.#texts.set(sequence, text);
    }
    this.#wanted = this.#wanted.filter((sequence) => !this.#texts.has(sequence));
    this.#changed();
  }

  #changed(): void {
    this.#shown.value = { texts: this.#texts, waiting: this.#wanted.length };
  }
}
