// The host's end of the pipe: blocking reads and writes of whole frames. Blocking is what survives plugins that close or
// scribble over descriptors, and is fastest; the price, one request at a time, is wanted anyway. In the middle of a request
// the host may ask the runner something: the answer is then the next frame that arrives.

import { readSync, writevSync, writeSync } from "node:fs";
import { splitMessage, joinMessage } from "../../protocol/binaryParts.ts";
import {
  decodeFrameHeader,
  encodeFrameHeader,
  frameHeaderSize,
  isViolation,
} from "../../protocol/frames.ts";
import type { FrameLimits, FrameType } from "../../protocol/frames.ts";
import { recordHeadSize } from "../../protocol/streamRecords.ts";

/** Where a frame's header has the length of its body. */
const bodyLengthOffset = 12;

/** A request as it arrived. */
export interface IncomingRequest {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export interface FrameChannel {
  /** Waits for the next request; null when the other side is gone or does not keep to the protocol. */
  read(): IncomingRequest | null;
  write(message: object): void;
  /** Asks the runner and waits for its answer; undefined when it is gone or does not keep to the protocol. */
  request(method: string, params: unknown): unknown;
  /** Frames of one notification whose bodies are written in place. */
  notifications(method: string): NotificationWriter;
}

/** Writes frames without copying: the body's room is filled by its owner, then sent with one write. */
export interface NotificationWriter {
  /** Room for a body of at least `length` bytes; what stood in an earlier room is lost. */
  reserve(length: number): BodyRoom;
  /** Sends the first `length` bytes of the room. */
  send(length: number): void;
}

/** Room for a body: a head of {@link recordHeadSize} bytes, then the item. */
export interface BodyRoom {
  /** The whole body. */
  readonly view: DataView;
  /** The body without the record's head. */
  readonly item: Uint8Array;
  readonly itemCapacity: number;
}

/** Wraps a descriptor. */
export function createFrameChannel(descriptor: number, limits: FrameLimits): FrameChannel {
  const header = Buffer.alloc(frameHeaderSize);
  let lastId = 0;

  function readMessage(type: FrameType): unknown {
    if (!readFully(descriptor, header)) {
      return undefined;
    }
    const frame = decodeFrameHeader(header, limits);
    if (isViolation(frame) || frame.type !== type) {
      return undefined;
    }
    const head = Buffer.allocUnsafe(frame.headLength);
    const body = Buffer.allocUnsafe(frame.bodyLength);
    if (!readFully(descriptor, head) || !readFully(descriptor, body)) {
      return undefined;
    }
    return joinMessage(head.toString("utf8"), body);
  }

  function writeMessage(type: FrameType, message: object): void {
    const { json, parts } = splitMessage(message);
    const head = Buffer.from(json, "utf8");
    const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
    writeFully(descriptor, [encodeFrameHeader(type, head.length, bodyLength), head, ...parts]);
  }

  return {
    read: () => asRequest(readMessage("request")),
    write: (message) => {
      writeMessage("response", message);
    },
    request: (method, params) => {
      lastId += 1;
      writeMessage("request", { jsonrpc: "2.0", id: lastId, method, params });
      const answer = readMessage("response");
      if (typeof answer !== "object" || answer === null) {
        return undefined;
      }
      const { id, result } = answer as Readonly<Record<string, unknown>>;
      return id === lastId ? result : undefined;
    },
    notifications: (method) => new InPlaceWriter(descriptor, method),
  };
}

class InPlaceWriter implements NotificationWriter {
  readonly #descriptor: number;
  readonly #head: Buffer;
  #frame: Buffer;
  #room: BodyRoom;

  constructor(descriptor: number, method: string) {
    this.#descriptor = descriptor;
    this.#head = Buffer.from(JSON.stringify({ jsonrpc: "2.0", method, params: null }), "utf8");
    this.#frame = Buffer.alloc(0);
    this.#room = this.#grow(64 * 1024);
  }

  reserve(length: number): BodyRoom {
    if (this.#room.view.byteLength < length) {
      this.#room = this.#grow(length);
    }
    return this.#room;
  }

  send(length: number): void {
    this.#frame.writeUInt32LE(length, bodyLengthOffset);
    const end = frameHeaderSize + this.#head.length + length;
    for (let at = 0; at < end;) {
      const start = at;
      at += attempt(() => writeSync(this.#descriptor, this.#frame, start, end - start));
    }
  }

  #grow(length: number): BodyRoom {
    const bodyStart = frameHeaderSize + this.#head.length;
    this.#frame = Buffer.allocUnsafeSlow(bodyStart + length);
    this.#frame.set(encodeFrameHeader("notification", this.#head.length, 0));
    this.#frame.set(this.#head, frameHeaderSize);
    const item = this.#frame.subarray(bodyStart + recordHeadSize);
    return {
      view: new DataView(this.#frame.buffer, bodyStart, length),
      item,
      itemCapacity: item.length,
    };
  }
}

function asRequest(message: unknown): IncomingRequest | null {
  if (typeof message !== "object" || message === null) {
    return null;
  }
  const { id, method, params } = message as Readonly<Record<string, unknown>>;
  return typeof id === "number" && typeof method === "string" ? { id, method, params } : null;
}

function readFully(descriptor: number, target: Uint8Array): boolean {
  let filled = 0;
  while (filled < target.length) {
    const count = attempt(() => readSync(descriptor, target, filled, target.length - filled, null));
    if (count === 0) {
      return false;
    }
    filled += count;
  }
  return true;
}

function writeFully(descriptor: number, buffers: readonly Uint8Array[]): void {
  let written = attempt(() => writevSync(descriptor, buffers));
  for (const buffer of buffers) {
    const done = Math.min(written, buffer.length);
    written -= done;
    for (let at = done; at < buffer.length;) {
      at += attempt(() => writeSync(descriptor, buffer, at, buffer.length - at));
    }
  }
}

/** Repeats a system call that a signal interrupted, or that found the descriptor set to non-blocking by the plugin. */
function attempt(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EOF") {
        return 0;
      }
      if (code !== "EINTR" && code !== "EAGAIN") {
        throw error;
      }
    }
  }
}
