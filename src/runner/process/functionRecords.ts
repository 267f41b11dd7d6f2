// The records of host functions that a host process writes: checked like everything that a plugin's process could have
// written (R4), and collected per call of a method, bounded.

import { joinMessage } from "../../protocol/binaryParts.ts";
import { FrameDecoder } from "../../protocol/frames.ts";
import type { Frame } from "../../protocol/frames.ts";
import { hostFunctionRecords, recordedBytes, recordedCalls } from "../../protocol/hostFunctions.ts";
import type { FunctionAnswered, FunctionCalled } from "../../protocol/hostFunctions.ts";

export interface RecordListener {
  called(call: FunctionCalled): void;
  answered(answer: FunctionAnswered): void;
  /** What arrives is no record; nothing more is read. */
  violation(what: string): void;
}

const recordLimits = { headBytes: 64 * 1024, bodyBytes: recordedBytes };

/** Turns the bytes of the pipe into records. */
export class RecordReader {
  readonly #decoder = new FrameDecoder(recordLimits);
  readonly #listener: RecordListener;
  #isBroken = false;

  constructor(listener: RecordListener) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array): void {
    if (this.#isBroken) {
      return;
    }
    const { frames, violation } = this.#decoder.push(chunk);
    for (const frame of frames) {
      if (!this.#take(frame)) {
        this.#break("a record of a host function that is none");
        return;
      }
    }
    if (violation !== null) {
      this.#break(violation.message);
    }
  }

  #break(what: string): void {
    this.#isBroken = true;
    this.#listener.violation(what);
  }

  #take(frame: Frame): boolean {
    if (frame.type !== "notification") {
      return false;
    }
    const head = Buffer.from(frame.head.buffer, frame.head.byteOffset, frame.head.length);
    const message = joinMessage(head.toString("utf8"), frame.body);
    const { method, params } = (message ?? {}) as Readonly<Record<string, unknown>>;
    if (method === hostFunctionRecords.called.method && isCalled(params)) {
      this.#listener.called(params);
      return true;
    }
    if (method === hostFunctionRecords.answered.method && isAnswered(params)) {
      this.#listener.answered(params);
      return true;
    }
    return false;
  }
}

/** One recorded call. */
export interface RecordedCall {
  readonly call: FunctionCalled;
  /** Null when the process ended before there was one. */
  answer: FunctionAnswered | null;
}

/** The calls of host functions while a method ran. */
export class FunctionCalls {
  readonly #calls = new Map<number, RecordedCall>();
  #dropped = 0;

  called(call: FunctionCalled): void {
    if (this.#calls.size < recordedCalls) {
      // The arguments point into a chunk of the pipe, which would be kept whole.
      const bytes = new Uint8Array(call.arguments);
      this.#calls.set(call.order, { call: { ...call, arguments: bytes }, answer: null });
    } else {
      this.#dropped += 1;
    }
  }

  answered(answer: FunctionAnswered): void {
    const recorded = this.#calls.get(answer.order);
    if (recorded !== undefined) {
      recorded.answer = { ...answer, answer: new Uint8Array(answer.answer) };
    }
  }

  get calls(): readonly RecordedCall[] {
    return [...this.#calls.values()];
  }

  get droppedCalls(): number {
    return this.#dropped;
  }

  /** Everything that has arrived, to tell when nothing more comes. */
  get seen(): number {
    return this.#calls.size + this.#dropped;
  }
}

function isCalled(value: unknown): value is FunctionCalled {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    isCount(fields["order"]) &&
    typeof fields["interfaceName"] === "string" &&
    typeof fields["functionName"] === "string" &&
    isFinite(fields["atMs"]) &&
    fields["arguments"] instanceof Uint8Array &&
    isCount(fields["argumentBytes"])
  );
}

function isAnswered(value: unknown): value is FunctionAnswered {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    isCount(fields["order"]) &&
    isFinite(fields["durationMs"]) &&
    Number.isInteger(fields["status"]) &&
    fields["answer"] instanceof Uint8Array &&
    isCount(fields["answerBytes"]) &&
    (fields["problem"] === null || typeof fields["problem"] === "string")
  );
}

function asFields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isFinite(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
