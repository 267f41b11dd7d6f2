// Writes what was asked and answered to a pipe of its own, whole frames at a time, before the plugin has its answer: after a
// crash or in an endless call the record is there.

import { writeSync } from "node:fs";
import { splitMessage } from "../protocol/binaryParts.ts";
import { encodeFrameHeader } from "../protocol/frames.ts";
import { hostFunctionRecords, recordedBytes } from "../protocol/hostFunctions.ts";
import type { Answer } from "./answers.ts";

const nothing = new Uint8Array(0);

export class RecordWriter {
  readonly #descriptor: number;
  #order = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Records that a call has arrived; gives its number. */
  called(interfaceName: string, functionName: string, input: Uint8Array): number {
    this.#order += 1;
    this.#write(hostFunctionRecords.called.method, {
      order: this.#order,
      interfaceName,
      functionName,
      atMs: performance.timeOrigin + performance.now(),
      arguments: input.length > recordedBytes ? nothing : input,
      argumentBytes: input.length,
    });
    return this.#order;
  }

  /** Records the answer to the call of that number. */
  answered(order: number, durationMs: number, { status, bytes, problem }: Answer): void {
    this.#write(hostFunctionRecords.answered.method, {
      order,
      durationMs,
      status,
      answer: bytes.length > recordedBytes ? nothing : bytes,
      answerBytes: bytes.length,
      problem,
    });
  }

  #write(method: string, params: object): void {
    const { json, parts } = splitMessage({ jsonrpc: "2.0", method, params });
    const head = Buffer.from(json, "utf8");
    const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
    const header = encodeFrameHeader("notification", head.length, bodyLength);
    const frame = Buffer.concat([header, head, ...parts]);
    for (let at = 0; at < frame.length;) {
      at += this.#attempt(frame, at);
    }
  }

  /** A plugin may have set the pipe to non-blocking, or closed it: then nothing more is recorded. */
  #attempt(frame: Uint8Array, at: number): number {
    try {
      return writeSync(this.#descriptor, frame, at, frame.length - at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return code === "EINTR" || code === "EAGAIN" ? 0 : frame.length - at;
    }
  }
}
