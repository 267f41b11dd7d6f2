// The host interfaces that a loaded library wants to call (reference 3.11), read without binding any.

import {
  hostImportBytes,
  hostImportRegistryBytes,
  parseHostImport,
  parseHostImportRegistry,
} from "../abi/parseHostImports.ts";
import type { ParsedHostImport } from "../abi/parseHostImports.ts";
import type { HostImportReport } from "../model/libraryReport.ts";
import type { LoadFailure } from "../model/outcome.ts";
import type { Result } from "../model/result.ts";
import { err, ok } from "../model/result.ts";
import { readAddresses } from "./native/memory.ts";
import type { NativeMemory } from "./native/memory.ts";

/** A host interface that the library wants: what it says of it, and its descriptor. */
export interface HostImport {
  readonly report: HostImportReport;
  readonly descriptor: ParsedHostImport;
}

/** Reads the registry at `address` (0 is NULL). */
export function readHostImports(
  address: bigint,
  memory: NativeMemory,
): Result<readonly HostImport[], LoadFailure> {
  if (address === 0n) {
    return bad("it is a null pointer");
  }
  const registry = parseHostImportRegistry(memory.copy(address, hostImportRegistryBytes));
  if (!registry.ok) {
    return bad(registry.error);
  }
  const { count, descriptors } = registry.value;
  const addresses = count === 0 ? [] : readAddresses(memory.copy(descriptors, count * 8));
  const imports: HostImport[] = [];
  for (const descriptor of addresses) {
    const parsed =
      descriptor === 0n ? undefined : parseHostImport(memory.copy(descriptor, hostImportBytes));
    const interfaceName = parsed && memory.readText(parsed.interfaceName);
    if (parsed === undefined || interfaceName === undefined) {
      return bad("one of its descriptors is incomplete");
    }
    const { interfaceHash, interfaceVersion } = parsed;
    imports.push({
      report: { interfaceName, interfaceHash, interfaceVersion },
      descriptor: parsed,
    });
  }
  return ok(imports);
}

function bad(what: string): Result<never, LoadFailure> {
  return err({
    kind: "badRegistry",
    message: `The library's list of host functions is unusable: ${what}. Build the plugin again.`,
  });
}
