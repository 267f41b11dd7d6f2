// One running bridge: requests one after the other over the frames of docs/bridge.md. Its end, whenever it comes, is an answer.

import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import * as z from "zod";
import type { Disposable } from "../model/disposable.ts";
import { err, ok, type Result } from "../model/result.ts";
import { endProcessTree } from "../system/endProcessTree.ts";

const hello = z.object({
  protocol: z.literal(2),
  slots: z.array(
    z.object({
      method: z.string(),
      place: z.string(),
      type: z.string(),
      missing: z.array(z.string()),
    }),
  ),
});

/** A type that the bridge knows. */
export type BridgeSlot = z.infer<typeof hello>["slots"][number];

export const operations = {
  jsonToBincode: 1,
  bincodeToJson: 2,
  examine: 3,
  read: 4,
  make: 5,
} as const;

/** The outcome of a request: bytes, serde's words, or the end of the process. */
export type BridgeReply =
  | { readonly kind: "answer"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "ended"; readonly message: string };

const frameLimit = 512 * 1024 * 1024;
const startLimitMs = 20_000;
const answerLimitMs = 60_000;

export class BridgeProcess implements Disposable {
  readonly #child: ChildProcess;
  #waiting: ((frame: Buffer | null) => void) | null = null;
  #buffers: Buffer[] = [];
  #buffered = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #stderr = "";
  #end: string | null = null;
  #slots: readonly BridgeSlot[] = [];

  constructor(executable: string) {
    const isUnix = process.platform !== "win32";
    this.#child = spawn(executable, [], {
      stdio: ["pipe", isUnix ? "ignore" : "pipe", "pipe", ...(isUnix ? ["pipe" as const] : [])],
      detached: isUnix,
      windowsHide: true,
    });
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = `${this.#stderr}${chunk.toString("utf8")}`.slice(-4000);
    });
    const output = (isUnix ? this.#child.stdio[3] : this.#child.stdout) as Readable;
    output.on("error", () => undefined);
    output.on("data", (chunk: Buffer) => {
      this.#receive(chunk);
    });
    this.#child.once("error", (error) => {
      this.#finish(`The bridge could not be started: ${error.message}.`);
    });
    this.#child.once("close", (code, signal) => {
      const how = signal ?? `exit code ${String(code)}`;
      const words = this.#stderr.trim().split("\n").at(-1) ?? "";
      this.#finish(`The bridge's process ended (${how})${words === "" ? "." : `: ${words}`}`);
    });
  }

  /** Starts the program and reads which types it knows. */
  static async start(executable: string): Promise<Result<BridgeProcess, string>> {
    const bridge = new BridgeProcess(executable);
    const frame = await bridge.#nextFrame(startLimitMs);
    const parsed = frame === null ? undefined : hello.safeParse(parseJson(frame.toString("utf8")));
    if (parsed?.success === true) {
      bridge.#slots = parsed.data.slots;
      return ok(bridge);
    }
    bridge.dispose();
    return err(bridge.#end ?? "The bridge speaks another version of its protocol. Build it again.");
  }

  get slots(): readonly BridgeSlot[] {
    return this.#slots;
  }

  get isAlive(): boolean {
    return this.#end === null;
  }

  /** A sentence about the end; null while it runs. */
  get end(): string | null {
    return this.#end;
  }

  /** Asks; requests wait for each other. Aborting ends the process. */
  request(
    operation: number,
    slot: number,
    payload: Uint8Array,
    signal?: AbortSignal,
  ): Promise<BridgeReply> {
    const reply = this.#turn.then(() => this.#exchange(operation, slot, payload, signal));
    this.#turn = reply;
    return reply;
  }

  async #exchange(
    operation: number,
    slot: number,
    payload: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<BridgeReply> {
    const abort = (): void => {
      this.#kill("The conversion was cancelled.");
    };
    if (signal?.aborted === true) {
      abort();
    }
    if (this.#end !== null) {
      return { kind: "ended", message: this.#end };
    }
    signal?.addEventListener("abort", abort, { once: true });
    const head = Buffer.alloc(9);
    head.writeUInt32LE(payload.length + 5, 0);
    head.writeUInt8(operation, 4);
    head.writeUInt32LE(slot, 5);
    this.#child.stdin?.write(head);
    this.#child.stdin?.write(payload);
    const frame = await this.#nextFrame(answerLimitMs);
    signal?.removeEventListener("abort", abort);
    if (frame === null) {
      return { kind: "ended", message: this.#describeEnd() };
    }
    const bytes = new Uint8Array(frame.subarray(1));
    return frame[0] === 0
      ? { kind: "answer", bytes }
      : { kind: "refused", message: frame.toString("utf8", 1) };
  }

  dispose(): void {
    this.#kill("The bridge was ended.");
  }

  /** The next frame; null when the process ends first, or is ended because it takes too long. */
  async #nextFrame(limitMs: number): Promise<Buffer | null> {
    const timer = setTimeout(() => {
      this.#kill(`The bridge gave no answer within ${String(limitMs / 1000)} s and was ended.`);
    }, limitMs);
    const frame = await new Promise<Buffer | null>((resolve) => {
      this.#waiting = resolve;
      this.#deliver();
    });
    clearTimeout(timer);
    return frame;
  }

  #receive(chunk: Buffer): void {
    this.#buffers.push(chunk);
    this.#buffered += chunk.length;
    this.#deliver();
  }

  #deliver(): void {
    const waiting = this.#waiting;
    if (waiting === null) {
      return;
    }
    const size = this.#buffered < 4 ? null : this.#whole().readUInt32LE(0);
    if (size !== null && size > frameLimit) {
      this.#kill("The bridge sent a frame that makes no sense and was ended.");
    } else if (size !== null && this.#buffered >= size + 4) {
      const whole = this.#whole();
      this.#buffers = [whole.subarray(size + 4)];
      this.#buffered -= size + 4;
      this.#waiting = null;
      waiting(whole.subarray(4, size + 4));
    } else if (this.#end !== null) {
      this.#waiting = null;
      waiting(null);
    }
  }

  #whole(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#buffers;
    const whole = others.length === 0 ? first : Buffer.concat(this.#buffers, this.#buffered);
    this.#buffers = [whole];
    return whole;
  }

  #finish(message: string): void {
    this.#end ??= message;
    this.#deliver();
  }

  #describeEnd(): string {
    return this.#end ?? "The bridge's process ended.";
  }

  #kill(message: string): void {
    this.#end ??= message;
    endProcessTree(this.#child, "SIGKILL");
    this.#deliver();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
