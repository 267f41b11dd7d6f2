// The stream as the page has it: status and rows from the extension, and what the view itself keeps.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { StreamRow, StreamStatus, StreamUpdate } from "../../src/protocol/panelStream.ts";
import type { JsonObject } from "../../src/model/value.ts";
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
  readonly shown: ReadonlySignal<readonly StreamRow[]> = computed(() => {
    const text = this.filter.value.trim().toLowerCase();
    return text === ""
      ? this.rows.value
      : this.rows.value.filter((row) => row.text.toLowerCase().includes(text));
  });
  #serial = 0;

  /** Takes over what the extension says. */
  apply(update: StreamUpdate | null): void {
    batch(() => {
      if (update?.serial !== this.#serial) {
        this.#serial = update?.serial ?? 0;
        this.rows.value = [];
        this.active.value = null;
        this.isFollowing.value = true;
        this.problem.value = null;
        this.unseen.value = 0;
      }
      this.status.value = update?.status ?? null;
      this.statusAtMs.value = Date.now();
      if (update === null) {
        return;
      }
      const last = this.rows.value.at(-1)?.sequence ?? -1;
      const rows = update.isWhole ? update.rows : [...this.rows.value, ...update.rows];
      this.rows.value = rows.length > update.status.kept ? rows.slice(-update.status.kept) : rows;
      if (!this.isFollowing.value) {
        this.unseen.value += Math.max(0, (this.rows.value.at(-1)?.sequence ?? -1) - last);
      }
    });
  }

  /** Goes to the newest row and stays there. */
  follow(): void {
    batch(() => {
      this.isFollowing.value = true;
      this.unseen.value = 0;
    });
  }
}
