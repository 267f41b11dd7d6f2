// Packages of the open folders, read from Cargo.toml files alone: no process is started, so this also works in Restricted
// Mode. What cargo would refuse becomes a notice and leaves the rest of the graph as it is.

import { dirname, join, resolve } from "node:path";
import type { CrateDependency, CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import { BrokenPaths } from "./brokenPaths.ts";
import { discoverManifests } from "./discoverManifests.ts";
import type { DependencyData, Inheritable, ManifestData } from "./manifestData.ts";
import type { ManifestFiles } from "./manifestFiles.ts";
import {
  isInside,
  type ManifestCache,
  type ManifestNotice,
  ManifestStore,
} from "./manifestStore.ts";
import { pathDependencies, type WorkspaceRoot, Workspaces } from "./workspaces.ts";

export interface ManifestGraph {
  readonly graph: CrateGraph;
  readonly notices: readonly ManifestNotice[];
  /** Every manifest that was read or looked for: a change of any of them makes the graph stale. */
  readonly files: ReadonlySet<string>;
  /** Manifests at which cargo, which reads them too, would hang. */
  readonly endless: ReadonlySet<string>;
}

const maxPackages = 5_000;

/** Reads the graph of everything in `folders` (absolute paths). With a cache, unchanged texts are not parsed again. */
export function readManifestGraph(
  folders: readonly string[],
  files: ManifestFiles,
  cache: ManifestCache = new Map(),
): ManifestGraph {
  const openFolders = folders.map((folder) => resolve(folder));
  const store = new ManifestStore(files, cache);
  const workspaces = new Workspaces(store);
  const discovered = discoverManifests(openFolders, files);
  for (const folder of discovered.truncated) {
    store.addNotice(
      folder,
      "This folder has too many subfolders to search them all for Cargo.toml files. Open the folder of the Rust project itself.",
    );
  }
  // First of all, so that the disk's spelling is the one that stays.
  const found = discovered.manifests.map((manifest) => store.named(manifest));
  const localManifests = collectLocal(found, store, workspaces);
  const crates = new Map<CrateId, PendingCrate>();
  const queue = [...localManifests];
  // It grows while it is walked.
  for (const id of queue) {
    const data = store.load(id);
    if (crates.has(id) || data?.package === undefined || crates.size >= maxPackages) {
      continue;
    }
    const root = workspaces.rootOf(id);
    crates.set(id, { id, data, root });
    const needed = pathDependencies(id, data, root).map((manifest) => store.named(manifest));
    queue.push(...needed, ...patchedPackages(root, store));
  }
  const builder = new GraphBuilder(store, crates);
  const nodes = new Map<CrateId, CrateNode>();
  for (const crate of crates.values()) {
    const isLocal =
      localManifests.has(crate.id) || openFolders.some((folder) => isInside(folder, crate.id));
    nodes.set(crate.id, builder.toNode(crate, isLocal));
    if (isLocal) {
      noticeStray(crate, workspaces, store);
    }
  }
  builder.tellBrokenPaths();
  return {
    graph: { crates: nodes },
    notices: store.notices,
    files: store.readFiles,
    endless: store.endless,
  };
}

interface PendingCrate {
  readonly id: CrateId;
  readonly data: ManifestData;
  readonly root: WorkspaceRoot | undefined;
}

/** The manifests in the open folders and all members of the workspaces they belong to. */
function collectLocal(
  manifests: readonly string[],
  store: ManifestStore,
  workspaces: Workspaces,
): ReadonlySet<string> {
  const local = new Set<string>();
  for (const manifest of manifests) {
    const data = store.load(manifest);
    if (data === undefined) {
      continue;
    }
    if (data.package === undefined && data.workspace === undefined) {
      store.addNotice(
        manifest,
        "This Cargo.toml has neither a [package] with a name nor a [workspace], so cargo cannot build it. Add one of the two.",
      );
      continue;
    }
    if (data.package !== undefined) {
      local.add(manifest);
    }
    const root = workspaces.rootOf(manifest);
    const members = root === undefined ? [] : workspaces.membersOf(root);
    for (const member of members) {
      local.add(member);
    }
  }
  return local;
}

function patchedPackages(root: WorkspaceRoot | undefined, store: ManifestStore): readonly string[] {
  return root === undefined
    ? []
    : [...root.data.pathPatches.values()].map((path) =>
        store.named(resolve(root.folder, path, "Cargo.toml")),
      );
}

function noticeStray(crate: PendingCrate, workspaces: Workspaces, store: ManifestStore): void {
  const root = crate.root;
  // What `[patch]` puts in place of another crate is built as a dependency, wherever it lies.
  const isPatch = patchedPackages(root, store).includes(crate.id);
  if (root === undefined || isPatch || workspaces.membersOf(root).has(crate.id)) {
    return;
  }
  store.addNotice(
    crate.id,
    `Package ${crate.data.package?.name ?? ""} lies in the workspace of ${root.manifestPath} but is not a member, so cargo refuses to build it. Add its folder to workspace.members or to workspace.exclude there.`,
  );
}

class GraphBuilder {
  readonly #store: ManifestStore;
  readonly #crates: ReadonlyMap<CrateId, PendingCrate>;
  readonly #brokenPaths: BrokenPaths;

  constructor(store: ManifestStore, crates: ReadonlyMap<CrateId, PendingCrate>) {
    this.#store = store;
    this.#crates = crates;
    this.#brokenPaths = new BrokenPaths(store);
  }

  /** To be called after the last node. */
  tellBrokenPaths(): void {
    this.#brokenPaths.tell();
  }

  toNode(crate: PendingCrate, isLocal: boolean): CrateNode {
    const { id, data, root } = crate;
    const shared = root?.workspace;
    const library = this.#library(crate);
    return {
      id,
      info: {
        name: data.package?.name ?? "",
        version: inherit(data.package?.version, shared?.packageVersion) ?? "0.0.0",
        manifestPath: id,
        workspaceRoot: root?.folder ?? dirname(id),
        libraryName: libraryName(data),
        crateTypes: library.crateTypes,
      },
      rootFile: library.rootFile,
      edition: edition(data, root),
      targets: data.targets,
      resolver: resolverVersion(crate),
      profiles: (root?.data ?? data).profiles,
      isLocal,
      features: data.features,
      dependencies: data.dependencies.map((dependency) => this.#dependency(crate, dependency)),
    };
  }

  #library({ id, data }: PendingCrate): {
    rootFile: string | null;
    crateTypes: readonly string[];
  } {
    const crateTypes = data.library?.crateTypes ?? ["lib"];
    if (data.library?.path !== undefined) {
      return { rootFile: resolve(dirname(id), data.library.path), crateTypes };
    }
    const defaultFile = join(dirname(id), "src", "lib.rs");
    const isAutomatic = data.package?.hasAutomaticLibrary !== false;
    if (data.library !== undefined || (isAutomatic && this.#exists(defaultFile))) {
      return { rootFile: defaultFile, crateTypes };
    }
    return { rootFile: null, crateTypes: [] };
  }

  #exists(file: string): boolean {
    return this.#store.isThere(file) || this.#store.files.read(file) !== undefined;
  }

  #dependency(owner: PendingCrate, written: DependencyData): CrateDependency {
    const { declaration, base } = this.#inherited(owner, written);
    const packageName = declaration.packageName ?? written.key;
    const crateId = this.#target(owner, declaration, base, packageName);
    const target = crateId === null ? undefined : this.#crates.get(crateId)?.data;
    const isRenamed = declaration.packageName !== undefined;
    return {
      key: written.key,
      codeName: isRenamed || target === undefined ? codeName(written.key) : libraryName(target),
      packageName,
      kind: written.kind,
      target: written.target,
      isOptional: written.isOptional,
      usesDefaultFeatures: usesDefaultFeatures(written, declaration),
      features: [...new Set([...declaration.features, ...written.features])],
      requirement: declaration.requirement ?? null,
      crateId,
      ...(declaration.path === undefined ? {} : { isPath: true }),
    };
  }

  /** The line that names version or path, and where it stands. */
  #inherited(
    owner: PendingCrate,
    written: DependencyData,
  ): { declaration: DependencyData; base: PathBase } {
    const own: PathBase = { manifest: owner.id, folder: dirname(owner.id) };
    if (!written.isInherited) {
      return { declaration: written, base: own };
    }
    const declaration = owner.root?.workspace.dependencies.get(written.key);
    if (declaration === undefined || owner.root === undefined) {
      this.#store.addNotice(
        owner.id,
        `${written.key} says workspace = true, but ${
          owner.root === undefined
            ? "this package is in no workspace"
            : `[workspace.dependencies] of ${owner.root.manifestPath} has no ${written.key}`
        }. Add it there, or give a version here.`,
      );
      return { declaration: written, base: own };
    }
    const { manifestPath, folder } = owner.root;
    return { declaration, base: { manifest: manifestPath, folder } };
  }

  #target(
    owner: PendingCrate,
    declaration: DependencyData,
    base: PathBase,
    packageName: string,
  ): CrateId | null {
    if (declaration.path === undefined) {
      const patch =
        declaration.isGit || owner.root === undefined
          ? undefined
          : owner.root.data.pathPatches.get(packageName);
      const id =
        patch === undefined || owner.root === undefined
          ? undefined
          : this.#store.named(resolve(owner.root.folder, patch, "Cargo.toml"));
      return id !== undefined && this.#crates.has(id) ? id : null;
    }
    const id = this.#store.named(resolve(base.folder, declaration.path, "Cargo.toml"));
    if (this.#crates.has(id)) {
      return id;
    }
    if (!this.#exists(id)) {
      this.#brokenPaths.add(base.manifest, { key: declaration.key, path: declaration.path, id });
    }
    return null;
  }
}

/** Where a path is written, and the folder that it begins in. */
interface PathBase {
  readonly manifest: string;
  readonly folder: string;
}

/** The name of a package in code, when it has no other. */
export function codeName(name: string): string {
  return name.replaceAll("-", "_");
}

function libraryName(data: ManifestData): string {
  return codeName(data.library?.name ?? data.package?.name ?? "");
}

function inherit(field: Inheritable, shared: string | undefined): string | undefined {
  if (field === undefined) {
    return undefined;
  }
  return "workspace" in field ? shared : field.value;
}

/** A member can only switch default features on again, not off (cargo ignores that with a warning). */
function usesDefaultFeatures(written: DependencyData, declaration: DependencyData): boolean {
  if (!written.isInherited) {
    return written.usesDefaultFeatures ?? true;
  }
  return written.usesDefaultFeatures === true || (declaration.usesDefaultFeatures ?? true);
}

function edition(data: ManifestData, root: WorkspaceRoot | undefined): string {
  return inherit(data.package?.edition, root?.workspace.packageEdition) ?? "2015";
}

function resolverVersion({ data, root }: PendingCrate): "1" | "2" {
  const owner = root?.data ?? data;
  const declared = root?.workspace.resolver ?? owner.package?.resolver;
  if (declared !== undefined) {
    return declared === "1" ? "1" : "2";
  }
  return owner.package !== undefined && Number(edition(owner, root)) >= 2021 ? "2" : "1";
}
