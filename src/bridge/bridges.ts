// All bridges of a process: each is built when it is first needed, started when it is asked, and ended when nobody has
// asked for a while.

import type { BuildError } from "../cargo/build/build.ts";
import { fromSerdeJson, toSerdeJson } from "../codec/method/serdeParts.ts";
import type { Disposable } from "../model/disposable.ts";
import type { InterfaceSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { TypeSchema } from "../model/schema/schema.ts";
import { BridgeProcess, operations, type BridgeReply } from "./bridgeProcess.ts";
import { buildBridge, findBridge, type BridgeListener, type BuiltBridge } from "./buildBridge.ts";
import type { BridgeRequest } from "./bridgeRequest.ts";
import type { BridgePlace } from "./generatedSource.ts";

export type BridgeFailure = BuildError | { readonly kind: "notStarted"; readonly message: string };

/** A bridge that answers. */
export interface Bridge {
  /** JSON text → bincode of the type at `place`, or serde's words. Parts that the source tells may be in either form. */
  encode(
    method: string,
    place: BridgePlace,
    json: string,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, string>>;
  /** Bincode → JSON text, its known parts as values are shown everywhere, and whether serde's JSON gives the same bytes again. */
  decode(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<DecodedJson, string>>;
  /** Reads and writes the bytes again, with a trace of what serde was told. */
  examine(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<Examination, string>>;
  /** Reads the bytes, with a trace of what serde asked for. */
  read(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<Reading, string>>;
  /** The bytes of a value that serde itself made up, the same for the same seed. */
  make(
    method: string,
    place: BridgePlace,
    seed: bigint,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, string>>;
  /** What ended the process; null while it runs. */
  readonly end: string | null;
  /** Why the type at `place` cannot be asked for; null when it can. */
  obstacle(method: string, place: BridgePlace): string | null;
}

export interface DecodedJson {
  readonly text: string;
  readonly isLossless: boolean;
}

export interface Examination {
  readonly bytes: Uint8Array;
  /** Words of src/bridge/runtime/trace.rs. */
  readonly trace: string;
}

export interface Reading {
  /** What is wrong with the bytes, in bincode's or the type's words; null when they are a value. */
  readonly problem: string | null;
  /** As {@link Examination.trace}, as far as it comes. */
  readonly trace: string;
}

const defaultIdleMs = 60_000;

export class Bridges implements Disposable {
  readonly #running = new Map<string, { bridge: RunningBridge; timer?: NodeJS.Timeout }>();
  readonly #starting = new Map<string, Promise<Result<Bridge, BridgeFailure>>>();
  readonly #idleMs: number;

  /** `idleMs`: how long a bridge lives after it was last opened or asked. */
  constructor(idleMs = defaultIdleMs) {
    this.#idleMs = idleMs;
  }

  /** Whether the interface's bridge is built and fresh, so that asking it costs nothing. */
  async isReady(request: BridgeRequest): Promise<boolean> {
    return (await findBridge(request)) !== undefined;
  }

  /** The interface's bridge, built now if it has to be. */
  async open(
    request: BridgeRequest,
    listener: BridgeListener,
    signal: AbortSignal,
  ): Promise<Result<Bridge, BridgeFailure>> {
    const found = await findBridge(request);
    const built = found === undefined ? await buildBridge(request, listener, signal) : ok(found);
    if (!built.ok) {
      return built;
    }
    const key = built.value.executable;
    const running = this.#running.get(key);
    if (running?.bridge.isAlive === true && found !== undefined) {
      this.#touch(key);
      return ok(running.bridge);
    }
    // Who asks at the same time gets the same process.
    const starting = this.#starting.get(key) ?? this.#start(built.value, request.interface);
    this.#starting.set(key, starting);
    return starting.finally(() => this.#starting.delete(key));
  }

  async #start(
    built: BuiltBridge,
    schema: InterfaceSchema,
  ): Promise<Result<Bridge, BridgeFailure>> {
    const key = built.executable;
    const before = this.#running.get(key);
    clearTimeout(before?.timer);
    before?.bridge.dispose();
    const started = await BridgeProcess.start(key);
    if (!started.ok) {
      return err({ kind: "notStarted", message: started.error });
    }
    const bridge = new RunningBridge(started.value, built, schema, () => {
      this.#touch(key);
    });
    this.#running.set(key, { bridge });
    this.#touch(key);
    return ok(bridge);
  }

  dispose(): void {
    for (const { bridge, timer } of this.#running.values()) {
      clearTimeout(timer);
      bridge.dispose();
    }
    this.#running.clear();
  }

  #touch(key: string): void {
    const entry = this.#running.get(key);
    if (entry?.bridge.isAlive === true) {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => {
        entry.bridge.dispose();
        this.#running.delete(key);
      }, this.#idleMs);
      entry.timer.unref();
    }
  }
}

class RunningBridge implements Bridge, Disposable {
  readonly #process: BridgeProcess;
  readonly #built: BuiltBridge;
  readonly #schema: InterfaceSchema;
  readonly #onAsked: () => void;

  constructor(
    running: BridgeProcess,
    built: BuiltBridge,
    schema: InterfaceSchema,
    onAsked: () => void,
  ) {
    this.#process = running;
    this.#built = built;
    this.#schema = schema;
    this.#onAsked = onAsked;
  }

  get isAlive(): boolean {
    return this.#process.isAlive;
  }

  get end(): string | null {
    return this.#process.end;
  }

  async encode(
    method: string,
    place: BridgePlace,
    json: string,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, string>> {
    const type = typeAt(this.#schema, method, place);
    const text = type === undefined ? json : toSerdeJson(type, this.#schema.types, json);
    const payload = new TextEncoder().encode(text);
    return this.#ask(operations.jsonToBincode, method, place, payload, signal);
  }

  async decode(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<DecodedJson, string>> {
    const reply = await this.#ask(operations.bincodeToJson, method, place, bytes, signal);
    if (!reply.ok) {
      return reply;
    }
    const type = typeAt(this.#schema, method, place);
    const written = new TextDecoder().decode(reply.value.subarray(1));
    const text = type === undefined ? written : fromSerdeJson(type, this.#schema.types, written);
    return ok({ text, isLossless: reply.value[0] === 1 });
  }

  async examine(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<Examination, string>> {
    const reply = await this.#ask(operations.examine, method, place, bytes, signal);
    return reply.ok ? ok(splitTrace(reply.value)) : reply;
  }

  async read(
    method: string,
    place: BridgePlace,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Result<Reading, string>> {
    const reply = await this.#ask(operations.read, method, place, bytes, signal);
    if (!reply.ok) {
      return reply;
    }
    const { bytes: words, trace } = splitTrace(reply.value);
    return ok({ problem: words.length === 0 ? null : new TextDecoder().decode(words), trace });
  }

  async make(
    method: string,
    place: BridgePlace,
    seed: bigint,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array, string>> {
    const payload = new Uint8Array(8);
    new DataView(payload.buffer).setBigUint64(0, BigInt.asUintN(64, seed), true);
    return this.#ask(operations.make, method, place, payload, signal);
  }

  obstacle(method: string, place: BridgePlace): string | null {
    const slot = this.#process.slots.find((each) => each.method === method && each.place === place);
    if (slot === undefined) {
      const refused = this.#built.refused[method];
      return refused === undefined
        ? `The compiler knows no ${place} of ${method}. Build the bridge again.`
        : `rustc refused the types of ${method}: ${refused}.`;
    }
    if (slot.missing.length === 0) {
      return null;
    }
    const traits = slot.missing.map((trait) => `\`${trait}\``).join(" and ");
    const exact = (this.#built.missing[method] ?? []).join(" ");
    return exact === "" ? `\`${slot.type}\` does not implement serde's ${traits}.` : exact;
  }

  dispose(): void {
    this.#process.dispose();
  }

  async #ask(
    operation: number,
    method: string,
    place: BridgePlace,
    payload: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<Result<Uint8Array, string>> {
    const obstacle = this.obstacle(method, place);
    if (obstacle !== null) {
      return err(obstacle);
    }
    const slot = this.#process.slots.findIndex(
      (each) => each.method === method && each.place === place,
    );
    const reply: BridgeReply = await this.#process.request(operation, slot, payload, signal);
    this.#onAsked();
    return reply.kind === "answer" ? ok(reply.bytes) : err(reply.message);
  }
}

/** A length, as many bytes, and a trace. */
function splitTrace(answer: Uint8Array): Examination {
  const view = new DataView(answer.buffer, answer.byteOffset);
  const end = 4 + view.getUint32(0, true);
  return { bytes: answer.subarray(4, end), trace: new TextDecoder().decode(answer.subarray(end)) };
}

/** The model's type of a place. */
function typeAt(
  { methods }: InterfaceSchema,
  name: string,
  place: BridgePlace,
): TypeSchema | undefined {
  const method = methods.find((each) => each.name === name);
  if (method === undefined) {
    return undefined;
  }
  const { returns } = method;
  switch (place) {
    case "streamArgument":
      return method.streamArgument?.type;
    case "value":
      return returns.kind === "value" ? returns.type : undefined;
    case "success":
      return returns.kind === "result" ? returns.success : undefined;
    case "failure":
      return returns.kind === "result" ? returns.failure : undefined;
    default:
      return method.arguments[Number(place.slice("argument ".length))]?.type;
  }
}
