// The crate graph: packages of the open folders and what they depend on. Made by src/cargo from manifests alone, or from
// `cargo metadata` where that may run; read by src/rust to follow names across crates and by the feature rules.

import type { CargoTarget, CrateInfo } from "./plugin.ts";

/**
 * Unique key of a crate in the graph: the absolute path of its Cargo.toml, with `#example:name` behind it for a target that
 * is not the package's library.
 */
export type CrateId = string;

/** The key of the crate that `info` describes. */
export function crateIdOf({
  manifestPath,
  target,
}: Pick<CrateInfo, "manifestPath" | "target">): CrateId {
  return target === undefined ? manifestPath : `${manifestPath}#${target.kind}:${target.name}`;
}

export interface CrateGraph {
  readonly crates: ReadonlyMap<CrateId, CrateNode>;
}

export interface CrateNode {
  readonly id: CrateId;
  readonly info: CrateInfo;
  /** Absolute path of the library target's root file (`src/lib.rs`); null when the package has no library. */
  readonly rootFile: string | null;
  readonly edition: string;
  /** What its manifest says of targets beside the library; absent for packages of other people. */
  readonly targets?: DeclaredTargets;
  /** Feature resolver of its workspace; 3 differs from 2 only in choosing versions and counts as 2. Absent: 2. */
  readonly resolver?: "1" | "2";
  /** The `[profile.…]` tables of its workspace. Absent: none. */
  readonly profiles?: Readonly<Record<string, CrateProfile>>;
  /** In one of the open folders (its sources are the user's), not a registry or git dependency. */
  readonly isLocal: boolean;
  /** From a registry or from git: its files never change. Absent: they may. */
  readonly isDownloaded?: boolean;
  /** The `[features]` table. */
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly CrateDependency[];
}

/** The tables `[[bin]]`, `[[example]]`, `[[test]]` and `[[bench]]` of a manifest. */
export interface DeclaredTargets {
  readonly written: readonly DeclaredTarget[];
  /** Kinds whose files cargo takes without a table (`autoexamples = false` and the like switch that off). */
  readonly automatic: readonly CargoTarget["kind"][];
}

export interface DeclaredTarget extends CargoTarget {
  /** Below the package's folder, as written. */
  readonly path: string | undefined;
  readonly crateTypes: readonly string[] | undefined;
}

/** What of a profile decides which code is compiled; undefined: inherited. */
export interface CrateProfile {
  readonly inherits: string | undefined;
  readonly debugAssertions: boolean | undefined;
  readonly panic: string | undefined;
}

export interface CrateDependency {
  /** The key in the manifest, which is the name in code with `-` as `_` (after `package =` renames). */
  readonly key: string;
  /** Name in code. */
  readonly codeName: string;
  /** The package's real name. */
  readonly packageName: string;
  readonly kind: "normal" | "dev" | "build";
  /** Its table, where that is not the one of its kind: what tests and examples link may be a dev dependency. */
  readonly table?: "dev";
  /** `[target.'…'.dependencies]` platform expression, if any. */
  readonly target: string | null;
  readonly isOptional: boolean;
  readonly usesDefaultFeatures: boolean;
  /** Features named by the dependency line, with those inherited from `[workspace.dependencies]`. */
  readonly features: readonly string[];
  readonly requirement: string | null;
  /** The package in this graph, when its sources are known. */
  readonly crateId: CrateId | null;
  /** Its line names a folder, whether or not there is a package in it. Absent: it does not, or nobody knows. */
  readonly isPath?: boolean;
}
