// Adds a dependency line that brings no second version into the build: it inherits where the manifest inherits, else it
// says the same as the line that another crate of the workspace has.

import path from "node:path";
import { addDependency as edit, type NewDependency } from "../../cargo/edit/addDependency.ts";
import {
  parseTomlDocument,
  type TomlTable,
  type TomlValue,
} from "../../cargo/manifest/tomlDocument.ts";
import type { SetupFix } from "../../project/asyncRules/setupFinding.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";
import type { QuickFix } from "./quickFix.ts";

type AddDependency = Extract<SetupFix, { kind: "addDependency" }>;

/** Where a package comes from, as a dependency line says it. */
type Origin = Pick<
  NewDependency,
  "version" | "path" | "git" | "branch" | "tag" | "rev" | "registry" | "workspace"
>;

export const addDependency: QuickFix<AddDependency> = (fix, { files }) => {
  const { manifestPath: file, packageName, features } = fix;
  const edited = edit(files.read(file) ?? "", {
    key: packageName,
    kind: "normal",
    target: null,
    ...originOf(fix, files),
    features,
  });
  return edited.ok ? { file, text: edited.value.text } : undefined;
};

function originOf(fix: AddDependency, files: SourceFiles): Origin {
  const workspaceLine = dependencyLine(
    readTable(files, fix.workspaceManifest)?.["workspace"],
    fix.packageName,
  );
  const own = readTable(files, fix.manifestPath);
  if (workspaceLine !== undefined && inheritsAnything(own)) {
    return { workspace: true };
  }
  const like =
    fix.like === null
      ? undefined
      : dependencyLine(readTable(files, fix.like.manifestPath), fix.like.key);
  if (like === undefined) {
    return { version: fix.requirement };
  }
  if (like["workspace"] === true) {
    return workspaceLine === undefined ? { version: fix.requirement } : { workspace: true };
  }
  return copyOrigin(like, path.dirname(fix.like?.manifestPath ?? ""), fix);
}

function copyOrigin(line: TomlTable, lineFolder: string, fix: AddDependency): Origin {
  const origin: { -readonly [K in keyof Origin]: Origin[K] } = {};
  for (const name of ["version", "git", "branch", "tag", "rev", "registry"] as const) {
    const value = line[name];
    if (typeof value === "string") {
      origin[name] = value;
    }
  }
  const folder = line["path"];
  if (typeof folder === "string") {
    const target = path.resolve(lineFolder, folder);
    const relative = path.relative(path.dirname(fix.manifestPath), target);
    origin.path = relative.split(path.sep).join("/");
  }
  return Object.keys(origin).length === 0 ? { version: fix.requirement } : origin;
}

function readTable(files: SourceFiles, manifest: string): TomlTable | undefined {
  const parsed = parseTomlDocument(files.read(manifest) ?? "");
  return parsed.ok ? parsed.value.root : undefined;
}

/** The line under a key in any dependency table, the plain ones first; a version string becomes a table. */
function dependencyLine(owner: TomlValue | undefined, key: string): TomlTable | undefined {
  for (const table of dependencyTables(asTable(owner))) {
    const value = table[key];
    if (typeof value === "string") {
      return { version: value };
    }
    if (value !== undefined) {
      return asTable(value);
    }
  }
  return undefined;
}

function dependencyTables(owner: TomlTable | undefined): readonly TomlTable[] {
  const owners = [owner, ...Object.values(asTable(owner?.["target"]) ?? {}).map(asTable)];
  return ["dependencies", "dev-dependencies", "build-dependencies"].flatMap((name) =>
    owners.map((table) => asTable(table?.[name])).filter((table) => table !== undefined),
  );
}

function inheritsAnything(manifest: TomlTable | undefined): boolean {
  return dependencyTables(manifest).some((table) =>
    Object.values(table).some((value) => asTable(value)?.["workspace"] === true),
  );
}

function asTable(value: TomlValue | undefined): TomlTable | undefined {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
    ? value
    : undefined;
}
