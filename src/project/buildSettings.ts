// What builds decide about sources, for src/rust: cargo's features and the target's cfg.

import { resolveAllFeatures } from "../cargo/features.ts";
import { appliesTo, type TargetPlatform } from "../cargo/targetPlatform.ts";
import type { CrateGraph, CrateId } from "../model/crateGraph.ts";
import type { BuildSettings } from "../rust/build.ts";
import type { CfgOptions } from "../rust/cfg.ts";

/** The settings of plain builds of the crates in `graph` on `platform`. */
export function createBuildSettings(graph: CrateGraph, platform: TargetPlatform): BuildSettings {
  const known = new Map<CrateId, ReadonlyMap<CrateId, ReadonlySet<string>>>();
  return {
    target: cfgOf(platform),
    appliesTo: (key) => appliesTo(key, platform),
    featuresOf: (root) => {
      let features = known.get(root);
      if (features === undefined) {
        const { normal, host } = resolveAllFeatures(graph, root, [], platform);
        features = new Map([...host, ...normal]);
        known.set(root, features);
      }
      return features;
    },
  };
}

const known = new WeakMap<TargetPlatform, CfgOptions>();

/** The same object for the same platform: what was read under it stays. */
function cfgOf(platform: TargetPlatform): CfgOptions {
  let options = known.get(platform);
  if (options === undefined) {
    const values = Object.entries(platform.values).map(
      ([name, of]) => [name, new Set(of)] as const,
    );
    options = { flags: new Set(platform.flags), values: new Map(values) };
    known.set(platform, options);
  }
  return options;
}
