// What builds decide about sources, for src/rust: cargo's features, the target's cfg and the profile's.

import { type BuildChoice, plainBuild } from "../cargo/graph/buildChoice.ts";
import { resolveAllFeatures } from "../cargo/graph/features.ts";
import { profileSettings, type ProfileSettings } from "../cargo/manifest/profiles.ts";
import { appliesTo, type TargetPlatform } from "../cargo/graph/targetPlatform.ts";
import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type { BuildSettings } from "../rust/cfg/build.ts";
import type { CfgOptions } from "../rust/cfg/cfg.ts";

/** What is asked of cargo for the package with this manifest, and the target folder where the user named one. */
export type BuildChoices = (
  manifestPath: string,
) => BuildChoice & { readonly targetDirectory?: string | undefined };

/** Features in the build of one crate, with all that decided them. */
interface KnownFeatures {
  readonly features: ReadonlyMap<CrateId, ReadonlySet<string>>;
  readonly nodes: ReadonlyMap<CrateId, CrateNode | undefined>;
}

interface Memory {
  readonly platform: TargetPlatform;
  readonly features: ReadonlyMap<CrateId, KnownFeatures>;
}

const memories = new WeakMap<BuildSettings, Memory>();

/**
 * The settings of builds of the crates in `graph` on `platform`. What `before` knows of builds whose crates are the same
 * objects still is taken over.
 */
export function createBuildSettings(
  graph: CrateGraph,
  platform: TargetPlatform,
  choices: BuildChoices = () => plainBuild,
  before?: BuildSettings,
): BuildSettings {
  const manifestOf = (root: CrateId): string => graph.crates.get(root)?.info.manifestPath ?? root;
  const memory = before === undefined ? undefined : memories.get(before);
  const earlier = memory?.platform === platform ? memory.features : new Map<CrateId, never>();
  const known = new Map<CrateId, KnownFeatures>();
  const options = new Map<CrateId, CfgOptions>();
  const settings: BuildSettings = {
    cfgOf: (root) => {
      let found = options.get(root);
      if (found === undefined) {
        const profiles = graph.crates.get(root)?.profiles ?? {};
        found = cfgOf(platform, profileSettings(choices(manifestOf(root)).profile, profiles));
        options.set(root, found);
      }
      return found;
    },
    appliesTo: (key) => appliesTo(key, platform),
    featuresOf: (root) => {
      let found = known.get(root);
      if (found === undefined) {
        const last = earlier.get(root);
        found = last !== undefined && isCurrent(last, graph) ? last : resolve(graph, root);
        known.set(root, found);
      }
      return found.features;
    },
  };
  const resolve = (of: CrateGraph, root: CrateId): KnownFeatures => {
    const { normal, host } = resolveAllFeatures(of, root, choices(manifestOf(root)), platform);
    return { features: new Map([...host, ...normal]), nodes: reachable(of, root) };
  };
  memories.set(settings, { platform, features: known });
  return settings;
}

function isCurrent({ nodes }: KnownFeatures, { crates }: CrateGraph): boolean {
  return [...nodes].every(([id, node]) => crates.get(id) === node);
}

/** The crate and everything that its line of dependencies leads to. */
function reachable({ crates }: CrateGraph, root: CrateId): KnownFeatures["nodes"] {
  const nodes = new Map([[root, crates.get(root)]]);
  for (const [, node] of nodes) {
    for (const { crateId } of node?.dependencies ?? []) {
      if (crateId !== null && !nodes.has(crateId)) {
        nodes.set(crateId, crates.get(crateId));
      }
    }
  }
  return nodes;
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
