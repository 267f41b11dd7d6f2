// What of a cargo package lies outside of its folder: no signature over the package covers that, so whoever can write there decides what
// is built.

import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { parseTomlDocument } from "../cargo/manifest/tomlDocument.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { readRegularText } from "../files/regularFile.ts";

/** Keys of a Cargo.toml whose values are paths that a build reads. */
const pathKeys: ReadonlySet<string> = new Set(["path", "build", "workspace", "members"]);

/** The first thing outside of `folder` that the package in it is built from, as its manifests have it; undefined when there is none. */
export async function partOutside(folder: string): Promise<string | undefined> {
  const seen = new Set<string>();
  const open = ["."];
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    if (seen.has(below)) {
      continue;
    }
    seen.add(below);
    const manifest = await readManifest(join(folder, below, "Cargo.toml"));
    if (manifest === undefined) {
      continue;
    }
    if (below === "." && !isTable(manifest["workspace"]) && inherits(manifest)) {
      return "the Cargo.toml of a workspace above it";
    }
    for (const path of pathsIn(manifest)) {
      const full = resolve(folder, below, path);
      const inside = relative(folder, full);
      if (
        isAbsolute(path) ||
        path.startsWith("file:") ||
        inside === ".." ||
        inside.startsWith(`..${sep}`) ||
        isAbsolute(inside)
      ) {
        return path;
      }
      open.push(posix.normalize(inside === "" ? "." : inside.split(sep).join("/")));
    }
  }
  return undefined;
}

type Table = Readonly<Record<string, unknown>>;

async function readManifest(file: string): Promise<Table | undefined> {
  const text = await readRegularText(file, { limit: fileLimits.manifest });
  const document = text.ok ? parseTomlDocument(text.value) : undefined;
  return document?.ok === true ? document.value.root : undefined;
}

/** Every path that the manifest names, in whatever table: dependencies, patches, targets, the build script. */
function pathsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap(pathsIn);
  }
  if (!isTable(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    // For other tools: cargo does not read it.
    if (key === "metadata") {
      return [];
    }
    const given = [member].flat().filter((item) => typeof item === "string");
    const own = key === "git" ? given.filter(isLocalRepository) : pathKeys.has(key) ? given : [];
    return [...own, ...pathsIn(member)];
  });
}

/** A repository in a folder of the machine, which anyone who can write there changes. */
function isLocalRepository(url: string): boolean {
  return /^(?:file:|[./\\])/iu.test(url) || isAbsolute(url);
}

/** Something is said to be what the workspace has, by `workspace = true`. */
function inherits(value: unknown): boolean {
  return (
    isTable(value) &&
    (value["workspace"] === true || Object.values(value).some((member) => inherits(member)))
  );
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
