// Edits of a Cargo.toml that repair something, as data: the server makes texts of them, in the form that the manifest has.

import type { CrateDependency } from "./crateGraph.ts";

/** Which dependency line: its key and the table it stands in. */
export type DependencyEntry = Pick<CrateDependency, "key" | "kind" | "target">;

export type ManifestFix =
  | {
      readonly kind: "enableFeatures";
      readonly manifestPath: string;
      readonly entry: DependencyEntry;
      readonly features: readonly string[];
    }
  | {
      readonly kind: "addDependency";
      readonly manifestPath: string;
      /** Key and package of the new line. */
      readonly packageName: string;
      readonly features: readonly string[];
      /** The manifest and key of a line whose version, path or git place the new one shares. */
      readonly like: { readonly manifestPath: string; readonly key: string } | null;
      /** The manifest whose `[workspace.dependencies]` the line may inherit from. */
      readonly workspaceManifest: string;
      /** Used when there is no line to follow. */
      readonly requirement: string;
    }
  | {
      /** Adds a feature to the `[features]` table, or what it enables to the one that is there. */
      readonly kind: "declareFeature";
      readonly manifestPath: string;
      readonly feature: string;
      readonly enables: readonly string[];
    };
