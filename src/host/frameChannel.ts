// The host's end of the pipe: blocking reads and writes of whole frames. Blocking is what survives plugins that close or
// scribble over descriptors, and is fastest; the price, one request at a time, is wanted anyway.

import { readSync, writevSync, writeSync } from "node:fs";
import { splitMessage, joinMessage } from "../protocol/binaryParts.ts";
import {
  decodeFrameHeader,
  encodeFrameHeader,
  frameHeaderSize,
  isViolation,
} from "../protocol/frames.ts";
import type { FrameLimits } from "../protocol/frames.ts";

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
}

/** Wraps a descriptor. */
export function createFrameChannel(descriptor: number, limits: FrameLimits): FrameChannel {
  const header = Buffer.alloc(frameHeaderSize);
  return {
    read: () => {
      if (!readFully(descriptor, header)) {
        return null;
      }
      const frame = decodeFrameHeader(header, limits);
      if (isViolation(frame)) {
        return null;
      }
      const head = Buffer.allocUnsafe(frame.headLength);
      const body = Buffer.allocUnsafe(frame.bodyLength);
      if (!readFully(descriptor, head) || !readFully(descriptor, body)) {
        return null;
      }
      return asRequest(joinMessage(head.toString("utf8"), body));
    },
    write: (message) => {
      const { json, parts } = splitMessage(message);
      const head = Buffer.from(json, "utf8");
      const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
      const frameHeader = encodeFrameHeader("response", head.length, bodyLength);
      writeFully(descriptor, [frameHeader, head, ...parts]);
    },
  };
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
