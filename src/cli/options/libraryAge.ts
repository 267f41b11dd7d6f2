// A library that is called as it is, on the command line: by which types, and whether the compiler may be asked about them.

import type { OpenBridge } from "../../calls/bridging.ts";
import { libraryAge, type LibraryAge } from "../../calls/age/libraryAge.ts";
import type { LibraryRecords } from "../../calls/age/libraryRecords.ts";
import type { ProjectModel } from "../../model/plugin.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { CallOptions } from "./callOptions.ts";
import { bridgeOf, type BridgePorts } from "./openBridge.ts";

export interface AgePorts {
  /** By which types the libraries are called that were built here. */
  readonly records: LibraryRecords;
  readonly signal: AbortSignal;
}

/** Of a library that is built now there is nothing to say. */
export async function ageOf(
  { plugin, method }: SelectedMethod,
  library: string | undefined,
  { records, signal }: AgePorts,
): Promise<LibraryAge> {
  return library === undefined
    ? { plugin, method, notes: [], isOlder: false }
    : libraryAge(library, { plugin, method }, records, signal);
}

/** The compiler speaks for libraries that are as old as their sources. */
export function bridgeAtAge(
  { plugin, isOlder }: LibraryAge,
  model: ProjectModel,
  options: CallOptions,
  ports: BridgePorts,
): OpenBridge | undefined {
  return options.usesBridge && !isOlder ? bridgeOf(model, plugin, options, ports) : undefined;
}
