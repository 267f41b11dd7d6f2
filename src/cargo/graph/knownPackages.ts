// What the manifests of published Fidius say about features, for graphs read without cargo, where registry packages are
// only names (reference 1.2).

import type { CrateDependency } from "../../model/crateGraph.ts";

/** The parts of a package that feature resolution reads. */
export interface PackageFeatures {
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly CrateDependency[];
}

/** The package's features and dependencies if it is one of Fidius' own. `requirement` is the dependent's. */
export function knownPackage(
  name: string,
  requirement: string | null,
): PackageFeatures | undefined {
  switch (name) {
    case "fidius":
      return {
        features: {
          async: ["fidius-core/async"],
          host: ["dep:fidius-host"],
          streaming: ["host", "fidius-host/streaming"],
          wasm: ["host", "fidius-host/wasm"],
        },
        // All Fidius crates are released together and require each other's same number.
        dependencies: [
          dependency("fidius-core", requirement),
          dependency("fidius-macro", requirement),
          { ...dependency("fidius-host", requirement), isOptional: true },
        ],
      };
    case "fidius-core":
      return {
        features: { async: ["tokio"] },
        dependencies: [
          { ...dependency("tokio", "1"), isOptional: true, features: ["rt-multi-thread"] },
        ],
      };
    default:
      return undefined;
  }
}

function dependency(packageName: string, requirement: string | null): CrateDependency {
  return {
    key: packageName,
    codeName: packageName.replaceAll("-", "_"),
    packageName,
    kind: "normal",
    target: null,
    isOptional: false,
    usesDefaultFeatures: true,
    features: [],
    requirement,
    crateId: null,
  };
}
