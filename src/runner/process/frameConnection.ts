// The runner's end of the host's pipe: frames as a vscode-jsonrpc MessageReader and MessageWriter, so that requests are made
// with the constants of protocol/host.ts. Every incoming frame is checked (R4): only an answer to a request that is waiting
// passes, and what the peer expects from a host in the middle of a request; anything else ends the reading.

import type { Duplex } from "node:stream";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
} from "vscode-jsonrpc/node";
import type {
  DataCallback,
  Disposable,
  Message,
  MessageConnection,
  MessageReader,
  MessageWriter,
} from "vscode-jsonrpc/node";
import { joinMessage, splitMessage } from "../../protocol/binaryParts.ts";
import { encodeFrameHeader, FrameDecoder } from "../../protocol/frames.ts";
import type { Frame, FrameLimits } from "../../protocol/frames.ts";
import { hostNotifications } from "../../protocol/host.ts";

/** Who hears what is no answer. */
export interface FramePeer {
  /** Told once when a frame makes no sense. */
  onViolation(what: string): void;
  /** Whether the host may ask this now. */
  expectsRequest(method: string): boolean;
  /** Takes a notification's body at once, past the connection's queue; false when it makes no sense now. */
  onItems(body: Uint8Array): boolean;
}

/** A connection over `stream`. */
export function connectFrames(
  stream: Duplex,
  limits: FrameLimits,
  peer: FramePeer,
): MessageConnection {
  const waiting = new Set<number>();
  const reader = new FrameReader(stream, limits, waiting, peer);
  const connection = createMessageConnection(reader, new FrameWriter(stream, waiting));
  // Errors of the stream come with the end of the process, which is watched elsewhere.
  connection.onError(() => undefined);
  connection.listen();
  return connection;
}

const itemsHead = Buffer.from(
  JSON.stringify({ jsonrpc: "2.0", method: hostNotifications.streamItems.method, params: null }),
);

class FrameReader extends AbstractMessageReader implements MessageReader {
  readonly #stream: Duplex;
  readonly #decoder: FrameDecoder;
  readonly #waiting: Set<number>;
  readonly #peer: FramePeer;

  constructor(stream: Duplex, limits: FrameLimits, waiting: Set<number>, peer: FramePeer) {
    super();
    this.#stream = stream;
    this.#decoder = new FrameDecoder(limits);
    this.#waiting = waiting;
    this.#peer = peer;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Uint8Array): void => {
      const { frames, violation } = this.#decoder.push(chunk);
      for (const frame of frames) {
        if (frame.type === "notification") {
          if (!this.#takeItems(frame)) {
            stop("items of a stream that nobody asked for");
            return;
          }
          continue;
        }
        const message = frame.type === "response" ? this.#check(frame) : this.#checkRequest(frame);
        if (message === undefined) {
          stop("a frame that answers nothing");
          return;
        }
        callback(message);
      }
      if (violation !== null) {
        stop(violation.message);
      }
    };
    const stop = (what: string): void => {
      this.#stream.off("data", onData);
      this.#stream.resume();
      this.#peer.onViolation(what);
    };
    this.#stream.on("data", onData);
    return { dispose: () => this.#stream.off("data", onData) };
  }

  /** The message, when it is a well-formed answer to a request that waits for one. */
  #check(frame: Frame): Message | undefined {
    const message = joinMessage(headText(frame), frame.body);
    if (typeof message !== "object" || message === null) {
      return undefined;
    }
    const { jsonrpc, id, error } = message as Readonly<Record<string, unknown>>;
    const isAnswer =
      jsonrpc === "2.0" &&
      typeof id === "number" &&
      this.#waiting.delete(id) &&
      ("result" in message ? error === undefined : isError(error));
    return isAnswer ? (message as Message) : undefined;
  }

  /** The message, when it is a request that the peer expects now. */
  #checkRequest(frame: Frame): Message | undefined {
    const message = joinMessage(headText(frame), frame.body);
    if (typeof message !== "object" || message === null) {
      return undefined;
    }
    const { jsonrpc, id, method, params } = message as Readonly<Record<string, unknown>>;
    const isExpected =
      jsonrpc === "2.0" &&
      Number.isSafeInteger(id) &&
      typeof method === "string" &&
      this.#peer.expectsRequest(method);
    return isExpected ? ({ jsonrpc, id, method, params } as Message) : undefined;
  }

  /** Items arrive by the thousand: the one notification there is is known by the bytes of its head. */
  #takeItems(frame: Frame): boolean {
    return Buffer.compare(frame.head, itemsHead) === 0 && this.#peer.onItems(frame.body);
  }
}

function headText(frame: Frame): string {
  const { buffer, byteOffset, length } = frame.head;
  return Buffer.from(buffer, byteOffset, length).toString("utf8");
}

function isError(error: unknown): boolean {
  if (typeof error !== "object" || error === null) {
    return false;
  }
  const { code, message } = error as Readonly<Record<string, unknown>>;
  return typeof code === "number" && typeof message === "string";
}

class FrameWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: Duplex;
  readonly #waiting: Set<number>;

  constructor(stream: Duplex, waiting: Set<number>) {
    super();
    this.#stream = stream;
    this.#waiting = waiting;
  }

  write(message: Message): Promise<void> {
    const { id } = message as { readonly id?: unknown };
    if (typeof id !== "number") {
      // Notifications (cancellation, tracing) have no reader: the host does one request at a time.
      return Promise.resolve();
    }
    const isRequest = "method" in message;
    if (isRequest) {
      this.#waiting.add(id);
    }
    const { json, parts } = splitMessage(message);
    const head = Buffer.from(json, "utf8");
    const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
    this.#stream.cork();
    this.#stream.write(
      encodeFrameHeader(isRequest ? "request" : "response", head.length, bodyLength),
    );
    this.#stream.write(head);
    for (const part of parts) {
      this.#stream.write(part);
    }
    this.#stream.uncork();
    return Promise.resolve();
  }

  end(): void {
    this.#stream.end();
  }
}
