// What the host's main thread and the thread that answers host functions hand each other.

import type { MessagePort } from "node:worker_threads";

/** Given to the thread at its start. */
export interface ThreadData {
  /** To the thread: instructions as JSON text in bytes. From it: a {@link PreparedInterface}. */
  readonly port: MessagePort;
  /** Its one element becomes 1 when an answer lies in the port. */
  readonly signal: Int32Array<SharedArrayBuffer>;
  /** The pipe for records. */
  readonly recordDescriptor: number;
}

/** An interface that can be bound, or what keeps its functions from answering. */
export interface PreparedInterface {
  /** Addresses. */
  readonly dispatch: bigint;
  readonly freeBuffer: bigint;
  readonly problems: readonly string[];
}
