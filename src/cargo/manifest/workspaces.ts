// Which workspace a manifest belongs to and which packages a workspace has, by cargo's own rules: a parent folder's
// `[workspace]` unless it excludes the package, `package.workspace`, member globs, and path dependencies of members.

import { dirname, join, resolve } from "node:path";
import { globFolders, isGlob } from "./globFolders.ts";
import type { ManifestData, WorkspaceData } from "./manifestData.ts";
import { isInside, type ManifestStore } from "./manifestStore.ts";

export interface WorkspaceRoot {
  /** The root's Cargo.toml. */
  readonly manifestPath: string;
  readonly folder: string;
  readonly data: ManifestData;
  readonly workspace: WorkspaceData;
}

export class Workspaces {
  readonly #store: ManifestStore;
  readonly #roots = new Map<string, WorkspaceRoot | undefined>();
  readonly #members = new Map<string, ReadonlySet<string>>();

  constructor(store: ManifestStore) {
    this.#store = store;
  }

  /** The workspace that cargo looks into for `manifestPath`; undefined for a package that stands alone. */
  rootOf(manifestPath: string): WorkspaceRoot | undefined {
    if (!this.#roots.has(manifestPath)) {
      this.#roots.set(manifestPath, this.#findRoot(manifestPath));
    }
    return this.#roots.get(manifestPath);
  }

  /** Manifests of all members of the workspace. */
  membersOf(root: WorkspaceRoot): ReadonlySet<string> {
    const known = this.#members.get(root.manifestPath);
    if (known !== undefined) {
      return known;
    }
    const members = new Set<string>();
    const queue = this.#explicitMembers(root);
    for (let manifest = queue.pop(); manifest !== undefined; manifest = queue.pop()) {
      const data = this.#store.load(manifest);
      if (members.has(manifest) || data?.package === undefined) {
        continue;
      }
      members.add(manifest);
      for (const path of pathDependencies(manifest, data, root)) {
        const dependency = this.#store.named(path);
        if (this.rootOf(dependency)?.manifestPath === root.manifestPath) {
          queue.push(dependency);
        }
      }
    }
    this.#members.set(root.manifestPath, members);
    return members;
  }

  #findRoot(manifestPath: string): WorkspaceRoot | undefined {
    const data = this.#store.load(manifestPath);
    if (data?.workspace !== undefined) {
      return toRoot(manifestPath, data, data.workspace);
    }
    if (data?.package?.workspace !== undefined) {
      const root = resolve(dirname(manifestPath), data.package.workspace, "Cargo.toml");
      return this.#loadRoot(this.#store.named(root));
    }
    let folder = dirname(dirname(manifestPath));
    for (let parent = dirname(folder); ; parent = dirname(folder)) {
      const root = this.#loadRoot(this.#store.named(join(folder, "Cargo.toml")));
      if (root !== undefined && !isExcluded(root, manifestPath)) {
        return root;
      }
      if (parent === folder) {
        return undefined;
      }
      folder = parent;
    }
  }

  #loadRoot(manifestPath: string): WorkspaceRoot | undefined {
    const data = this.#store.load(manifestPath);
    if (data?.workspace !== undefined) {
      return toRoot(manifestPath, data, data.workspace);
    }
    // A member may name its root, and then a package below that member finds the same root.
    const redirect = data?.package?.workspace;
    if (redirect !== undefined) {
      const target = this.#store.named(resolve(dirname(manifestPath), redirect, "Cargo.toml"));
      const targetData = this.#store.load(target);
      return targetData?.workspace === undefined
        ? undefined
        : toRoot(target, targetData, targetData.workspace);
    }
    return undefined;
  }

  #explicitMembers(root: WorkspaceRoot): string[] {
    const manifests = root.data.package === undefined ? [] : [root.manifestPath];
    for (const pattern of root.workspace.members) {
      for (const folder of globFolders(root.folder, pattern, this.#store.files)) {
        const manifest = this.#store.named(join(folder, "Cargo.toml"));
        if (isGlob(pattern) && isExcluded(root, manifest)) {
          continue;
        }
        if (this.#store.load(manifest) !== undefined || this.#store.isThere(manifest)) {
          manifests.push(manifest);
        } else {
          this.#store.addNotice(
            root.manifestPath,
            `The workspace names the member "${pattern}", but ${manifest} does not exist, so cargo refuses the workspace. Create that package, or take its folder out of workspace.members.`,
          );
        }
      }
    }
    return manifests;
  }
}

/** Manifests of the path dependencies of a package. */
export function pathDependencies(
  manifestPath: string,
  data: ManifestData,
  root: WorkspaceRoot | undefined,
): readonly string[] {
  return data.dependencies.flatMap((dependency) => {
    if (dependency.path !== undefined) {
      return [resolve(dirname(manifestPath), dependency.path, "Cargo.toml")];
    }
    const inherited = dependency.isInherited
      ? root?.workspace.dependencies.get(dependency.key)?.path
      : undefined;
    return root === undefined || inherited === undefined
      ? []
      : [resolve(root.folder, inherited, "Cargo.toml")];
  });
}

function toRoot(manifestPath: string, data: ManifestData, workspace: WorkspaceData): WorkspaceRoot {
  return { manifestPath, folder: dirname(manifestPath), data, workspace };
}

/** cargo compares path prefixes here, without globs; an explicit member wins over an exclude. */
function isExcluded(root: WorkspaceRoot, manifestPath: string): boolean {
  const isUnder = (path: string): boolean => isInside(resolve(root.folder, path), manifestPath);
  return root.workspace.exclude.some(isUnder) && !root.workspace.members.some(isUnder);
}
