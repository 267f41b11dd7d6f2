// What src/rust hands to the rules: the schemas for clients, plus facts about the code that only diagnostics need.

import type { CrateId } from "../../model/crateGraph.ts";
import type {
  HostInterfaceSchema,
  InterfaceSchema,
  LeftOut,
  PluginSchema,
} from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { ManifestFix } from "../../model/manifestFix.ts";
import type { TextFix } from "../../model/text/textFix.ts";
import type { MacroCallFacts } from "./pluginMacros.ts";

/** Where the macros' generated code finds Fidius: the `crate = "…"` path, or `fidius` (reference 1.3). */
export interface FidiusPath {
  /** As written, `fidius` when the attribute has no `crate`. */
  readonly text: string;
  /** The string literal, or the whole attribute where the path is the default. */
  readonly span: SourceSpan;
  readonly isDefault: boolean;
  /** Where the path leads, following dependencies' names, `use`, globs, `pub use`, `extern crate … as`. */
  readonly target: FidiusPathTarget;
}

export type FidiusPathTarget =
  /** The root of a package that is a dependency (by `dependencyKey`) of `owner`, which is the plugin crate or one it re-exports from. */
  | {
      readonly kind: "dependency";
      readonly owner: CrateId;
      readonly dependencyKey: string;
      readonly packageName: string;
    }
  /** Leads nowhere: E0433 when compiled. */
  | { readonly kind: "unresolved" }
  /** Cannot be known from the sources at hand (a registry crate without `cargo metadata`, a macro). */
  | { readonly kind: "unknown" };

/** A path in code that begins at a runtime crate: `tokio::time::sleep`, `async_std::task`. */
export interface RuntimeUse {
  /** Path segments, `use` renames followed: `["tokio", "time", "sleep"]`. */
  readonly path: readonly string[];
  /** Macro or attribute forms such as `tokio::select!` and `#[tokio::main]` set this. */
  readonly isMacro: boolean;
  readonly span: SourceSpan;
  /** The crate whose dependency the runtime is: the plugin's, or one that re-exports it to the plugin. */
  readonly owner: CrateId;
  /** Name of the plugin's async method whose body (or whose called local code) holds it; null outside of any. */
  readonly method: string | null;
}

export interface PluginFacts {
  readonly schema: PluginSchema;
  readonly crateId: CrateId;
  readonly attributeSpan: SourceSpan;
  readonly fidius: FidiusPath;
  /** `__fidius_<Trait>` resolves in the impl's module (reference 2.2). "unknown" when a glob cannot be followed. */
  readonly companionInScope: "yes" | "no" | "unknown";
  /** A module path from which the impl's module can import the companion; null when there is none. */
  readonly companionPath: string | null;
  /** A `use` that imports the trait by name and can take the companion too: where, and its crate path text. */
  readonly traitImport: TraitImport | null;
  /** Uses of tokio and of other runtimes in the plugin's crate. */
  readonly runtimeUses: readonly RuntimeUse[];
}

/** The `use` declaration through which the trait came into the impl's module. */
export interface TraitImport {
  /** The whole `use …;` item. */
  readonly span: SourceSpan;
  /** The trait's leaf in it (`Calculator` in `use iface::{plugin_impl, Calculator};`). */
  readonly leafSpan: SourceSpan;
  /** Path prefix of the leaf, `iface` here; what `__fidius_<Trait>` would be imported from. */
  readonly prefix: string;
  readonly isInBraces: boolean;
}

export interface InterfaceFacts {
  readonly schema: InterfaceSchema;
  readonly crateId: CrateId;
  readonly attributeSpan: SourceSpan;
  readonly fidius: FidiusPath;
}

export interface HostInterfaceFacts {
  readonly schema: HostInterfaceSchema;
  readonly crateId: CrateId;
  readonly attributeSpan: SourceSpan;
  readonly fidius: FidiusPath;
}

/** Something in Rust source that is wrong or unknowable, found while reading it; becomes a diagnostic. */
export interface RustProblem {
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly span: SourceSpan;
  /** Other places that belong to it. Absent: none. */
  readonly related?: readonly RelatedPlace[];
  /** Edits that repair it, the preferred one first. Absent: none. */
  readonly fixes?: readonly (TextFix | ManifestFix)[];
  /** rust-analyzer shows it at the same place as it is typed. */
  readonly isLiveInRustAnalyzer?: boolean;
}

/** A place that explains a problem, with the few words to say there. */
export interface RelatedPlace {
  readonly span: SourceSpan;
  readonly message: string;
}

/** Everything found in the local crates of a graph. Reading never fails: what is wrong is in `problems`. */
export interface RustModel {
  readonly interfaces: readonly InterfaceFacts[];
  readonly plugins: readonly PluginFacts[];
  /** Interfaces of crates that are not local but use Fidius. */
  readonly dependencyInterfaces: readonly InterfaceFacts[];
  /** Of the local crates: the calls of macros that make plugins. */
  readonly macroCalls: ReadonlyMap<CrateId, readonly MacroCallFacts[]>;
  /** Those of all crates that link Fidius: plugins may ask for what a registry crate declares. */
  readonly hostInterfaces: readonly HostInterfaceFacts[];
  /** Which of its dependencies a crate names anywhere; rustc links no other. */
  readonly namedCrates: ReadonlyMap<CrateId, readonly CrateId[]>;
  readonly leftOut: readonly LeftOut[];
  /** The local crates that include a file which their build scripts have not written yet. */
  readonly lackingOutput: ReadonlySet<CrateId>;
  readonly problems: readonly RustProblem[];
  /** Every file that was read or looked for, to know what a change invalidates. */
  readonly files: ReadonlySet<string>;
}
