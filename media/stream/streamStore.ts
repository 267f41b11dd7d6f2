// The stream as the page has it: status and rows from the extension, and what the view itself keeps.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { StreamRow, StreamStatus, StreamUpdate } from "../../src/protocol/panelStream.ts";
import { RowTexts, type AskForTexts } from "./rowTexts.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import type { RequestStore } from "../request/requestStore.ts";

export class StreamStore {
  readonly status = signal<StreamStatus | null>(null);
  /** When the status came, for times that go on. */
  readonly statusAtMs = signal(0);
  readonly rows = signal<readonly StreamRow[]>([]);
  readonly filter = signal("");
  /** Sequence of the row that is active. */
  readonly active = signal<number | null>(null);
  readonly isFollowing = signal(true);
  /** Rows that came while the view was scrolled up. */
  readonly unseen = signal(0);
  /** Why the last item or file was not sent. */
  readonly problem = signal<string | null>(null);
  /** The item being written, of the method it belongs to. */
  readonly composer = signal<RequestStore | null>(null);
  /** What was typed as the next item before the page was loaded again. */
  restoredItem: JsonObject | null = null;
  /** By the compiler's word, where the source does not tell the items. */
  readonly texts: RowTexts;
  readonly shown: ReadonlySignal<readonly StreamRow[]> = computed(() => {
    const text = this.filter.value.trim().toLowerCase();
    if (text === "") {
      return this.rows.value;
    }
    return this.rows.value.filter((row) =>
      this.texts.searchedText(row).toLowerCase().includes(text),
    );
  });
  #serial = 0;

  constructor(askForTexts: AskForTexts) {
    this.texts = new RowTexts(askForTexts);
  }

  /** Takes over what the extension says. */
  apply(update: StreamUpdate | null): void {
    batch(() => {
      if (update?.serial !== this.#serial) {
        this.#begin(update?.serial ?? 0);
      }
      this.status.value = update?.status ?? null;
      this.statusAtMs.value = Date.now();
      if (update === null) {
        return;
      }
      this.#addRows(update);
    });
  }

  #addRows({ isWhole, rows, status }: StreamUpdate): void {
    const last = this.rows.value.at(-1)?.sequence ?? -1;
    const all = isWhole ? rows : [...this.rows.value, ...rows];
    this.rows.value = all.length > status.kept ? all.slice(-status.kept) : all;
    this.texts.keepFrom(this.rows.value[0]?.sequence ?? 0);
    if (!this.isFollowing.value) {
      this.unseen.value += Math.max(0, (this.rows.value.at(-1)?.sequence ?? -1) - last);
    }
  }

  #begin(serial: number): void {
    this.#serial = serial;
    this.rows.value = [];
    this.texts.reset(serial);
    this.active.value = null;
    this.isFollowing.value = true;
    this.problem.value = null;
    this.unseen.value = 0;
  }

  /** Goes to the newest row and stays there. */
  follow(): void {
    batch(() => {
      this.isFollowing.value = true;
      this.unseen.value = 0;
    });
  }
}
