// What a plugin library says of itself once it is loaded: its ABI and the plugins in its registry.

import type { BufferStrategy } from "./schema/schema.ts";

/** One plugin of a library's registry (reference 3.3). */
export interface PluginReport {
  /** Position in the registry; it is link order, so it means nothing beyond this very library (reference 3.1). */
  readonly index: number;
  readonly name: string;
  readonly interfaceName: string;
  /** Sixteen hex digits. */
  readonly interfaceHash: string;
  readonly interfaceVersion: number;
  /** Bits of the optional methods that it implements, as hex digits without prefix. */
  readonly capabilities: string;
  readonly buffer: BufferStrategy;
  /** Null in ABI 1, which does not say. */
  readonly methodCount: number | null;
  /** The method that each slot runs; absent when the library's symbols do not tell all of them. */
  readonly methodNames?: readonly string[];
  /** JSON is what debug builds of 0.0.x speak (reference 4.1). */
  readonly wire: "bincode" | "json";
  /** By position of the method in the trait; empty when no method has any (reference 3.9). */
  readonly methodMetadata: readonly (readonly MetadataEntry[])[];
  readonly traitMetadata: readonly MetadataEntry[];
}

/** One `#[method_meta("key", "value")]` or `#[trait_meta(…)]` (reference 3.9). */
export interface MetadataEntry {
  readonly key: string;
  readonly value: string;
}

/** A host interface whose functions a library wants to call (reference 3.11). */
export interface HostImportReport {
  readonly interfaceName: string;
  /** Sixteen hex digits. */
  readonly interfaceHash: string;
  readonly interfaceVersion: number;
}

/** A loaded library. */
export interface LibraryReport {
  readonly registryVersion: number;
  readonly abi: number;
  /** The Fidius releases with that ABI, such as "0.5". */
  readonly releases: string;
  /** Size of a descriptor in that ABI; 0 for a library without plugins. */
  readonly descriptorBytes: number;
  readonly plugins: readonly PluginReport[];
  /** Null for libraries of fidius-core before 0.5.7, which have no host functions. */
  readonly hostImports: readonly HostImportReport[] | null;
}
