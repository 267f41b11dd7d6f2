// What one Cargo.toml says, as data: package, library, features, dependencies, workspace. Lenient: a value of the wrong
// type counts as absent (cargo says so itself when it builds); inheritance from the workspace is resolved elsewhere.

import type { DeclaredTarget, DeclaredTargets } from "../../model/crateGraph.ts";
import { type Profiles, readProfiles } from "./profiles.ts";
import {
  asBoolean,
  asString,
  asStrings,
  asTable,
  type TomlTable,
  type TomlValue,
} from "./tomlDocument.ts";

/** A field that is either given here or inherited with `workspace = true`. */
export type Inheritable = { readonly workspace: true } | { readonly value: string } | undefined;

export interface PackageData {
  readonly name: string;
  readonly version: Inheritable;
  readonly edition: Inheritable;
  /** `workspace = "…"`: the folder of the workspace's root. */
  readonly workspace: string | undefined;
  readonly hasAutomaticLibrary: boolean;
  readonly resolver: string | undefined;
}

export interface LibraryData {
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly crateTypes: readonly string[] | undefined;
}

/** A dependency as written, with what it leaves to the workspace. */
export interface DependencyData {
  readonly key: string;
  readonly kind: "normal" | "dev" | "build";
  readonly target: string | null;
  readonly isInherited: boolean;
  readonly packageName: string | undefined;
  readonly requirement: string | undefined;
  readonly path: string | undefined;
  readonly isGit: boolean;
  readonly registry: string | undefined;
  readonly isOptional: boolean;
  readonly usesDefaultFeatures: boolean | undefined;
  readonly features: readonly string[];
}

export interface WorkspaceData {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
  readonly resolver: string | undefined;
  readonly packageVersion: string | undefined;
  readonly packageEdition: string | undefined;
  readonly dependencies: ReadonlyMap<string, DependencyData>;
}

export interface ManifestData {
  readonly package: PackageData | undefined;
  /** `[lib]`, when there is one. */
  readonly library: LibraryData | undefined;
  /** The other targets. */
  readonly targets: DeclaredTargets;
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly DependencyData[];
  readonly workspace: WorkspaceData | undefined;
  readonly profiles: Profiles;
  /** Package name → folder of `[patch.…]` entries that replace a registry package by a path. */
  readonly pathPatches: ReadonlyMap<string, string>;
}

const dependencyTables = [
  ["dependencies", "normal"],
  ["dev-dependencies", "dev"],
  ["dev_dependencies", "dev"],
  ["build-dependencies", "build"],
  ["build_dependencies", "build"],
] as const;

/** Dependency kind of a table's name such as `dev-dependencies`, undefined for other tables. */
export function dependencyKind(table: string): DependencyData["kind"] | undefined {
  return dependencyTables.find(([name]) => name === table)?.[1];
}

/** Reads the tables of a manifest. */
export function readManifestData(root: TomlTable): ManifestData {
  return {
    package: readPackage(asTable(root["package"]) ?? asTable(root["project"])),
    library: readLibrary(asTable(root["lib"])),
    targets: readTargets(root),
    features: readFeatures(asTable(root["features"])),
    dependencies: [
      ...readDependencyTables(root, null),
      ...Object.entries(asTable(root["target"]) ?? {}).flatMap(([target, tables]) =>
        readDependencyTables(asTable(tables), target),
      ),
    ],
    workspace: readWorkspace(asTable(root["workspace"])),
    profiles: readProfiles(asTable(root["profile"])),
    pathPatches: readPathPatches(asTable(root["patch"])),
  };
}

function readPackage(table: TomlTable | undefined): PackageData | undefined {
  const name = asString(table?.["name"]);
  if (table === undefined || name === undefined) {
    return undefined;
  }
  return {
    name,
    version: readInheritable(table["version"]),
    edition: readInheritable(table["edition"]),
    workspace: asString(table["workspace"]),
    hasAutomaticLibrary: asBoolean(table["autolib"]) ?? true,
    resolver: asString(table["resolver"]),
  };
}

function readInheritable(value: TomlValue | undefined): Inheritable {
  const text = asString(value);
  if (text !== undefined) {
    return { value: text };
  }
  return asTable(value)?.["workspace"] === true ? { workspace: true } : undefined;
}

function readLibrary(table: TomlTable | undefined): LibraryData | undefined {
  if (table === undefined) {
    return undefined;
  }
  const crateTypes = table["crate-type"] ?? table["crate_type"];
  const isProcMacro = (table["proc-macro"] ?? table["proc_macro"]) === true;
  return {
    name: asString(table["name"]),
    path: asString(table["path"]),
    crateTypes: isProcMacro
      ? ["proc-macro"]
      : Array.isArray(crateTypes)
        ? asStrings(crateTypes)
        : undefined,
  };
}

const targetKinds = ["bin", "example", "test", "bench"] as const;

function readTargets(root: TomlTable): DeclaredTargets {
  const owner = asTable(root["package"]) ?? asTable(root["project"]);
  return {
    written: targetKinds.flatMap((kind) => {
      const tables = root[kind];
      return (Array.isArray(tables) ? tables : []).flatMap((value) => readTarget(kind, value));
    }),
    automatic: targetKinds.filter((kind) => asBoolean(owner?.[automaticKeys[kind]]) !== false),
  };
}

const automaticKeys = {
  bin: "autobins",
  example: "autoexamples",
  test: "autotests",
  bench: "autobenches",
} as const;

function readTarget(kind: DeclaredTarget["kind"], value: TomlValue): readonly DeclaredTarget[] {
  const table = asTable(value);
  const name = asString(table?.["name"]);
  const crateTypes = table?.["crate-type"] ?? table?.["crate_type"];
  return name === undefined
    ? []
    : [
        {
          kind,
          name,
          path: asString(table?.["path"]),
          crateTypes: Array.isArray(crateTypes) ? asStrings(crateTypes) : undefined,
        },
      ];
}

function readFeatures(table: TomlTable | undefined): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(table ?? {}).map(([name, value]) => [name, asStrings(value)]),
  );
}

function readDependencyTables(
  root: TomlTable | undefined,
  target: string | null,
): readonly DependencyData[] {
  return dependencyTables.flatMap(([table, kind]) =>
    Object.entries(asTable(root?.[table]) ?? {}).map(([key, value]) =>
      readDependency(key, kind, target, value),
    ),
  );
}

function readDependency(
  key: string,
  kind: DependencyData["kind"],
  target: string | null,
  value: TomlValue,
): DependencyData {
  const table: TomlTable = asTable(value) ?? (typeof value === "string" ? { version: value } : {});
  return {
    key,
    kind,
    target,
    isInherited: table["workspace"] === true,
    packageName: asString(table["package"]),
    requirement: asString(table["version"]),
    path: asString(table["path"]),
    isGit: asString(table["git"]) !== undefined,
    registry: asString(table["registry"]),
    isOptional: asBoolean(table["optional"]) ?? false,
    usesDefaultFeatures: asBoolean(table["default-features"] ?? table["default_features"]),
    features: asStrings(table["features"]),
  };
}

function readWorkspace(table: TomlTable | undefined): WorkspaceData | undefined {
  if (table === undefined) {
    return undefined;
  }
  const shared = asTable(table["package"]);
  return {
    members: asStrings(table["members"]),
    exclude: asStrings(table["exclude"]),
    resolver: asString(table["resolver"]),
    packageVersion: asString(shared?.["version"]),
    packageEdition: asString(shared?.["edition"]),
    dependencies: new Map(
      Object.entries(asTable(table["dependencies"]) ?? {}).map(([key, value]) => [
        key,
        readDependency(key, "normal", null, value),
      ]),
    ),
  };
}

function readPathPatches(table: TomlTable | undefined): ReadonlyMap<string, string> {
  const patches = new Map<string, string>();
  for (const source of Object.values(table ?? {})) {
    for (const [key, value] of Object.entries(asTable(source) ?? {})) {
      const patch = asTable(value);
      const path = asString(patch?.["path"]);
      if (path !== undefined) {
        patches.set(asString(patch?.["package"]) ?? key, path);
      }
    }
  }
  return patches;
}
