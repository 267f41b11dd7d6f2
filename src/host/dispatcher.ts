// What the host does on each request: one handler each, on one loaded library. No handler throws for what a plugin does
// wrong; what it throws nevertheless is a bug and becomes an error response in main.ts.

import { performance } from "node:perf_hooks";
import koffi from "koffi";
import { registryVersion } from "../abi/parseRegistry.ts";
import type { LibraryReport } from "../model/libraryReport.ts";
import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import type { RequestHandlers } from "../protocol/channel.ts";
import { hostProtocolVersion } from "../protocol/host.ts";
import type {
  CallParams,
  BindParams,
  BindReply,
  CallReply,
  DroppedInstance,
  DropParams,
  hostRequests,
  LoadedLibrary,
  LoadParams,
  OpenedInstance,
  OpenParams,
  OpenStreamParams,
  OpenStreamReply,
  PullStreamParams,
  PullStreamReply,
} from "../protocol/host.ts";
import { SlotCaller } from "./call.ts";
import type { SlotFunction } from "./call.ts";
import { createLibraryOpener } from "./native/dylib.ts";
import { HostFunctionBinder } from "./hostFunctionBinder.ts";
import { readHostImports } from "./hostImports.ts";
import type { HostImport } from "./hostImports.ts";
import { constructInstance } from "./instance.ts";
import type { PluginInstance } from "./instance.ts";
import { openNativeMemory } from "./native/memory.ts";
import { checkLibrary } from "./image/preflight.ts";
import { readRegistry } from "./registry.ts";
import type { RegisteredPlugin } from "./registry.ts";
import { withMethodNames } from "./slotNames.ts";
import { HostStreams } from "./streams.ts";
import type { StreamPorts } from "./streams.ts";
import { keepSurroundings } from "./process/surroundings.ts";

interface OpenInstance {
  readonly instance: PluginInstance;
  readonly slots: Map<number, SlotFunction>;
}

/** What the host's handlers reach beyond this process's own state. */
export interface HostPorts extends StreamPorts {
  /** The pipe for records of host functions; to be asked once koffi is set up. */
  openRecords(): number;
}

/** The host's handlers, on a state of their own; `ports` lead to the runner in the middle of a request. */
export function createDispatcher(ports: HostPorts): RequestHandlers<typeof hostRequests> {
  const host = new Host(ports);
  return {
    hello: () => ({
      protocolVersion: hostProtocolVersion,
      pid: process.pid,
      platform: process.platform,
      architecture: process.arch,
      nodeVersion: process.versions.node,
      koffiVersion: koffi.version,
    }),
    load: (params) => host.inPlace(() => host.load(params)),
    bind: (params) => host.inPlace(() => host.bind(params)),
    open: (params) => host.inPlace(() => host.open(params)),
    drop: (params) => host.inPlace(() => host.drop(params)),
    call: (params) => host.inPlace(() => host.call(params)),
    callWithInput: (params) => host.inPlace(() => host.callWithInput(params)),
    openStream: (params) => host.inPlace(() => host.openStream(params)),
    pullStream: (params) => host.inPlace(() => host.pullStream(params)),
    closeStream: ({ stream }) => host.inPlace(() => host.closeStream(stream)),
    close: () => host.inPlace(() => host.close()),
  };
}

class Host {
  /** Before all else that uses koffi. */
  readonly #opener = createLibraryOpener();
  readonly #memory = openNativeMemory();
  readonly #surroundings = keepSurroundings();
  readonly #caller = new SlotCaller(this.#memory);
  readonly #functions: HostFunctionBinder;
  readonly #instances = new Map<number, OpenInstance>();
  readonly #streams: HostStreams;
  #opened = 0;
  #plugins: readonly RegisteredPlugin[] = [];
  #imports: readonly HostImport[] = [];

  constructor(ports: HostPorts) {
    this.#functions = new HostFunctionBinder(this.#memory, ports.openRecords());
    this.#streams = new HostStreams(this.#memory, this.#caller, ports);
  }

  /** Does something in the working directory of the library's calls. */
  inPlace<T>(request: () => T): T {
    this.#surroundings.resume();
    const reply = request();
    this.#surroundings.rest();
    return reply;
  }

  load(params: LoadParams): Result<LoadedLibrary, LoadFailure> {
    const start = performance.now();
    const { library, displayName, workingDirectory } = params;
    const checked = checkLibrary(library, displayName);
    if (!checked.ok) {
      return checked;
    }
    if (!this.#surroundings.enter(workingDirectory)) {
      const message = `The working directory ${workingDirectory} cannot be entered. Check that it exists.`;
      return err({ kind: "cannotLoad", message });
    }
    const opened = this.#opener.open(library, displayName);
    if (!opened.ok) {
      return opened;
    }
    const { getRegistry, registryAddress, getHostImports } = opened.value;
    const registered = readRegistry(getRegistry(), this.#memory);
    if (!registered.ok) {
      return registered;
    }
    const imports = getHostImports && readHostImports(getHostImports(), this.#memory);
    if (imports?.ok === false) {
      return imports;
    }
    this.#surroundings.restore();
    this.#imports = imports?.value ?? [];
    const file = { path: library, registryFunction: registryAddress };
    this.#plugins = withMethodNames(registered.value, file, this.#memory);
    const report = reportOf(this.#plugins, imports?.value ?? null);
    return ok({ report, loadMs: performance.now() - start });
  }

  bind(params: BindParams): BindReply {
    const wanted = this.#imports[params.hostImport];
    if (wanted === undefined) {
      const message = `The library has no host import number ${String(params.hostImport)}.`;
      return { status: null, problems: [message] };
    }
    const reply = this.#functions.bind(wanted, params);
    this.#surroundings.restore();
    return reply;
  }

  open(params: OpenParams): Result<OpenedInstance, LoadFailure> {
    const start = performance.now();
    const plugin = this.#plugins[params.plugin];
    if (plugin === undefined) {
      const message = `The library has no plugin number ${String(params.plugin)}.`;
      return err({ kind: "pluginNotFound", message });
    }
    const instance = constructInstance(plugin, params.configuration, this.#memory);
    if (!instance.ok) {
      return instance;
    }
    this.#surroundings.restore();
    const number = this.#opened;
    this.#opened += 1;
    this.#instances.set(number, { instance: instance.value, slots: new Map() });
    return ok({ instance: number, openMs: performance.now() - start });
  }

  drop({ instance }: DropParams): DroppedInstance {
    const start = performance.now();
    const opened = this.#instances.get(instance);
    this.#instances.delete(instance);
    if (opened !== undefined) {
      // The runner does not drop under a stream; whoever does must not reach a destroyed value (reference 3.7).
      this.#streams.closeOn(opened.instance);
      opened.instance.destroy();
    }
    this.#surroundings.restore();
    return { wasOpen: opened !== undefined, dropMs: performance.now() - start };
  }

  call(params: CallParams): CallReply {
    const opened = this.#instances.get(params.instance);
    if (opened === undefined) {
      return noInstance(params.instance);
    }
    let slot = opened.slots.get(params.slot);
    if (slot === undefined) {
      slot = this.#caller.prepare(opened.instance, params.slot);
      opened.slots.set(params.slot, slot);
    }
    const start = performance.now();
    const result = slot(params.arguments, params.outputLimit);
    const callMs = performance.now() - start;
    const changes = this.#surroundings.restore();
    return result.kind === "refused" ? result : { ...result, callMs, changes };
  }

  callWithInput(params: CallParams): CallReply {
    const opened = this.#instances.get(params.instance);
    if (opened === undefined) {
      return noInstance(params.instance);
    }
    const { slot, arguments: bytes, outputLimit } = params;
    const start = performance.now();
    const result = this.#streams.callWithInput(opened.instance, slot, bytes, outputLimit);
    const callMs = performance.now() - start;
    const changes = this.#surroundings.restore();
    return result.kind === "refused" ? result : { ...result, callMs, changes };
  }

  openStream(params: OpenStreamParams): OpenStreamReply {
    const opened = this.#instances.get(params.instance);
    if (opened === undefined) {
      return noInstance(params.instance);
    }
    const result = this.#streams.open(opened.instance, params);
    const changes = this.#surroundings.restore();
    return result.kind === "refused" ? result : { ...result, changes };
  }

  pullStream(params: PullStreamParams): PullStreamReply {
    const result = this.#streams.pull(params);
    return { ...result, changes: this.#surroundings.restore() };
  }

  closeStream(stream: number): null {
    this.#streams.close(stream);
    this.#surroundings.restore();
    return null;
  }

  close(): null {
    this.#streams.closeAll();
    for (const { instance } of [...this.#instances.values()].reverse()) {
      instance.destroy();
    }
    this.#instances.clear();
    return null;
  }
}

function noInstance(instance: number): Extract<CallReply, { readonly kind: "refused" }> {
  const message = `There is no instance ${String(instance)}.`;
  return { kind: "refused", reason: "noInstance", message };
}

function reportOf(
  plugins: readonly RegisteredPlugin[],
  imports: readonly HostImport[] | null,
): LibraryReport {
  // A library without plugins has no descriptor that would say its ABI.
  const version = plugins[0]?.version;
  return {
    registryVersion,
    abi: version?.abi ?? 0,
    releases: version?.releases ?? "",
    descriptorBytes: version?.layout.size ?? 0,
    plugins: plugins.map((plugin) => plugin.report),
    hostImports: imports?.map((wanted) => wanted.report) ?? null,
  };
}
