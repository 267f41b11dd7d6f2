// Of which build a bridge speaks: the same profile, features and packages as the library that is called. A type whose fields
// depend on a `cfg` has the fields of that build only.

import { dirname } from "node:path";
import type { BuildChoice } from "../cargo/graph/buildChoice.ts";
import { enrichGraph } from "../cargo/graph/enrichGraph.ts";
import { resolveAllFeatures, type EnabledFeatures } from "../cargo/graph/features.ts";
import type { CargoMetadata, MetadataPackage } from "../cargo/graph/metadata.ts";
import { isSameFile } from "../cargo/manifest/samePath.ts";

/** The build whose values a bridge reads and writes. */
export interface BridgedBuild {
  /** Cargo.toml of the package whose library is called; null: nothing but the interface's own package is built. */
  readonly manifestPath: string | null;
  readonly choice: BuildChoice;
}

/** A package with the features that it has in a build. */
export interface BuiltPackage {
  readonly item: MetadataPackage;
  readonly features: readonly string[];
}

export interface BuiltPackages {
  /** Features of the package that is copied. */
  readonly own: readonly string[];
  /** All that it links, at any distance. */
  readonly linked: readonly BuiltPackage[];
}

/** What the build makes of `item` and of the packages that it links. */
export function builtPackages(
  metadata: CargoMetadata,
  item: MetadataPackage,
  { manifestPath, choice }: BridgedBuild,
  resolver: "1" | "2",
): BuiltPackages {
  const root =
    manifestPath === null
      ? undefined
      : metadata.packages.find(({ manifest_path }) => isSameFile(manifest_path, manifestPath));
  const normal = featuresIn(
    metadata,
    root ?? item,
    root === undefined ? { ...choice, features: [] } : choice,
    resolver,
  );
  const own = normal.get(item.manifest_path) ?? new Set(resolvedFeatures(metadata, item.id));
  return {
    own: [...own],
    linked: linkedFrom(metadata, item).flatMap((linked) => {
      const features = normal.get(linked.manifest_path);
      return features === undefined ? [] : [{ item: linked, features: [...features] }];
    }),
  };
}

function featuresIn(
  metadata: CargoMetadata,
  root: MetadataPackage,
  choice: BuildChoice,
  resolver: "1" | "2",
): EnabledFeatures {
  const { crates } = enrichGraph({ crates: new Map() }, [metadata]);
  const node = crates.get(root.manifest_path);
  const graph = node === undefined ? crates : new Map(crates).set(node.id, { ...node, resolver });
  return resolveAllFeatures({ crates: graph }, root.manifest_path, choice).normal;
}

/** The packages that cargo links into `item`'s library; procedural macros and build scripts run elsewhere. */
function linkedFrom(metadata: CargoMetadata, item: MetadataPackage): readonly MetadataPackage[] {
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const edges = new Map((metadata.resolve?.nodes ?? []).map(({ id, deps }) => [id, deps]));
  const linked = new Set<MetadataPackage>();
  const pending = [item.id];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const { pkg, dep_kinds: kinds } of edges.get(id) ?? []) {
      const target = packages.get(pkg);
      const isLinked =
        (kinds.length === 0 || kinds.some(({ kind }) => (kind ?? null) === null)) &&
        target?.targets.some(({ kind }) => kind.includes("proc-macro")) === false;
      if (target !== undefined && isLinked && target !== item && !linked.has(target)) {
        linked.add(target);
        pending.push(pkg);
      }
    }
  }
  return [...linked];
}

function resolvedFeatures(metadata: CargoMetadata, id: string): readonly string[] {
  return metadata.resolve?.nodes.find((node) => node.id === id)?.features ?? [];
}

/** The folder of a package of the user's; undefined for those of registries and git. */
export function folderOf({ source, manifest_path }: MetadataPackage): string | undefined {
  return typeof source === "string" ? undefined : dirname(manifest_path);
}
