// A stream while it runs: its items in both directions, what it waits for, and the controls that its user has. The runner
// makes it, panel and command line use it.

import type { PanicReport } from "./outcome.ts";

/** `out`: the plugin gave it; `in`: the plugin took it. */
export type StreamDirection = "out" | "in";

/** An item that crossed. */
export interface StreamItem {
  readonly direction: StreamDirection;
  /** Counts each direction from 0. */
  readonly index: number;
  /** Milliseconds since the stream was opened. */
  readonly atMs: number;
  /** The bincode of the item; its own copy. */
  readonly bytes: Uint8Array;
}

/**
 * What is waited for: `user`: nothing is asked of the plugin until somebody asks for an item; `plugin`: it was asked, or its
 * method runs; `input`: it asks for an input item and there is none yet; `turn`: another call or stream runs in its process;
 * `closing`: its end was asked for.
 */
export type StreamWait = "user" | "plugin" | "input" | "turn" | "closing";

/** What a stream tells while it runs; its end is the call's outcome. */
export interface StreamUser {
  /** Once, when it is open: from here on the control works. */
  opened(control: StreamControl): void;
  item(item: StreamItem): void;
  waits(wait: StreamWait): void;
  /** `next` panicked; the stream waits for the user and may give later items (reference 3.10). */
  panicked(panic: PanicReport): void;
  /** Awaited before more items are asked for: a slow user slows the plugin. */
  readonly settled?: () => Promise<void> | undefined;
}

/** The controls of an open stream. Cancelling is the call's own signal. */
export interface StreamControl {
  /** Asks for so many more items. */
  next(count: number): void;
  /** Asks for items until told otherwise. */
  run(): void;
  /** Asks for no more items; one that the plugin is busy with still comes. */
  pause(): void;
  /** Offers an item of the input; settles when the plugin took it, false when it never will. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** No more input: the plugin's input stream ends. */
  finishInput(): void;
  /** Drops the stream as it is, without an error; at once when the plugin is idle, else after its answer. */
  close(): void;
}
