// How a new crate depends on Fidius: as its workspace does, as the crate of its interface does, or by a release.

import { relative, resolve, sep } from "node:path";
import type { NewDependency } from "../cargo/edit/addDependency.ts";
import {
  asString,
  asTable,
  type TomlTable,
  type TomlValue,
} from "../cargo/manifest/tomlDocument.ts";
import { sharedDependency, type WorkspacePlace } from "./workspacePlace.ts";

/** Where a package comes from. */
export type PackageSource = Pick<
  NewDependency,
  "workspace" | "version" | "path" | "git" | "branch" | "tag" | "rev" | "registry"
>;

/** The workspace's source of a package; undefined when its members have to say it themselves. */
export function sharedSource(
  place: WorkspacePlace | null,
  packageName: string,
): PackageSource | undefined {
  return sharedDependency(place, packageName) === undefined ? undefined : { workspace: true };
}

/** The source that another manifest names, seen from the new crate's folder; undefined where it names none. */
export function sourceLike(
  written: TomlValue | undefined,
  fromFolder: string,
  toFolder: string,
): PackageSource | undefined {
  const version = asString(written);
  if (version !== undefined) {
    return { version };
  }
  const table = asTable(written);
  if (table === undefined) {
    return undefined;
  }
  if (table["workspace"] === true) {
    return { workspace: true };
  }
  const keys = ["version", "git", "branch", "tag", "rev", "registry"] as const;
  const found: Record<string, string> = {};
  for (const key of keys) {
    const value = asString(table[key]);
    if (value !== undefined) {
      found[key] = value;
    }
  }
  const path = asString(table["path"]);
  if (path !== undefined) {
    found["path"] = pathFrom(toFolder, resolve(fromFolder, path));
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** A folder as a manifest in another one names it. */
export function pathFrom(folder: string, other: string): string {
  return relative(folder, other).split(sep).join("/") || ".";
}

/** The release that a dependency asks for, as far as its text tells. */
export function requiredRelease(written: string | TomlTable | undefined): string | undefined {
  const text = asString(written) ?? asString(asTable(written)?.["version"]);
  return text === undefined ? undefined : /\d+\.\d+(?:\.\d+)?/u.exec(text)?.[0];
}
