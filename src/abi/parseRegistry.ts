// Bytes of a PluginRegistry → where its descriptors are, or why it is none (reference 3.2).

import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";

/** Size of a registry in every ABI (reference 3.2). */
export const registrySize = 24;

/** The only version of the registry that there has been (reference 3.2). */
export const registryVersion = 1;

/** Most plugins that a registry may announce: more is a sign of garbage (R12). */
const maximumPluginCount = 1024;

/** `FIDIUS\0\0` (reference 3.2). */
const magic = [0x46, 0x49, 0x44, 0x49, 0x55, 0x53, 0, 0];

/** Whether `bytes` begin with the magic of a registry, also that of host imports (reference 3.11). */
export function hasMagic(bytes: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Where a registry's descriptors are: the address of an array of `count` pointers. */
export interface ParsedRegistry {
  readonly count: number;
  readonly descriptors: bigint;
}

/** Checks magic, version and count, and gives the address of the descriptors. */
export function parseRegistry(bytes: Uint8Array): Result<ParsedRegistry, LoadFailure> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!hasMagic(bytes)) {
    return err({
      kind: "badMagic",
      message:
        "The library's fidius_get_registry gives something that is no Fidius registry (wrong magic). Build the plugin again.",
    });
  }
  const version = view.getUint32(8, true);
  if (version !== registryVersion) {
    return bad(
      `it has registry version ${String(version)}, and this version of the Fidius extension reads version ${String(registryVersion)}. Update the extension, or build the plugin with fidius 0.5`,
    );
  }
  const count = view.getUint32(12, true);
  if (count > maximumPluginCount) {
    return bad(
      `it announces ${String(count)} plugins, more than ${String(maximumPluginCount)}. Build the plugin again`,
    );
  }
  const descriptors = view.getBigUint64(16, true);
  if (count > 0 && descriptors === 0n) {
    return bad("its list of plugins is a null pointer. Build the plugin again");
  }
  return ok({ count, descriptors });
}

function bad(what: string): Result<never, LoadFailure> {
  return err({
    kind: "badRegistry",
    message: `The library's plugin registry is unusable: ${what}.`,
  });
}
