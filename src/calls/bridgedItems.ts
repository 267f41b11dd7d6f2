// Items of a stream whose type no source tells, through the bridge: each is read or written by itself, and one that ends the
// bridge's process costs no other item its value.

import type { Bridge, DecodedJson } from "../bridge/bridges.ts";
import type { BridgePlace } from "../bridge/generatedSource.ts";
import { err, type Result } from "../model/result.ts";
import type { StreamDirection } from "../model/stream.ts";
import { describeBridgeFailure, type OpenBridge } from "./bridging.ts";

/** After so many items in a row that each ended the bridge twice, no more are asked for. */
const mostDeadlyItems = 3;

/** What is said of an item whose JSON leaves something out. */
export const lossyItemNote =
  "The type's JSON does not hold all of the item: read again, it gives other bytes (NaN and infinities are null in JSON).";

/** Whether a line of input is bytes, `{"$raw": …}`, and not JSON for serde. */
export function isRawLine(line: string): boolean {
  return /^\s*\{\s*"\$raw"\s*:/u.test(line);
}

export class BridgedItems {
  readonly #method: string;
  readonly #open: OpenBridge;
  #bridge: Bridge | undefined;
  #deadlyItems = 0;

  constructor(method: string, open: OpenBridge) {
    this.#method = method;
    this.#open = open;
  }

  /** The item in the JSON of its type's own serde; or why there is none. Aborting ends the bridge's process. */
  read(
    direction: StreamDirection,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<DecodedJson, string>> {
    return this.#ask(
      (bridge) => bridge.decode(this.#method, placeOf(direction), bytes, signal),
      signal,
    );
  }

  /** The bytes of an input item that is written in that JSON; or serde's words. */
  write(json: string): Promise<Result<Uint8Array, string>> {
    return this.#ask((bridge) => bridge.encode(this.#method, placeOf("in"), json));
  }

  /**
   * Asks a bridge that lives. When it ends meanwhile, it may be another's fault: the item gets a process of its own, and what
   * ends that one too, is the item.
   */
  async #ask<Answer>(
    ask: (bridge: Bridge) => Promise<Result<Answer, string>>,
    signal = new AbortController().signal,
  ): Promise<Result<Answer, string>> {
    let answer: Result<Answer, string> = err(tooDeadly);
    for (let attempt = 0; attempt < 2 && this.#deadlyItems < mostDeadlyItems; attempt += 1) {
      const opened = await this.#opened(signal);
      if (!opened.ok) {
        return opened;
      }
      answer = await ask(opened.value);
      if (opened.value.end === null || signal.aborted) {
        this.#deadlyItems = 0;
        return answer;
      }
      this.#deadlyItems += attempt;
    }
    return answer;
  }

  async #opened(signal: AbortSignal): Promise<Result<Bridge, string>> {
    if (this.#bridge === undefined || this.#bridge.end !== null) {
      const opened = await this.#open(signal);
      if (!opened.ok) {
        return err(`The compiler cannot be asked now: ${describeBridgeFailure(opened.error)}`);
      }
      this.#bridge = opened.value;
    }
    return { ok: true, value: this.#bridge };
  }
}

const tooDeadly = `Not asked for: ${String(mostDeadlyItems)} items before it ended the bridge's process, each twice.`;

function placeOf(direction: StreamDirection): BridgePlace {
  return direction === "in" ? "streamArgument" : "value";
}
