// Manifests of a bridge's own workspace: the interface package again, as `cargo metadata` tells it with everything inherited
// filled in, the runtime, and the program. The lock file beside them keeps every version.

import { dirname, isAbsolute, resolve } from "node:path";
import type {
  CargoMetadata,
  MetadataDependency,
  MetadataPackage,
} from "../cargo/graph/metadata.ts";
import { folderOf, type BuiltPackages } from "./bridgedBuild.ts";
import { overlayProfiles } from "./overlayProfiles.ts";
import { asTable, type TomlTable, type TomlValue } from "../cargo/manifest/tomlDocument.ts";

/** Text of a TOML value on one line. */
function inline(value: TomlValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(inline).join(", ")}]`;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === "object") {
    const members = Object.entries(value).map(([key, item]) => `${quote(key)} = ${inline(item)}`);
    return `{ ${members.join(", ")} }`;
  }
  return typeof value === "string" ? quote(value) : String(value);
}

/** JSON's escapes are TOML's too; the delete character is the one that only TOML escapes. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

function table(header: string, members: Readonly<Record<string, TomlValue | undefined>>): string {
  const lines = Object.entries(members).flatMap(([key, value]) =>
    value === undefined ? [] : [`${quote(key)} = ${inline(value)}`],
  );
  return [`[${header}]`, ...lines, ""].join("\n");
}

/** The workspace: three packages, the user's patches and profiles. */
export function workspaceManifest(
  resolver: string,
  userRoot: TomlTable,
  metadata: CargoMetadata,
  copyName: string,
): string {
  const userFolder = metadata.workspace_root;
  const unstable = userRoot["cargo-features"];
  const patches = Object.entries(asTable(userRoot["patch"]) ?? {}).map(([source, entries]) =>
    table(
      `patch.${quote(source)}`,
      Object.fromEntries(
        Object.entries(asTable(entries) ?? {}).map(([key, entry]) => [
          key,
          withAbsolutePath(entry, userFolder),
        ]),
      ),
    ),
  );
  return [
    unstable === undefined ? "" : `cargo-features = ${inline(unstable)}\n`,
    table("workspace", { resolver, members: [copyName, "runtime", "program"] }),
    ...patches,
    ...[...overlayProfiles(userRoot, metadata)].map(([name, profile]) =>
      table(`profile.${quote(name)}`, profile),
    ),
  ].join("\n");
}

function withAbsolutePath(entry: TomlValue, folder: string): TomlValue {
  const fields = asTable(entry);
  const path = fields?.["path"];
  return fields === undefined || typeof path !== "string" || isAbsolute(path)
    ? entry
    : { ...fields, path: resolve(folder, path) };
}

/** The interface package, as a library that the bridge's program can link. */
export function packageManifest(
  item: MetadataPackage,
  library: { readonly name: string; readonly path: string },
  buildScript: string | undefined,
): string {
  const sections = new Map<string, Record<string, TomlValue>>();
  const put = (section: string, key: string, value: TomlValue): void => {
    const members = sections.get(section) ?? {};
    members[key] = value;
    sections.set(section, members);
  };
  for (const dependency of item.dependencies) {
    if (dependency.kind !== "dev") {
      const kind = dependency.kind === "build" ? "build-dependencies" : "dependencies";
      const section = dependency.target ? `target.${quote(dependency.target)}.${kind}` : kind;
      put(section, dependency.rename ?? dependency.name, dependencyValue(dependency, item));
    }
  }
  put("dependencies", "fidius-bridge-runtime", { path: "../runtime" });
  return [
    table("package", {
      name: item.name,
      version: item.version,
      edition: item.edition,
      authors: item.authors,
      description: item.description ?? undefined,
      repository: item.repository ?? undefined,
      links: item.links ?? undefined,
      build: buildScript ?? false,
      publish: false,
      autobins: false,
      autoexamples: false,
      autotests: false,
      autobenches: false,
    }),
    table("lib", { name: library.name, path: library.path, "crate-type": ["rlib"] }),
    ...[...sections].map(([section, members]) => table(section, members)),
    table("features", item.features),
  ].join("\n");
}

function dependencyValue(dependency: MetadataDependency, owner: MetadataPackage): TomlTable {
  return {
    ...sourceOf(dependency, owner),
    ...(dependency.rename ? { package: dependency.name } : {}),
    ...(dependency.features.length > 0 ? { features: dependency.features } : {}),
    ...(dependency.uses_default_features ? {} : { "default-features": false }),
    ...(dependency.optional ? { optional: true } : {}),
  };
}

/** Where a dependency comes from: a folder, a git repository with its branch, tag or revision, or a registry. */
function sourceOf(dependency: MetadataDependency, owner: MetadataPackage): TomlTable {
  if (dependency.path) {
    return { path: resolve(dirname(owner.manifest_path), dependency.path) };
  }
  return fromSource(dependency.source ?? "", dependency.req);
}

function fromSource(source: string, requirement: string): TomlTable {
  const version = requirement === "*" ? {} : { version: requirement };
  if (source.startsWith("git+")) {
    const url = new URL(source.slice("git+".length));
    const reference = [...url.searchParams].filter(([key]) =>
      ["branch", "tag", "rev"].includes(key),
    );
    url.search = "";
    url.hash = "";
    return { ...version, git: url.href, ...Object.fromEntries(reference) };
  }
  const isOther = source !== "" && !source.includes("github.com/rust-lang/crates.io-index");
  return {
    version: requirement,
    ...(isOther ? { "registry-index": source.replace(/^registry\+/u, "") } : {}),
  };
}

/** The runtime, with the versions of serde, serde_json and bincode 1 that the user's own build has. */
export function runtimeManifest(versions: ReadonlyMap<string, string>): string {
  const of = (name: string): string => {
    const version = versions.get(name);
    return version === undefined ? "1" : `=${version}`;
  };
  return [
    table("package", {
      name: "fidius-bridge-runtime",
      version: "0.0.0",
      edition: "2021",
      publish: false,
    }),
    table("lib", { path: "lib.rs" }),
    table("dependencies", {
      serde: of("serde"),
      serde_json: of("serde_json"),
      bincode: of("bincode"),
    }),
  ].join("\n");
}

/** The program: links the package and asks it. What the package links is named too, with the features of the user's build. */
export function programManifest(
  programName: string,
  item: MetadataPackage,
  { own, linked }: BuiltPackages,
  copyName: string,
): string {
  const others = linked.map(({ item: other, features }, index): [string, TomlTable] => [
    `linked-${String(index)}`,
    {
      package: other.name,
      ...placeOf(other),
      "default-features": false,
      features: [...features],
    },
  ]);
  return [
    table("package", { name: programName, version: "0.0.0", edition: "2021", publish: false }),
    `[[bin]]\nname = ${quote(programName)}\npath = "main.rs"\n`,
    table("dependencies", {
      "fidius-bridge-runtime": { path: "../runtime" },
      bridged: {
        package: item.name,
        path: `../${copyName}`,
        "default-features": false,
        features: [...own],
      },
      ...Object.fromEntries(others),
    }),
  ].join("\n");
}

/** Where this very package comes from. */
function placeOf(item: MetadataPackage): TomlTable {
  const path = folderOf(item);
  return path === undefined ? fromSource(item.source ?? "", `=${item.version}`) : { path };
}

/** Newest 1.x of the packages that the runtime needs, among those that the user's build has. */
export function runtimeVersions(metadata: CargoMetadata): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { name, version, source } of metadata.packages) {
    const isWanted = ["serde", "serde_json", "bincode"].includes(name);
    if (isWanted && source?.startsWith("registry+") === true && version.startsWith("1.")) {
      versions.set(name, version);
    }
  }
  return versions;
}
