// Bytes of a HostImportRegistry and its descriptors → what a library wants from its host (0.5.7 on, reference 3.11).

import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { hasMagic, registryVersion } from "./parseRegistry.ts";

/** Size of a HostImportRegistry (reference 3.11). */
export const hostImportRegistryBytes = 24;

/** Size of a HostImportDescriptor (reference 3.11). */
export const hostImportBytes = 40;

/** Most host interfaces that a library may announce: more is a sign of garbage (R12). */
const maximumImports = 256;

/** A descriptor's fields; addresses are not followed. */
export interface ParsedHostImport {
  readonly abi: number;
  readonly interfaceName: bigint;
  /** Sixteen hex digits. */
  readonly interfaceHash: string;
  readonly interfaceVersion: number;
  /** `i32 (const HostFunctionTable*)`. */
  readonly bind: bigint;
}

/** Where the descriptors are: an array of `count` pointers; or what is wrong with the registry. */
export function parseHostImportRegistry(
  bytes: Uint8Array,
): Result<{ readonly count: number; readonly descriptors: bigint }, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, count] = [view.getUint32(8, true), view.getUint32(12, true)];
  const descriptors = view.getBigUint64(16, true);
  if (!hasMagic(bytes)) {
    return err("it has the wrong magic");
  }
  if (version !== registryVersion) {
    return err(
      `it has version ${String(version)}, and this version of the Fidius extension reads version ${String(registryVersion)}`,
    );
  }
  if (count > maximumImports) {
    return err(`it announces ${String(count)} interfaces, more than ${String(maximumImports)}`);
  }
  return count > 0 && descriptors === 0n
    ? err("its list is a null pointer")
    : ok({ count, descriptors });
}

/** Reads the descriptor in `bytes`; undefined when it is too small or has null pointers. */
export function parseHostImport(bytes: Uint8Array): ParsedHostImport | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parsed: ParsedHostImport = {
    abi: view.getUint32(4, true),
    interfaceName: view.getBigUint64(8, true),
    interfaceHash: view.getBigUint64(16, true).toString(16).padStart(16, "0"),
    interfaceVersion: view.getUint32(24, true),
    bind: view.getBigUint64(32, true),
  };
  const isWhole = view.getUint32(0, true) >= hostImportBytes;
  return isWhole && parsed.interfaceName !== 0n && parsed.bind !== 0n ? parsed : undefined;
}
