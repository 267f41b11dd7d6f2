// Follows a path in code by its text alone, to the async runtime or to the local function that it names. The runtimes'
// own sources are never read: a path is known by the crate it begins at.

import type { CrateId } from "../../model/crateGraph.ts";
import type { UseLeaf } from "../syntax/items.ts";
import type { Crate, Module } from "../names/modules.ts";
import type { Names } from "../names/names.ts";

/** Packages whose executor or drivers an async method may reach for. */
const runtimePackages: ReadonlySet<string> = new Set(
  (
    "tokio async-std smol async-io async-executor async-global-executor async-process async-net async-fs " +
    "embassy-executor embassy-time embassy-net glommio monoio actix-rt compio"
  ).split(" "),
);

const runtimeNames: ReadonlySet<string> = new Set(
  [...runtimePackages].map((name) => name.replaceAll("-", "_")),
);

export type FollowedPath =
  /** From the runtime's crate on, under its own name; `owner` is the crate that depends on it. */
  | { readonly kind: "runtime"; readonly path: readonly string[]; readonly owner: CrateId }
  | { readonly kind: "local"; readonly module: Module; readonly rest: readonly string[] };

/** Longest chain of re-exports that is followed. */
const longestChain = 16;

/** Whether a text can name a runtime at all. */
export function mentionsRuntime(crate: Crate): boolean {
  const renamed = crate.node.dependencies
    .filter(({ packageName }) => runtimePackages.has(packageName))
    .map(({ codeName }) => codeName);
  const pattern = new RegExp([...runtimeNames, ...renamed].join("|"), "u");
  return [...crate.files.values()].some(
    (entry) => entry.kind === "read" && pattern.test(entry.syntax.text),
  );
}

export class PathFollower {
  readonly #names: Names;
  readonly #known = new Map<Module, Map<string, FollowedPath | undefined>>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** As {@link follow}, remembering: bodies name the same few things over and over, most of them local variables. */
  followKnown(
    segments: readonly string[],
    isGlobal: boolean,
    module: Module,
  ): FollowedPath | undefined {
    const known = this.#known.get(module) ?? new Map<string, FollowedPath | undefined>();
    this.#known.set(module, known);
    const first = segments[0] ?? "";
    if (!isGlobal && this.#remember(known, [first], module) === undefined) {
      return undefined;
    }
    return isGlobal
      ? this.follow(segments, isGlobal, module)
      : this.#remember(known, segments, module);
  }

  #remember(
    known: Map<string, FollowedPath | undefined>,
    segments: readonly string[],
    module: Module,
  ): FollowedPath | undefined {
    const key = segments.length === 1 ? (segments[0] ?? "") : segments.join("::");
    if (!known.has(key)) {
      known.set(key, this.follow(segments, false, module));
    }
    return known.get(key);
  }

  /** Where `segments` lead from `module`; `locals` are `use` items of the body around. */
  follow(
    segments: readonly string[],
    isGlobal: boolean,
    module: Module,
    locals: readonly UseLeaf[] = [],
    depth = 0,
  ): FollowedPath | undefined {
    const [first, ...rest] = segments;
    if (first === undefined || depth > longestChain) {
      return undefined;
    }
    if (isGlobal) {
      return this.#fromCrate(module, first, rest, depth);
    }
    if (first === "crate" || first === "self" || first === "super") {
      const start =
        first === "crate" ? module.crate.root : first === "self" ? module : module.parent;
      return start === null ? undefined : this.#within(start, rest, module, depth);
    }
    const local = locals.find(({ binding }) => binding === first);
    if (local !== undefined) {
      return this.follow([...local.path, ...rest], local.isGlobal, module, [], depth + 1);
    }
    return (
      this.#member(module, first, rest, module, depth) ??
      this.#fromCrate(module, first, rest, depth)
    );
  }

  #within(
    module: Module,
    segments: readonly string[],
    viewer: Module,
    depth: number,
  ): FollowedPath | undefined {
    const [first, ...rest] = segments;
    if (first === undefined) {
      return { kind: "local", module, rest: [] };
    }
    if (first === "super") {
      return module.parent === null ? undefined : this.#within(module.parent, rest, viewer, depth);
    }
    return this.#member(module, first, rest, viewer, depth);
  }

  /** `name::rest` where `name` is declared in or imported into `module`. */
  #member(
    module: Module,
    name: string,
    rest: readonly string[],
    viewer: Module,
    depth: number,
  ): FollowedPath | undefined {
    const child = module.child(name);
    if (child !== undefined) {
      return this.#within(child, rest, viewer, depth);
    }
    const isDeclared = module.named(name).some(({ item }) => item.kind !== "externCrate");
    if (isDeclared) {
      return { kind: "local", module, rest: [name, ...rest] };
    }
    for (const { leaf } of this.#names.leaves(module, viewer)) {
      const isItself = leaf.path.length === 1 && leaf.path[0] === name;
      if (!leaf.isGlob && leaf.binding === name && !isItself) {
        return this.follow([...leaf.path, ...rest], leaf.isGlobal, module, [], depth + 1);
      }
    }
    return this.#fromGlobs(module, name, rest, viewer, depth);
  }

  /** Globs of local modules only: what a runtime's glob brings is not known. */
  #fromGlobs(
    module: Module,
    name: string,
    rest: readonly string[],
    viewer: Module,
    depth: number,
  ): FollowedPath | undefined {
    if (depth > longestChain) {
      return undefined;
    }
    for (const { leaf } of this.#names.leaves(module, viewer)) {
      const target = leaf.isGlob
        ? this.follow(leaf.path, leaf.isGlobal, module, [], depth + 1)
        : undefined;
      if (target?.kind === "local" && target.rest.length === 0 && target.module !== module) {
        const found = this.#member(target.module, name, rest, module, depth + 1);
        if (found !== undefined) {
          return found;
        }
      }
    }
    return undefined;
  }

  #fromCrate(
    module: Module,
    name: string,
    rest: readonly string[],
    depth: number,
  ): FollowedPath | undefined {
    const crateName = externName(module.crate, name);
    const dependency = module.crate.node.dependencies.find(
      ({ codeName, kind }) => codeName === crateName && kind === "normal",
    );
    const packageName = dependency?.packageName ?? crateName;
    const isMissing = dependency === undefined && runtimeNames.has(crateName);
    if (isMissing || runtimePackages.has(packageName)) {
      const path = [packageName.replaceAll("-", "_"), ...rest];
      return { kind: "runtime", path, owner: module.crate.node.id };
    }
    const root = this.#localRoot(module.crate, crateName);
    return root === null ? undefined : this.#within(root, rest, module, depth + 1);
  }

  #localRoot(crate: Crate, codeName: string): Module | null {
    const found = this.#names.externCrate(crate, codeName);
    const local =
      found?.kind === "crate" && found.crate?.node.isLocal === true ? found.crate : null;
    return local?.root ?? null;
  }
}

/** The crate behind a name given by `extern crate … as name;`. */
function externName(crate: Crate, name: string): string {
  const declared = crate.root?.named(name).find(({ item }) => item.kind === "externCrate")?.item;
  return declared?.kind === "externCrate" ? declared.crateName : name;
}
