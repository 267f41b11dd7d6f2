// What all templates are made with: the request, where the crate comes to stand, and which Fidius it is for.

import type { NewDependency } from "../cargo/edit/addDependency.ts";
import { sharedSource, type PackageSource } from "./fidiusDependency.ts";
import { compareReleases } from "./fidiusVersion.ts";
import type { MethodKind, NewCrate } from "./newCrate.ts";
import type { OpenTexts, WorkspacePlace } from "./workspacePlace.ts";

/** The first release whose host finds plugins of its own process, makes configured ones, and whose plugins stream. */
export const firstWithAll = "0.5.0";

/** A dependency of a template. */
export type CrateDependencyLine = Omit<NewDependency, "target">;

/** What the templates are made with. */
export interface CrateSetting {
  readonly request: NewCrate;
  readonly packageName: string;
  readonly place: WorkspacePlace | null;
  readonly fidius: PackageSource;
  readonly release: string;
  readonly openTexts: OpenTexts;
}

/** What the templates give. */
export interface CrateContent {
  readonly manifest: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly mainFile: string;
  readonly notes: readonly string[];
}

/** Whether Fidius' own host calls plugins of its process, configured ones too. */
export function hasHost({ release }: Pick<CrateSetting, "release">): boolean {
  return compareReleases(release, firstWithAll) >= 0;
}

/** The dependencies that tests of a plugin or interface call it with. */
export function testDependencies(
  setting: CrateSetting,
  methods: MethodKind,
): readonly CrateDependencyLine[] {
  if (!hasHost(setting)) {
    return [];
  }
  const isStreaming = methods === "streaming";
  return [
    {
      key: "fidius",
      kind: "dev",
      ...setting.fidius,
      features: [...(methods === "async" ? ["async"] : []), isStreaming ? "streaming" : "host"],
    },
    ...(isStreaming
      ? [{ key: "futures", kind: "dev", ...otherSource(setting, "futures", "0.3") } as const]
      : []),
  ];
}

/** A package that is no Fidius: the workspace's, or of this version. */
export function otherSource({ place }: CrateSetting, name: string, version: string): PackageSource {
  return sharedSource(place, name) ?? { version };
}

/** serde with its derives, for configurations. */
export function serdeDependency(setting: CrateSetting): CrateDependencyLine {
  return {
    key: "serde",
    kind: "normal",
    ...otherSource(setting, "serde", "1"),
    features: ["derive"],
  };
}
