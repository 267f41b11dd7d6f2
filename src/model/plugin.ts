// What source analysis finds in a workspace: interfaces, plugins and their methods, with full schemas.
// The language server makes it (`fidius/project`), every client reads it. Plain JSON.

import type { MetadataEntry } from "./libraryReport.ts";
import type {
  ArgumentSchema,
  BufferStrategy,
  ReturnSchema,
  StreamShape,
  TypeTable,
  WireMode,
  TypeSchema,
} from "./schema/schema.ts";
import type { SourceSpan } from "./text/span.ts";

/** A cargo package of the workspace that has an interface, a plugin, or both. */
export interface CrateInfo {
  /** Package name as in Cargo.toml. */
  readonly name: string;
  readonly version: string;
  /** Absolute path of its Cargo.toml. */
  readonly manifestPath: string;
  /** Absolute folder of the Cargo.toml that owns the target folder (workspace root, or the package's own). */
  readonly workspaceRoot: string;
  /** Name of the target as rustc knows it (dashes are underscores). */
  readonly libraryName: string;
  /** The target's crate types, such as `cdylib`; of a program `bin`. */
  readonly crateTypes: readonly string[];
  /** Set when it is not the package's library but another of its targets. */
  readonly target?: CargoTarget;
}

/** A target of a package beside its library. */
export interface CargoTarget {
  readonly kind: "bin" | "example" | "test" | "bench";
  readonly name: string;
}

/** One method of an interface's trait or of a plugin's impl block. */
export interface MethodSchema {
  readonly name: string;
  readonly doc?: string;
  readonly isAsync: boolean;
  readonly wire: WireMode;
  readonly stream: StreamShape;
  /** Without the `Stream<T>` argument of a client or bidirectional stream: the tuple of arguments leaves it out (reference 3.10). */
  readonly arguments: readonly ArgumentSchema[];
  /** The `Stream<T>` argument of a client or bidirectional stream, with the type of its items. */
  readonly streamArgument?: ArgumentSchema;
  /** For a server or bidirectional stream the type of its items. */
  readonly returns: ReturnSchema;
  /** `#[method_meta("key", "value")]` of the trait's method, in their order. */
  readonly metadata?: readonly MetadataEntry[];
  /** The signature line that enters the interface hash (reference 5.1), of the trait's method. */
  readonly signature: string;
  /** Position in the trait's declaration. */
  readonly traitIndex: number;
  /** Bit of an `#[optional(since = …)]` method in the descriptor's capabilities; absent for required methods. */
  readonly capabilityBit?: number;
  /** Where the method's name stands: in the impl for a plugin, in the trait for an interface. */
  readonly nameSpan: SourceSpan;
  /** The whole item, attributes and doc comment included. */
  readonly fullSpan: SourceSpan;
  /** For a plugin's method: where the trait declares it. */
  readonly traitSpan?: SourceSpan;
}

/** What encoding the arguments of a method takes of it. */
export type TakesArguments = Pick<MethodSchema, "name" | "wire" | "arguments">;

/** A trait under `#[plugin_interface]`. */
export interface InterfaceSchema {
  /** `crate name::module path::Trait`, unique in a project. */
  readonly id: string;
  readonly name: string;
  readonly doc?: string;
  readonly crate: CrateInfo;
  readonly version: number;
  readonly buffer: BufferStrategy;
  /** Sixteen hex digits: FNV-1a 64 of the required methods' signatures (reference 5.1). A prediction until a binary confirms it. */
  readonly hash: string;
  /** `#[trait_meta("key", "value")]`, in their order. */
  readonly metadata?: readonly MetadataEntry[];
  readonly methods: readonly MethodSchema[];
  readonly types: TypeTable;
  readonly nameSpan: SourceSpan;
  /** The whole trait with its attributes; absent when it was not read from a source. */
  readonly fullSpan?: SourceSpan;
}

/** A trait under `#[host_interface]` (reference 3.11): what plugins may ask of their host. */
export interface HostInterfaceSchema {
  /** `crate name::module path::Trait`, unique in a project. */
  readonly id: string;
  readonly name: string;
  readonly doc?: string;
  readonly crate: CrateInfo;
  readonly version: number;
  /** Sixteen hex digits, over the signatures of all its functions. */
  readonly hash: string;
  /** In dispatch order, which is that of the trait. */
  readonly methods: readonly MethodSchema[];
  readonly types: TypeTable;
  readonly nameSpan: SourceSpan;
}

/** A method of a plugin with the vtable slot that runs it: its position in the impl block (reference 3.4). */
export interface PluginMethod extends MethodSchema {
  readonly slot: number;
  /** False: an optional method that the library of a plugin without visible source does not have. It is never called. */
  readonly isImplemented?: boolean;
  /** False: the library is of another version of the interface, and which of its functions this one is does not show. */
  readonly isSlotKnown?: boolean;
}

/** An impl block under `#[plugin_impl]`, or a plugin that only a built library shows. */
export interface PluginSchema {
  /** `crate name::module path::Type as Trait`, unique in a project. */
  readonly id: string;
  /** The implementing type's identifier: `plugin_name` in the descriptor. */
  readonly name: string;
  readonly doc?: string;
  readonly interfaceName: string;
  /** Id of the interface when its source was found. */
  readonly interfaceId?: string;
  /** The interface's hash, sixteen hex digits; absent when its source was not found. */
  readonly interfaceHash?: string;
  /** Sorted signature lines of the interface's required methods, to name what differs from a binary. */
  readonly signatures: readonly string[];
  readonly crate: CrateInfo;
  /** From the impl's attribute; it must match the interface's. */
  readonly buffer: BufferStrategy;
  /** Type given by `config = C`. */
  readonly config?: TypeSchema;
  /** Release of Fidius that the plugin's crate is built with, as far as manifests and cargo tell. */
  readonly fidiusVersion?: string;
  /** In slot order where the impl block is visible, else in the trait's. */
  readonly methods: readonly PluginMethod[];
  readonly types: TypeTable;
  readonly nameSpan: SourceSpan;
  /** `name/feature` values to pass to `cargo build --features` because the async set-up misses them (empty when complete). */
  readonly missingAsyncFeatures: readonly string[];
  /** Packages to select by `--package` beside the plugin's, because those features are of their dependencies. */
  readonly missingAsyncPackages?: readonly string[];
  /** Ids of the host interfaces that its crate links, so that its library may ask for them; absent: none. */
  readonly hostInterfaceIds?: readonly string[];
  /** The crate that has the impl block, when `crate` is a library that links it: the plugin is in each of these. */
  readonly sourceCrate?: CrateInfo;
  /** Why no host here can load it; absent when one can. */
  readonly obstacle?: CallObstacle;
  /** Set when the impl block is not to be seen and the plugin is known from its library. */
  readonly library?: LibraryOrigin;
}

/** Why a plugin cannot be called: it is in no library, or in one for another kind of host. */
export interface CallObstacle {
  readonly kind: "program" | "noLibrary" | "wasm" | "python";
  /** The reason and what it takes, in one sentence. */
  readonly message: string;
}

/** What is known of a plugin from its library alone. */
export interface LibraryOrigin {
  /** Id of the {@link PluginCandidate} whose library holds it; absent for a library that was opened by itself. */
  readonly candidateId?: string;
  /** The library's file, where it was opened by itself: there is nothing to build. */
  readonly file?: string;
  /**
   * `symbols`: the library's symbols name the functions. `assumed`: no impl block is visible and the library is stripped, so
   * the trait's order is taken for the slots (reference 3.4).
   */
  readonly slotOrder: "assumed" | "impl" | "symbols";
  /** Other interfaces of this name and hash within reach: the library does not say which of them it was built from. */
  readonly otherInterfaceIds?: readonly string[];
  /** The interface hash in the library, when the source's is another one by now: the library is to be built again. */
  readonly outdatedHash?: string;
}

/** The parts of a plugin, or of a candidate, that its build depends on. */
export type Buildable = Pick<
  PluginSchema,
  "id" | "crate" | "missingAsyncFeatures" | "missingAsyncPackages" | "fidiusVersion" | "obstacle"
>;

/**
 * A package that makes a dynamic library and can reach an interface: macros may make plugins in it that no source shows,
 * so only its built library tells which.
 */
export interface PluginCandidate extends Buildable {
  /** Ids of the interfaces within reach, the nearest first. */
  readonly interfaceIds: readonly string[];
  /** Calls of macros that make plugins, as far as the macros can be followed. */
  readonly macroCalls: readonly PluginMacroCall[];
  /** Sources of it are written by a build script that has not run yet: once it is built, there is more to read. */
  readonly lacksOutput?: boolean;
  /** What its library said when it was looked at last; absent before. */
  readonly contents?: CandidateContents;
}

/** `greeter_plugin!(Polite);`, or a proc macro's attribute or derive. */
export interface PluginMacroCall {
  /** The macro's name as written. */
  readonly macro: string;
  /** The macro's path where it is called. */
  readonly span: SourceSpan;
  /** Identifiers among the arguments, by which plugins are told apart when there are several calls. */
  readonly words: readonly string[];
}

/** What a candidate's library said. */
export type CandidateContents = ReadContents | UnreadableContents;

interface Contents {
  /** The library's file has changed since it was looked at. */
  readonly isOutdated: boolean;
}

interface ReadContents extends Contents {
  readonly kind: "read";
  /** Size of its registry: plugins whose source is visible count too. */
  readonly plugins: number;
  readonly unmatched: readonly UnmatchedPlugin[];
}

/** It is no plugin library, or cannot be loaded. */
interface UnreadableContents extends Contents {
  readonly kind: "failed";
  /** A sentence that says why. */
  readonly message: string;
}

/** A plugin of a library for whose interface there is no source. */
export interface UnmatchedPlugin {
  readonly name: string;
  readonly interfaceName: string;
  /** Hash in the library. */
  readonly hash: string;
  /** Hashes of the interfaces of that name within reach. */
  readonly sourceHashes: readonly string[];
}

/** An interface or a plugin that stands in the source, but not in the build of its package. */
export interface LeftOut {
  readonly id: string;
  readonly kind: "interface" | "hostInterface" | "plugin";
  readonly name: string;
  /** Of a plugin. */
  readonly interfaceName?: string;
  readonly crate: CrateInfo;
  /** What would bring it in, to go after "needs": "the feature `extra`". */
  readonly needs: string;
  /** Features of its package to turn on; empty when something else is needed. */
  readonly features: readonly string[];
  readonly nameSpan: SourceSpan;
}

/** Everything found in the open folders. */
export interface ProjectModel {
  readonly interfaces: readonly InterfaceSchema[];
  /** Those that sources show, then those that libraries show. */
  readonly plugins: readonly PluginSchema[];
  /** Interfaces of other packages, such as of a registry, that plugins of the open folders may implement. */
  readonly dependencyInterfaces?: readonly InterfaceSchema[];
  /** Packages of the open folders that may hold plugins which no source shows. */
  readonly candidates?: readonly PluginCandidate[];
  readonly hostInterfaces: readonly HostInterfaceSchema[];
  /** Sources that do not parse as they are, such as while somebody types in them. */
  readonly unparsedFiles?: readonly string[];
  /** What `cfg` keeps out of the builds of these packages. */
  readonly leftOut?: readonly LeftOut[];
  /** Trouble that concerns no single place in a file, one sentence each (a manifest that does not parse, …). */
  readonly notices: readonly ProjectNotice[];
}

export interface ProjectNotice {
  readonly file: string;
  readonly message: string;
}
