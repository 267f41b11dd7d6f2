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

/** What a chunk gave: the frames that it completed, and the violation that ended the reading, if any. */
export interface DecodedChunk {
  readonly frames: readonly Frame[];
  readonly violation: FrameViolation | null;
}

/**
 * Turns chunks of any size into frames. Linear in the bytes: those of a frame that spans chunks are copied once, as they arrive,
 * to an array of the announced length; never more than that one checked length is held.
 */
export class FrameDecoder {
  readonly #limits: FrameLimits;
  readonly #headerBytes = new Uint8Array(frameHeaderSize);
  #header: FrameHeader | null = null;
  /** Head and body of the frame that spans chunks. */
  #parts: Uint8Array | null = null;
  /** How much of the header, or of the parts behind it, has come. */
  #filled = 0;
  #violation: FrameViolation | null = null;

  constructor(limits: FrameLimits = defaultFrameLimits) {
    this.#limits = limits;
  }

  /** Whether bytes of an unfinished frame are held: the other side ended in the middle of it. */
  get hasPartialFrame(): boolean {
    return this.#header !== null || this.#filled > 0;
  }

  /** Takes the next bytes. After a violation everything is dropped and the same violation comes back. */
  push(chunk: Uint8Array): DecodedChunk {
    const frames: Frame[] = [];
    let rest = chunk;
    while (this.#violation === null && rest.length > 0) {
      if (this.#header === null) {
        rest = this.#fill(this.#headerBytes, rest);
        this.#readHeader();
      }
      const header = this.#header;
      if (header !== null) {
        rest = this.#takeParts(header, rest, frames);
      }
    }
    return { frames, violation: this.#violation };
  }

  #readHeader(): void {
    if (this.#filled < frameHeaderSize) {
      return;
    }
    this.#filled = 0;
    const header = decodeFrameHeader(this.#headerBytes, this.#limits);
    if (isViolation(header)) {
      this.#violation = header;
    } else {
      this.#header = header;
    }
  }

  /** Takes head and body from `chunk`, without copying when all of them are in it, and returns what follows them. */
  #takeParts(header: FrameHeader, chunk: Uint8Array, frames: Frame[]): Uint8Array {
    const length = header.headLength + header.bodyLength;
    const isWhole = this.#parts === null && chunk.length >= length;
    const parts = isWhole ? chunk.subarray(0, length) : (this.#parts ??= new Uint8Array(length));
    const rest = isWhole ? chunk.subarray(length) : this.#fill(parts, chunk);
    if (!isWhole && this.#filled < length) {
      return rest;
    }
    frames.push({
      type: header.type,
      head: parts.subarray(0, header.headLength),
      body: parts.subarray(header.headLength),
    });
    this.#header = null;
    this.#parts = null;
    this.#filled = 0;
    return rest;
  }

  /** Copies what `target` still needs, and returns the rest of the chunk. */
  #fill(target: Uint8Array, chunk: Uint8Array): Uint8Array {
    const count = Math.min(target.length - this.#filled, chunk.length);
    target.set(chunk.subarray(0, count), this.#filled);
    this.#filled += count;
    return chunk.subarray(count);
  }
}
