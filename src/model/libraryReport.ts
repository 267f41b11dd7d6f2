// What a plugin library says of itself once it is loaded: its ABI and the plugins in its registry.

import type { BufferStrategy } from "./schema.ts";

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
}

/** A loaded library. */
export interface LibraryReport {
  readonly abi: number;
  /** The Fidius releases with that ABI, such as "0.5". */
  readonly releases: string;
  readonly plugins: readonly PluginReport[];
}
