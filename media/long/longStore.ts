// The result that stayed unread, in the page: its bytes come in pieces, then its lists are measured in pieces, and from then on every view
// reads what it shows. There is one such result at a time, and one copy of it.

import { signal, type ReadonlySignal } from "@preact/signals";
import { longResultOf } from "../../src/codec/long/longResult.ts";
import type { LongValue } from "../../src/codec/long/longValue.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import { nextTurn } from "./nextTurn.ts";
import { plainBytes } from "../response/plainBytes.ts";

export type LongState =
  | { readonly kind: "none" }
  | { readonly kind: "receiving" | "reading"; readonly done: number; readonly total: number }
  | { readonly kind: "ready"; readonly value: LongValue }
  /** Another result took its place before it was here, or its types are not known any more. */
  | { readonly kind: "gone" };

/** Bytes of a result that came at that time; null when it is not kept any more. */
export type AskForBytes = (
  atMs: number,
  from: number,
  length: number,
) => Promise<Uint8Array | null>;

export interface LongResult {
  readonly atMs: number;
  readonly total: number;
  readonly method: MethodSchema;
  readonly types: TypeTable;
}

const pieceBytes = 2 * 1024 * 1024;
/** How long one piece of work may last. */
const pieceMs = 8;

export class LongStore {
  readonly #ask: AskForBytes;
  readonly #state = signal<LongState>({ kind: "none" });
  /** Counts results, so that what comes late is let go. */
  #serial = 0;

  constructor(ask: AskForBytes) {
    this.#ask = ask;
  }

  get state(): ReadonlySignal<LongState> {
    return this.#state;
  }

  clear(): void {
    this.#serial++;
    this.#state.value = { kind: "none" };
  }

  /** Fetches a result and makes it ready. */
  async begin(result: LongResult): Promise<void> {
    const serial = ++this.#serial;
    const isCurrent = (): boolean => serial === this.#serial;
    const { total } = result;
    this.#state.value = { kind: "receiving", done: 0, total };
    const bytes = await this.#fetch(result, isCurrent);
    const value = bytes && longResultOf(result.method, result.types, bytes);
    if (!isCurrent()) {
      return;
    }
    const isMeasured = value !== undefined && (await this.#measure(value, isCurrent));
    if (isCurrent()) {
      this.#state.value = isMeasured ? { kind: "ready", value } : { kind: "gone" };
    }
  }

  async #fetch(
    { atMs, total }: LongResult,
    isCurrent: () => boolean,
  ): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(total);
    for (let from = 0; from < total; from += pieceBytes) {
      const piece = await this.#ask(atMs, from, Math.min(pieceBytes, total - from));
      if (piece === null || !isCurrent()) {
        return undefined;
      }
      bytes.set(plainBytes(piece).subarray(0, total - from), from);
      this.#state.value = { kind: "receiving", done: from + piece.length, total };
    }
    return bytes;
  }

  async #measure(value: LongValue, isCurrent: () => boolean): Promise<boolean> {
    const total = value.bytes.length;
    let started = performance.now();
    const pieces = value.measure();
    for (let piece = pieces.next(); ; piece = pieces.next()) {
      if (piece.done === true) {
        return piece.value;
      }
      if (performance.now() - started > pieceMs) {
        this.#state.value = { kind: "reading", done: piece.value, total };
        await nextTurn();
        if (!isCurrent()) {
          return false;
        }
        started = performance.now();
      }
    }
  }
}
