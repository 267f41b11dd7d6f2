// The open streams of this host, and the calls that open them or take one: server streams, client streams, and both at once
// (reference 3.5, 3.10).

import { performance } from "node:perf_hooks";
import { statusCodes } from "../abi/status.ts";
import type {
  CallRefusal,
  OpenStreamParams,
  PullStreamParams,
  PullStreamReply,
} from "../protocol/host.ts";
import type { SlotCaller, SlotFunction } from "./call.ts";
import type { NativeCallResult } from "./nativeCallResult.ts";
import type { NotificationWriter } from "./process/frameChannel.ts";
import { InputStreams } from "./stream/inputStream.ts";
import type { AskForItem, InputStream } from "./stream/inputStream.ts";
import type { PluginInstance } from "./instance.ts";
import type { NativeMemory } from "./native/memory.ts";
import { openOutputStream } from "./stream/outputStream.ts";
import type { OutputStream } from "./stream/outputStream.ts";
import { findSlot } from "./slots.ts";

/** What opening a stream gave, without what it left changed. */
export type OpenedStream =
  | { readonly kind: "opened"; readonly stream: number }
  | { readonly kind: "returned"; readonly status: number; readonly callMs: number }
  | { readonly kind: "refused"; readonly reason: CallRefusal; readonly message: string };

/** The way to the runner in the middle of a request. */
export interface StreamPorts {
  readonly askForItem: AskForItem;
  readonly items: () => NotificationWriter;
}

interface OpenStream {
  readonly instance: PluginInstance;
  readonly output: OutputStream;
  readonly input: InputStream | null;
}

export class HostStreams {
  readonly #memory: NativeMemory;
  readonly #caller: SlotCaller;
  readonly #ports: StreamPorts;
  readonly #open = new Map<number, OpenStream>();
  readonly #inputs: InputStreams;
  readonly #nonEmpty = Buffer.alloc(1);
  #lastStream = 0;

  constructor(memory: NativeMemory, caller: SlotCaller, ports: StreamPorts) {
    this.#memory = memory;
    this.#caller = caller;
    this.#ports = ports;
    this.#inputs = new InputStreams(memory, ports.askForItem);
  }

  /** Calls a method that takes a stream and gives a value. */
  callWithInput(
    instance: PluginInstance,
    slot: number,
    input: Uint8Array,
    outputLimit: number,
  ): NativeCallResult {
    const found = findStreamSlot(instance, slot, true);
    if (typeof found !== "bigint") {
      return found;
    }
    const stream = this.#inputs.create();
    const native = instance.functions.inputStream(found);
    const call: SlotFunction = this.#caller.prepareAllocated(instance, (...all) =>
      native(instance.address, stream.handle, ...(all.slice(-4) as InitArguments)),
    );
    const result = stream.answering(() => call(input, outputLimit));
    if (result.kind === "returned" && result.status === statusCodes.serializationError) {
      this.#inputs.release(stream);
    }
    return result;
  }

  /** Calls a stream's init function. */
  open(instance: PluginInstance, params: OpenStreamParams): OpenedStream {
    const found = findStreamSlot(instance, params.slot, params.hasInput);
    if (typeof found !== "bigint") {
      return found;
    }
    const start = performance.now();
    const out = Buffer.alloc(16);
    const { arguments: bytes } = params;
    const rest: InitArguments = [
      bytes.length === 0 ? this.#nonEmpty : bytes,
      bytes.length,
      out.subarray(0, 8),
      out.subarray(8, 12),
    ];
    const input = params.hasInput ? this.#inputs.create() : null;
    const call = (): number => callInit(instance, found, input, rest);
    const status = input === null ? call() : input.answering(call);
    if (status !== statusCodes.ok) {
      if (input !== null && status === statusCodes.serializationError) {
        this.#inputs.release(input);
      }
      return { kind: "returned", status, callMs: performance.now() - start };
    }
    const output = openOutputStream(out.readBigUInt64LE(0), this.#memory);
    if (output === undefined) {
      const message = `${instance.plugin.report.name} returned no usable stream handle. Its vtable does not fit the method: build it again.`;
      return { kind: "refused", reason: "badOutput", message };
    }
    this.#lastStream += 1;
    this.#open.set(this.#lastStream, { instance, output, input });
    return { kind: "opened", stream: this.#lastStream };
  }

  pull(params: PullStreamParams): Omit<PullStreamReply, "changes"> {
    const stream = this.#open.get(params.stream);
    if (stream === undefined) {
      return { why: "noStream", items: 0, status: 0, itemBytes: 0 };
    }
    const { output, input } = stream;
    const pull = (): Omit<PullStreamReply, "changes"> => output.pull(params, this.#ports.items());
    return input === null ? pull() : input.answering(pull);
  }

  /** Drops a stream; the plugin drops its input with it. */
  close(stream: number): void {
    const open = this.#open.get(stream);
    this.#open.delete(stream);
    open?.output.drop();
  }

  /** Drops the streams of an instance. */
  closeOn(instance: PluginInstance): void {
    for (const [stream, open] of [...this.#open].reverse()) {
      if (open.instance === instance) {
        this.close(stream);
      }
    }
  }

  closeAll(): void {
    for (const stream of [...this.#open.keys()].reverse()) {
      this.close(stream);
    }
  }
}

type InitArguments = [
  input: Uint8Array,
  inputLength: number,
  outPointer: Uint8Array,
  outLength: Uint8Array,
];

function callInit(
  instance: PluginInstance,
  address: bigint,
  input: InputStream | null,
  rest: InitArguments,
): number {
  if (input !== null) {
    return instance.functions.inputStream(address)(instance.address, input.handle, ...rest);
  }
  return instance.functions.allocated(address)(instance.address, ...rest);
}

function findStreamSlot(
  instance: PluginInstance,
  slot: number,
  hasInput: boolean,
): bigint | { kind: "refused"; reason: CallRefusal; message: string } {
  const { report, descriptor, version } = instance.plugin;
  const refuse = (message: string): { kind: "refused"; reason: CallRefusal; message: string } => ({
    kind: "refused",
    reason: "noSlot",
    message,
  });
  if (descriptor.bufferStrategy === "Arena") {
    return refuse(
      `${report.name} takes its memory from an arena, and Fidius has no streams there.`,
    );
  }
  if (version.abi < 400 || (hasInput && !version.hasInstances)) {
    const since = hasInput ? "0.5.0" : "0.4.0";
    return refuse(
      `${report.name} was built with Fidius ${version.releases} (ABI ${String(version.abi)}), which has no such streams; they came with ${since}. Build it with a later release.`,
    );
  }
  const found = findSlot(instance, slot);
  return found.ok ? found.value : refuse(found.error);
}
