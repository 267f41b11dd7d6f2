// What the panel shows of a stream. The extension keeps the items, because a hidden webview receives nothing; the page gets
// rows to show, in batches, and asks for a whole value when a row is opened.

import type { MethodTarget } from "./lsp.ts";
import type { StreamDirection, StreamWait } from "../model/stream.ts";
import type { JsonValue } from "../model/value/value.ts";

/** A row of the timeline. */
export interface StreamRow {
  /** Counts all items of the stream, both directions, from 0. */
  readonly sequence: number;
  readonly direction: StreamDirection;
  /** Counts each direction from 0. */
  readonly index: number;
  /** Milliseconds since the stream was opened. */
  readonly atMs: number;
  readonly bytes: number;
  /** The value on one line, cut when it is long; or why it has none. */
  readonly text: string;
  readonly isReadable: boolean;
}

/** Where a stream stands. */
export interface StreamStatus {
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  readonly wait: StreamWait | "opening" | "ended";
  /** How long it has waited for that. */
  readonly waitMs: number;
  /** It asks for items until told otherwise. */
  readonly isRunning: boolean;
  readonly isInputFinished: boolean;
  readonly received: number;
  readonly sent: number;
  /** Input items that the plugin has not asked for yet. */
  readonly offered: number;
  readonly perSecond: number;
  /** Items that are still there, of all that crossed. */
  readonly kept: number;
  /** `next` panicked since the last item. */
  readonly panic: string | null;
}

export interface StreamUpdate {
  /** Another number is another stream. */
  readonly serial: number;
  /** `rows` are all that are kept, or the last of them while items come fast; else they follow those sent before. */
  readonly isWhole: boolean;
  readonly rows: readonly StreamRow[];
  readonly status: StreamStatus;
}

/** A row's item in the JSON of its type's own serde, which only the bridge knows. */
export interface StreamRowText {
  readonly sequence: number;
  /** On one line, cut when it is long; null where the row's own text, which is bytes, stays. */
  readonly text: string | null;
  /** Why it is bytes, or what its JSON leaves out. */
  readonly problem: string | null;
}

/** A whole item. */
export interface StreamItemValue {
  /** Null when the bytes are not of the item's type; `problem` says why. */
  readonly value: JsonValue | null;
  readonly problem: string | null;
  readonly bytes: Uint8Array;
  /** What the value leaves out of the item. */
  readonly note?: string;
}

/** What a button of the toolbar asks for. */
export type StreamCommand =
  | { readonly kind: "next"; readonly count: number }
  | { readonly kind: "run" | "pause" | "finishInput" | "drop" };

/** A stream that goes on while the panel shows another method. */
export interface OpenStream {
  readonly target: MethodTarget;
  /** `Trait::method` */
  readonly title: string;
  /** Name of the configured instance that it runs on. */
  readonly instance: string | null;
}
