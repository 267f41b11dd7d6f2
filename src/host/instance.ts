// Instances of plugins: `construct` makes one, `destroy` ends it, and its vtable's functions are looked up once (ABI 500,
// reference 3.8). Older ABIs have no instances; their functions would be called without one.

import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { readAddresses } from "./memory.ts";
import type { NativeMemory } from "./memory.ts";
import { pluginFunctions } from "./prototypes.ts";
import type { FreeFunction, PluginFunctions } from "./prototypes.ts";
import type { RegisteredPlugin } from "./registry.ts";

/** A constructed plugin with what a call needs. */
export interface PluginInstance {
  readonly plugin: RegisteredPlugin;
  /** What `construct` returned; passed first to every function. */
  readonly address: bigint;
  readonly functions: PluginFunctions;
  /** Addresses of the vtable's functions; 0 is an empty slot. */
  readonly slots: readonly bigint[];
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
  const slotCount = descriptor.methodCount ?? 0;
  const slots = slotCount === 0 ? [] : readAddresses(memory.copy(descriptor.vtable, slotCount * 8));
  // A null pointer would abort a debug build of the plugin (reference 3.6), so there is always a byte behind it.
  const bytes = configuration.length === 0 ? new Uint8Array(1) : configuration;
  const construct = functions.construct(descriptor.construct ?? 0n);
  const address = construct(bytes, configuration.length) ?? 0n;
  if (address === 0n) {
    return err({
      kind: "configurationRefused",
      message: `${plugin.report.name} refused its configuration: ${configuration.length === 0 ? "it wants one, and nothing was given" : `the ${String(configuration.length)} bytes given do not decode as its type`}. Build the plugin again: its binary may be older than its source. If that does not help, a serde attribute of the type does not work with bincode.`,
    });
  }
  return ok({
    plugin,
    address,
    functions,
    slots,
    free: descriptor.freeBuffer === 0n ? null : functions.free(descriptor.freeBuffer),
    arenaBytes: new Map<number, number>(),
    destroy: () => {
      if (descriptor.destroy !== null && descriptor.destroy !== 0n) {
        functions.destroy(descriptor.destroy)(address);
      }
    },
  });
}
