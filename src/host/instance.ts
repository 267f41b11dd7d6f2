// Instances of plugins: `construct` makes one, `destroy` ends it, and its vtable's functions are looked up once (ABI 500,
// reference 3.8). Older ABIs have one static value per plugin: nothing is constructed, and functions take no instance.

import { maximumMethodCount } from "../abi/parseDescriptor.ts";
import type { ParsedDescriptor } from "../abi/parseDescriptor.ts";
import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { readAddresses } from "./native/memory.ts";
import type { NativeMemory } from "./native/memory.ts";
import { pluginFunctions } from "./native/prototypes.ts";
import type { FreeFunction, PluginFunctions } from "./native/prototypes.ts";
import type { RegisteredPlugin } from "./registry.ts";

/** A constructed plugin with what a call needs. */
export interface PluginInstance {
  readonly plugin: RegisteredPlugin;
  /** What `construct` returned; passed first to every function of an ABI with instances. */
  readonly address: bigint;
  readonly functions: PluginFunctions;
  /** Address of a vtable's function; 0 is an empty slot, undefined is beyond the vtable. */
  readonly slotAddress: (slot: number) => bigint | undefined;
  readonly free: FreeFunction | null;
  /** Arena size that the last result of a slot needed, so that the method need not run twice again. */
  readonly arenaBytes: Map<number, number>;
  destroy(): void;
}

/** Constructs a plugin with a configuration's bytes, empty when it takes none. */
export function constructInstance(
  plugin: RegisteredPlugin,
  configuration: Uint8Array,
  memory: NativeMemory,
): Result<PluginInstance, LoadFailure> {
  const { descriptor, version } = plugin;
  const functions = pluginFunctions(version);
  let address = 0n;
  if (version.hasInstances) {
    // A null pointer would abort a debug build of the plugin (reference 3.6), so there is always a byte behind it.
    const bytes = configuration.length === 0 ? new Uint8Array(1) : configuration;
    const construct = functions.construct(descriptor.construct ?? 0n);
    address = construct(bytes, configuration.length) ?? 0n;
  }
  if (version.hasInstances && address === 0n) {
    return err({
      kind: "configurationRefused",
      message: `${plugin.report.name} refused its configuration: ${configuration.length === 0 ? "it wants one, and nothing was given" : `the ${String(configuration.length)} bytes given do not decode as its type`}. Either a serde attribute of the type does not work with bincode, its own \`Deserialize\` refuses the values, or the library is older than its source: build it again.`,
    });
  }
  return ok({
    plugin,
    address,
    functions,
    slotAddress: slotReader(descriptor, memory),
    free: descriptor.freeBuffer === 0n ? null : functions.free(descriptor.freeBuffer),
    arenaBytes: new Map<number, number>(),
    destroy: () => {
      if (descriptor.destroy !== null && descriptor.destroy !== 0n) {
        functions.destroy(descriptor.destroy)(address);
      }
    },
  });
}

/**
 * ABI 1 does not say how many methods there are, so the vtable is read slot by slot: whoever asks knows the method from
 * source, whose hash the binary has.
 */
function slotReader(
  descriptor: ParsedDescriptor,
  memory: NativeMemory,
): (slot: number) => bigint | undefined {
  const { methodCount, vtable } = descriptor;
  if (methodCount === null) {
    return (slot) =>
      slot < maximumMethodCount
        ? readAddresses(memory.copy(vtable + BigInt(slot) * 8n, 8))[0]
        : undefined;
  }
  const slots = methodCount === 0 ? [] : readAddresses(memory.copy(vtable, methodCount * 8));
  return (slot) => slots[slot];
}
