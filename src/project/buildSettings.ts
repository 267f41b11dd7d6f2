// What builds decide about sources, for src/rust: cargo's features, the target's cfg and the profile's.

import { type BuildChoice, plainBuild } from "../cargo/buildChoice.ts";
import { resolveAllFeatures } from "../cargo/features.ts";
import { profileSettings, type ProfileSettings } from "../cargo/profiles.ts";
import { appliesTo, type TargetPlatform } from "../cargo/targetPlatform.ts";
import type { CrateGraph, CrateId } from "../model/crateGraph.ts";
import type { BuildSettings } from "../rust/cfg/build.ts";
import type { CfgOptions } from "../rust/cfg/cfg.ts";

/** What is asked of cargo for the package with this manifest. */
export type BuildChoices = (manifestPath: string) => BuildChoice;

/** The settings of builds of the crates in `graph` on `platform`. */
export function createBuildSettings(
  graph: CrateGraph,
  platform: TargetPlatform,
  choices: BuildChoices = () => plainBuild,
): BuildSettings {
  const known = new Map<CrateId, ReadonlyMap<CrateId, ReadonlySet<string>>>();
  return {
    cfgOf: (root) => {
      const profiles = graph.crates.get(root)?.profiles ?? {};
      return cfgOf(platform, profileSettings(choices(root).profile, profiles));
    },
    appliesTo: (key) => appliesTo(key, platform),
    featuresOf: (root) => {
      let features = known.get(root);
      if (features === undefined) {
        const { normal, host } = resolveAllFeatures(graph, root, choices(root), platform);
        features = new Map([...host, ...normal]);
        known.set(root, features);
      }
      return features;
    },
  };
}

const known = new WeakMap<TargetPlatform, Map<string, CfgOptions>>();

/** The same object for the same platform and profile: what was read under it stays. */
function cfgOf(platform: TargetPlatform, profile: ProfileSettings): CfgOptions {
  const ofPlatform = known.get(platform) ?? new Map<string, CfgOptions>();
  known.set(platform, ofPlatform);
  const key = JSON.stringify(profile);
  let options = ofPlatform.get(key);
  if (options === undefined) {
    const { debugAssertions, panic } = profile;
    const values = new Map(
      Object.entries(platform.values).map(([name, of]) => [name, new Set(of)] as const),
    );
    if (panic !== undefined) {
      values.set("panic", new Set([panic]));
    }
    const flags = new Set(platform.flags);
    if (debugAssertions) {
      flags.add("debug_assertions");
    } else {
      flags.delete("debug_assertions");
    }
    options = { flags, values };
    ofPlatform.set(key, options);
  }
  return options;
}
