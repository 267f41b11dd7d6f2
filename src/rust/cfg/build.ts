// What the build of a crate decides about sources: features and target. Cargo's part of it is worked out by src/cargo and
// comes in through here.

import type { CrateId } from "../../model/crateGraph.ts";
import type { CfgOptions } from "./cfg.ts";

/** What a package's build script said of `cfg` when it ran last. */
export interface ScriptConditions {
  /** As it printed them: `fast`, `kind="slow"`. */
  readonly set: readonly string[];
  /** Names that it decides. */
  readonly declared: readonly string[];
}

export interface BuildSettings {
  /** What target and profile set in the build of `root`; no features. The same object for as long as it stays. */
  cfgOf(root: CrateId): CfgOptions;
  /** Whether a `[target.'…']` key covers the target. */
  appliesTo(key: string | null): boolean;
  /** The features of each crate in the library of `root`, as cargo unifies them. The same map for as long as they stay. */
  featuresOf(root: CrateId): ReadonlyMap<CrateId, ReadonlySet<string>>;
}
