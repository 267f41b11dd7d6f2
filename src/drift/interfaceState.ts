// One side of a comparison: an interface as the sources of a revision, or a built library, have it.

import type { MetadataEntry } from "../model/libraryReport.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { BufferStrategy, TypeTable } from "../model/schema/schema.ts";
import type { SourceSpan } from "../model/text/span.ts";

/** What of a method crosses. */
export type MethodTypes = Pick<
  MethodSchema,
  "wire" | "stream" | "arguments" | "streamArgument" | "returns"
>;

export interface MethodState {
  readonly name: string;
  /** The line that enters the hash (reference 5.1); undefined where a library does not tell it. */
  readonly signature: string | undefined;
  readonly isOptional: boolean;
  /** Undefined where a library does not tell it. */
  readonly isAsync: boolean | undefined;
  /** Undefined where a library does not tell it. */
  readonly metadata: readonly MetadataEntry[] | undefined;
  /** Undefined for a library, which holds no types. */
  readonly types: MethodTypes | undefined;
  /** Its name in the source. */
  readonly span: SourceSpan | undefined;
}

/** A method that both sides have. */
export interface MethodPair {
  readonly before: MethodState;
  readonly after: MethodState;
}

export interface InterfaceState {
  /** `host`: a trait under `#[host_interface]`, which plugins call. */
  readonly kind: "plugin" | "host";
  /** `crate name::module path::Trait`. */
  readonly id: string;
  readonly name: string;
  /** The package that declares it; undefined for a library. */
  readonly crate: { readonly name: string; readonly version: string } | undefined;
  readonly version: number;
  /** Undefined for host interfaces, which have none. */
  readonly buffer: BufferStrategy | undefined;
  /** Sixteen hex digits. */
  readonly hash: string;
  /** Of the release of Fidius that it is built with, where that is known. */
  readonly abi: number | undefined;
  /** The attribute's `crate = "…"`, or the default; undefined for a library. */
  readonly cratePath: string | undefined;
  /** In the order of their slots. */
  readonly methods: readonly MethodState[];
  /** False: the library is stripped, so the methods stand in the order of the source that it is compared with. */
  readonly isOrderKnown: boolean;
  readonly metadata: readonly MetadataEntry[];
  readonly types: TypeTable;
  /** Its name in the source. */
  readonly span: SourceSpan | undefined;
}
