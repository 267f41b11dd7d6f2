// The cargo workspace that a new crate becomes a member of, and what the crate takes over from it.

import { dirname, join, relative, sep } from "node:path";
import { addMember } from "../cargo/edit/addMember.ts";
import { globFolders } from "../cargo/manifest/globFolders.ts";
import {
  createDiskFiles,
  type FolderEntry,
  type ManifestFiles,
} from "../cargo/manifest/manifestFiles.ts";
import { ManifestStore } from "../cargo/manifest/manifestStore.ts";
import {
  asString,
  asTable,
  parseTomlValues,
  type TomlTable,
} from "../cargo/manifest/tomlDocument.ts";
import { Workspaces } from "../cargo/manifest/workspaces.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { ChangedText } from "./newCrate.ts";

export interface WorkspacePlace {
  readonly folder: string;
  readonly manifestPath: string;
  readonly text: string;
  readonly root: TomlTable;
  /** Packages that it has. */
  readonly memberNames: ReadonlySet<string>;
  /** The root's manifest with the new member; undefined where its globs have it already. */
  readonly changed: ChangedText | undefined;
  /** The root's manifest with the new member by its name, globs or not. */
  readonly withMember: string;
}

/** Texts of open documents by their files; they win over the disk. */
export type OpenTexts = ReadonlyMap<string, string>;

/** The workspace around the new folder; null when the crate will stand alone. The error is a sentence. */
export function workspaceAround(
  folder: string,
  openTexts: OpenTexts = new Map(),
): Result<WorkspacePlace | null, string> {
  const files = createDiskFiles((file) => openTexts.get(file));
  const store = new ManifestStore(files, new Map());
  const workspaces = new Workspaces(store);
  const found = workspaces.rootOf(join(folder, "Cargo.toml"));
  const [notice] = store.notices;
  if (notice !== undefined) {
    return err(`${notice.file} cannot be used: ${notice.message}`);
  }
  if (found === undefined) {
    return ok(null);
  }
  const text = files.read(found.manifestPath) ?? "";
  const place = {
    folder: found.folder,
    manifestPath: found.manifestPath,
    text,
    root: parseTomlValues(text) ?? {},
    memberNames: new Set(
      [...workspaces.membersOf(found)].flatMap((member) => store.load(member)?.package?.name ?? []),
    ),
  };
  const member = relative(found.folder, folder).split(sep).join("/");
  const added = addMember(text, member);
  if (!added.ok) {
    return err(`${found.manifestPath} cannot be changed: ${added.error.message}`);
  }
  const withMember = added.value.text;
  return ok({
    ...place,
    withMember,
    changed: isCovered(found.folder, found.workspace.members, folder, files)
      ? undefined
      : { file: found.manifestPath, before: text, text: withMember },
  });
}

/** Whether the members have the folder once it is there. */
function isCovered(
  root: string,
  members: readonly string[],
  folder: string,
  files: ManifestFiles,
): boolean {
  const withNew: ManifestFiles = {
    ...files,
    list: (listed) => [...files.list(listed), ...newEntries(listed, folder)],
  };
  return members.some((pattern) => globFolders(root, pattern, withNew).includes(folder));
}

function newEntries(listed: string, folder: string): readonly FolderEntry[] {
  for (let below = folder; dirname(below) !== below; below = dirname(below)) {
    if (dirname(below) === listed) {
      return [{ name: below.slice(listed.length).replace(/^[\\/]/u, ""), kind: "folder" }];
    }
  }
  return [];
}

const inheritedKeys = [
  "version",
  "edition",
  "rust-version",
  "license",
  "authors",
  "repository",
  "publish",
] as const;

/** The lines of `[package]` below the name: the workspace's where it has them. */
export function packageLines(place: WorkspacePlace | null): readonly string[] {
  const shared = asTable(asTable(place?.root["workspace"])?.["package"]) ?? {};
  const own: Readonly<Record<string, string>> = {
    version: 'version = "0.1.0"',
    edition: 'edition = "2021"',
  };
  return inheritedKeys.flatMap((key) =>
    shared[key] === undefined ? (own[key] ?? []) : [`${key}.workspace = true`],
  );
}

/** Whether the crate is checked by the lints of its workspace. */
export function hasSharedLints(place: WorkspacePlace | null): boolean {
  return asTable(asTable(place?.root["workspace"])?.["lints"]) !== undefined;
}

/** The dependency that the workspace has for its members, as written; undefined when it has none of that package. */
export function sharedDependency(
  place: WorkspacePlace | null,
  packageName: string,
): string | TomlTable | undefined {
  const written = asTable(asTable(place?.root["workspace"])?.["dependencies"])?.[packageName];
  const table = asTable(written);
  const isIt = table === undefined || (asString(table["package"]) ?? packageName) === packageName;
  return isIt ? (asString(written) ?? table) : undefined;
}
