// The host's frames as bytes: how a message and its raw body cross the pipe between runner and host process, and the
// checked, incremental reading of them. The plugin shares the host's process, so the bytes may be anything (R3, R4):
// a violation is a value, after which the decoder reads nothing more. It knows nothing of JSON.

/** What a frame's head is: a JSON-RPC request, response or notification. */
export type FrameType = "request" | "response" | "notification";

/** A whole frame: the head is UTF-8 JSON, the body is what the message's binary parts point into. */
export interface Frame {
  readonly type: FrameType;
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

/** How long a frame's parts may be. */
export interface FrameLimits {
  readonly headBytes: number;
  readonly bodyBytes: number;
}

/** Head at most 1 MiB, body at most 256 MiB (R3). */
export const defaultFrameLimits: FrameLimits = {
  headBytes: 1024 * 1024,
  bodyBytes: 256 * 1024 * 1024,
};

/** Why bytes are no frame; `message` is for the log and the outcome. */
export interface FrameViolation {
  readonly kind: "badMagic" | "badType" | "headTooLong" | "bodyTooLong";
  readonly message: string;
}

/** Magic (4), type (4), head length (4), body length (4); integers little endian. */
export const frameHeaderSize = 16;

/** "FIDH" as the bytes of a little-endian u32. */
const magic = 0x48444946;

const typeCodes = { request: 1, response: 2, notification: 3 } as const satisfies Readonly<
  Record<FrameType, number>
>;

/** A checked frame header. */
export interface FrameHeader {
  readonly type: FrameType;
  readonly headLength: number;
  readonly bodyLength: number;
}

/** The header of a frame with parts of these lengths. */
export function encodeFrameHeader(
  type: FrameType,
  headLength: number,
  bodyLength: number,
): Uint8Array {
  const bytes = new Uint8Array(frameHeaderSize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, typeCodes[type], true);
  view.setUint32(8, headLength, true);
  view.setUint32(12, bodyLength, true);
  return bytes;
}

/** Reads and checks the first {@link frameHeaderSize} bytes of `bytes`. */
export function decodeFrameHeader(
  bytes: Uint8Array,
  limits: FrameLimits,
): FrameHeader | FrameViolation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0, true);
  if (found !== magic) {
    return violation("badMagic", `bad magic 0x${found.toString(16).padStart(8, "0")}`);
  }
  const code = view.getUint32(4, true);
  const type = (Object.keys(typeCodes) as FrameType[]).find((name) => typeCodes[name] === code);
  if (type === undefined) {
    return violation("badType", `unknown frame type ${String(code)}`);
  }
  const headLength = view.getUint32(8, true);
  if (headLength > limits.headBytes) {
    return violation("headTooLong", `a head of ${String(headLength)} bytes`);
  }
  const bodyLength = view.getUint32(12, true);
  if (bodyLength > limits.bodyBytes) {
    return violation("bodyTooLong", `a body of ${String(bodyLength)} bytes`);
  }
  return { type, headLength, bodyLength };
}

/** Whether reading a header gave a violation. */
export function isViolation(header: FrameHeader | FrameViolation): header is FrameViolation {
  return "kind" in header;
}

function violation(kind: FrameViolation["kind"], message: string): FrameViolation {
  return { kind, message };
}

/** What came of a chunk: the frames that it completed, and the violation that ended the reading, if any. */
export interface DecodedChunk {
  readonly frames: readonly Frame[];
  readonly violation: FrameViolation | null;
}

/**
 * Turns chunks of any size into frames. Linear in the bytes: chunks are kept in a list and joined once, when all that was
 * announced has arrived; never more than one checked length is held.
 */
export class FrameDecoder {
  readonly #limits: FrameLimits;
  #chunks: Uint8Array[] = [];
  #available = 0;
  #header: FrameHeader | null = null;
  #violation: FrameViolation | null = null;

  constructor(limits: FrameLimits = defaultFrameLimits) {
    this.#limits = limits;
  }

  /** Whether bytes of an unfinished frame are held: the other side ended in the middle of it. */
  get hasPartialFrame(): boolean {
    return this.#header !== null || this.#available > 0;
  }

  /** Takes the next bytes. After a violation everything is dropped and the same violation comes back. */
  push(chunk: Uint8Array): DecodedChunk {
    const frames: Frame[] = [];
    if (this.#violation === null && chunk.length > 0) {
      this.#chunks.push(chunk);
      this.#available += chunk.length;
      for (let frame = this.#next(); frame !== null; frame = this.#next()) {
        frames.push(frame);
      }
    }
    return { frames, violation: this.#violation };
  }

  #next(): Frame | null {
    const header = this.#header ?? this.#readHeader();
    if (header === null) {
      return null;
    }
    this.#header = header;
    const length = header.headLength + header.bodyLength;
    if (this.#available < length) {
      return null;
    }
    const bytes = this.#take(length);
    this.#header = null;
    return {
      type: header.type,
      head: bytes.subarray(0, header.headLength),
      body: bytes.subarray(header.headLength),
    };
  }

  #readHeader(): FrameHeader | null {
    if (this.#available < frameHeaderSize) {
      return null;
    }
    const header = decodeFrameHeader(this.#take(frameHeaderSize), this.#limits);
    if (isViolation(header)) {
      this.#violation = header;
      this.#chunks = [];
      this.#available = 0;
      return null;
    }
    return header;
  }

  /** Removes exactly `length` bytes from the front, copying only when they span chunks. */
  #take(length: number): Uint8Array {
    this.#available -= length;
    const first = this.#chunks[0];
    if (first !== undefined && first.length >= length) {
      this.#putBack(first, length, 1);
      return first.subarray(0, length);
    }
    const joined = new Uint8Array(length);
    let filled = 0;
    let used = 0;
    while (filled < length) {
      const chunk = this.#chunks[used];
      if (chunk === undefined) {
        break;
      }
      used += 1;
      const part = chunk.subarray(0, length - filled);
      joined.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) {
        this.#putBack(chunk, part.length, used);
        return joined;
      }
    }
    this.#chunks.splice(0, used);
    return joined;
  }

  /** Drops the first `used` chunks but keeps what `chunk`, the last of them, has from `offset` on. */
  #putBack(chunk: Uint8Array, offset: number, used: number): void {
    if (offset < chunk.length) {
      this.#chunks.splice(0, used, chunk.subarray(offset));
    } else {
      this.#chunks.splice(0, used);
    }
  }
}
