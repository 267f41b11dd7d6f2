// A loaded library's registry → its plugins, following pointers only after checking them (R12). What can be checked without
// reading the plugin's memory is in src/abi.

import { parseDescriptor } from "../abi/parseDescriptor.ts";
import type { ParsedDescriptor } from "../abi/parseDescriptor.ts";
import { parseRegistry, registrySize } from "../abi/parseRegistry.ts";
import {
  abiProbeSize,
  describeUnsupportedAbi,
  findAbiVersion,
  readAbiNumber,
} from "../abi/versions.ts";
import type { AbiVersion } from "../abi/versions.ts";
import type { PluginReport } from "../model/libraryReport.ts";
import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { readAddresses } from "./native/memory.ts";
import type { NativeMemory } from "./native/memory.ts";
import { readMetadata } from "./metadata.ts";

/** A plugin of the registry: what it says of itself, and its checked descriptor. */
export interface RegisteredPlugin {
  readonly report: PluginReport;
  readonly descriptor: ParsedDescriptor;
  readonly version: AbiVersion;
}

/** Reads the registry at `address` (0 is NULL). One bad descriptor refuses the library, as Fidius' own host does. */
export function readRegistry(
  address: bigint,
  memory: NativeMemory,
): Result<readonly RegisteredPlugin[], LoadFailure> {
  if (address === 0n) {
    return err({
      kind: "badRegistry",
      message:
        "The library's fidius_get_registry gives a null pointer instead of a registry. Build the plugin again.",
    });
  }
  const registry = parseRegistry(memory.copy(address, registrySize));
  if (!registry.ok) {
    return registry;
  }
  const { count, descriptors } = registry.value;
  const plugins: RegisteredPlugin[] = [];
  const addresses = count === 0 ? [] : readAddresses(memory.copy(descriptors, count * 8));
  for (const [index, descriptor] of addresses.entries()) {
    const plugin = readPlugin(index, descriptor, memory);
    if (!plugin.ok) {
      return plugin;
    }
    plugins.push(plugin.value);
  }
  return ok(plugins);
}

function readPlugin(
  index: number,
  address: bigint,
  memory: NativeMemory,
): Result<RegisteredPlugin, LoadFailure> {
  if (address === 0n) {
    return bad(index, "it is a null pointer");
  }
  const probe = readAddressedNumbers(memory.copy(address, abiProbeSize));
  const abi = readAbiNumber(probe.first, probe.second);
  if (abi === undefined) {
    return bad(index, `it begins with ${String(probe.first)}, which no Fidius release writes`);
  }
  const version = findAbiVersion(abi.abi);
  if (version === undefined) {
    return err({ kind: "unsupportedAbi", message: describeUnsupportedAbi(abi.abi) });
  }
  const parsed = parseDescriptor(memory.copy(address, version.layout.size), version);
  if (!parsed.ok) {
    return bad(index, parsed.error.message);
  }
  const descriptor = parsed.value;
  const name = memory.readText(descriptor.pluginName);
  const interfaceName = memory.readText(descriptor.interfaceName);
  if (name === undefined || interfaceName === undefined) {
    return bad(index, "its name is not UTF-8 text");
  }
  const report: PluginReport = {
    index,
    name,
    interfaceName,
    interfaceHash: descriptor.interfaceHash,
    interfaceVersion: descriptor.interfaceVersion,
    capabilities: descriptor.capabilities.toString(16),
    buffer: descriptor.bufferStrategy,
    methodCount: descriptor.methodCount,
    wire: descriptor.wireFormat === 0 ? "json" : "bincode",
    ...readMetadata(descriptor, memory),
  };
  return ok({ report, descriptor, version });
}

function readAddressedNumbers(bytes: Uint8Array): { first: number; second: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { first: view.getUint32(0, true), second: view.getUint32(4, true) };
}

function bad(index: number, what: string): Result<never, LoadFailure> {
  return err({
    kind: "badDescriptor",
    message: `The descriptor of plugin ${String(index + 1)} in the library is unusable: ${what}. Build the plugin again.`,
  });
}
