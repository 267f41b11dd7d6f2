// What the async rules find: data only. The server makes diagnostics, sentences and edits of it, the build takes its features.

import type { CrateDependency } from "../../model/crateGraph.ts";
import type { DependencyEntry, ManifestFix } from "../../model/manifestFix.ts";
import type { PluginMethod } from "../../model/plugin.ts";
import type { PluginFacts, RuntimeUse } from "../../rust/fidius/facts.ts";

/** One dependency line of a manifest, or the whole manifest where there is no line to point at. */
export interface ManifestPlace {
  readonly manifestPath: string;
  /** Null: the `[dependencies]` table (or the package's name where there is none). */
  readonly entry: DependencyEntry | null;
}

/** Where the manifest has the line. */
export function entryOf({ key, kind, table, target }: CrateDependency): DependencyEntry {
  return { key, kind: table ?? kind, target };
}

/** An edit that repairs a finding. The first of a finding's fixes is the preferred one. */
export type SetupFix =
  | ManifestFix
  | { readonly kind: "importCompanion"; readonly companion: string }
  /** Of the impl block, into the trait's order. */
  | { readonly kind: "reorderMethods" };

interface FindingBase {
  readonly plugin: PluginFacts;
  /** The async methods that it keeps from compiling (or, for a foreign runtime, that use it). */
  readonly methods: readonly PluginMethod[];
  /** The manifest line that is at fault or would change. */
  readonly place: ManifestPlace | null;
  readonly fixes: readonly SetupFix[];
}

/** One violation of the rules for async methods (reference 1.4). */
export type SetupFinding = FindingBase &
  (
    | {
        /** The crate path of the generated code leads to no crate: E0433. */
        readonly kind: "missingFidiusDependency";
        readonly packageName: string;
        /** `fidius-core` carries the feature, which does not help: the facade's own feature gates the module. */
        readonly hasCoreFeature: boolean;
      }
    | {
        /** The crate path leads to a crate that is built without its `async` feature: E0433. */
        readonly kind: "missingAsyncFeature";
        readonly packageName: string;
        /** Name of the package whose manifest line needs the feature, when it is not the plugin's own. */
        readonly through: string | null;
        readonly hasCoreFeature: boolean;
        /** What to pass to `cargo build --features` until the manifest is edited; empty when nothing can be passed. */
        readonly buildFeatures: readonly string[];
        /** Packages to select by `--package` as well, whose dependency the feature is of. */
        readonly buildPackages: readonly string[];
      }
    | {
        /** `__fidius_<Trait>` does not resolve beside the impl: E0433. */
        readonly kind: "companionNotInScope";
        readonly companion: string;
      }
    | {
        /** Code names tokio, which is no dependency of the package: E0433. */
        readonly kind: "missingTokioDependency";
        readonly uses: readonly RuntimeUse[];
        readonly features: readonly string[];
      }
    | {
        /** Code names a part of tokio whose feature the build does not enable: E0432, E0433. */
        readonly kind: "missingTokioFeature";
        readonly uses: readonly RuntimeUse[];
        readonly features: readonly string[];
        /** False when a dependency whose manifest is not known might enable it. */
        readonly isCertain: boolean;
        readonly buildFeatures: readonly string[];
      }
    | {
        /** An async method relies on another runtime than the shims' tokio. */
        readonly kind: "foreignRuntime";
        readonly runtime: string;
        readonly uses: readonly RuntimeUse[];
      }
  );

export type SetupFindingKind = SetupFinding["kind"];

/** The finding of one kind. */
export type FindingOf<K extends SetupFindingKind> = Extract<SetupFinding, { readonly kind: K }>;
