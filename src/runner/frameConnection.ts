// The runner's end of the host's pipe: frames as a vscode-jsonrpc MessageReader and MessageWriter, so that requests are made
// with the constants of protocol/host.ts. Every incoming frame is checked (R4): only an answer to a request that is waiting
// passes; anything else ends the reading.

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
import { joinMessage, splitMessage } from "../protocol/binaryParts.ts";
import { encodeFrameHeader, FrameDecoder } from "../protocol/frames.ts";
import type { Frame, FrameLimits } from "../protocol/frames.ts";

/** A connection over `stream`; `onViolation` is told once when what arrives is no answer. */
export function connectFrames(
  stream: Duplex,
  limits: FrameLimits,
  onViolation: (what: string) => void,
): MessageConnection {
  const waiting = new Set<number>();
  const reader = new FrameReader(stream, limits, waiting, onViolation);
  const connection = createMessageConnection(reader, new FrameWriter(stream, waiting));
  // Errors of the stream come with the end of the process, which is watched elsewhere.
  connection.onError(() => undefined);
  connection.listen();
  return connection;
}

class FrameReader extends AbstractMessageReader implements MessageReader {
  readonly #stream: Duplex;
  readonly #decoder: FrameDecoder;
  readonly #waiting: Set<number>;
  readonly #onViolation: (what: string) => void;

  constructor(
    stream: Duplex,
    limits: FrameLimits,
    waiting: Set<number>,
    onViolation: (what: string) => void,
  ) {
    super();
    this.#stream = stream;
    this.#decoder = new FrameDecoder(limits);
    this.#waiting = waiting;
    this.#onViolation = onViolation;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Uint8Array): void => {
      const { frames, violation } = this.#decoder.push(chunk);
      for (const frame of frames) {
        const message = this.#check(frame);
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
      this.#onViolation(what);
    };
    this.#stream.on("data", onData);
    return { dispose: () => this.#stream.off("data", onData) };
  }

  /** The message, when it is a well-formed answer to a request that waits for one. */
  #check(frame: Frame): Message | undefined {
    if (frame.type !== "response") {
      return undefined;
    }
    const json = Buffer.from(frame.head.buffer, frame.head.byteOffset, frame.head.length);
    const message = joinMessage(json.toString("utf8"), frame.body);
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
    this.#waiting.add(id);
    const { json, parts } = splitMessage(message);
    const head = Buffer.from(json, "utf8");
    const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
    this.#stream.cork();
    this.#stream.write(encodeFrameHeader("request", head.length, bodyLength));
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
