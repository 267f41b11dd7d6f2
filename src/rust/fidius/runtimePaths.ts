// Follows a path in code by its text alone, to the async runtime or to the local function that it names. The runtimes'
// own sources are never read: a path is known by the crate it begins at.

import type { CrateId } from "../../model/crateGraph.ts";
import type { UseLeaf } from "../syntax/items/items.ts";
import { isSeenFrom, scopeOf } from "../names/bindings.ts";
import type { Definition } from "../names/definitions.ts";
import type { Crate, Module } from "../names/modules/modules.ts";
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

/** A longer path is an import that leads into itself. */
const longestPath = 32;

/** The modules and names of one search: each is looked into once, so that circles end and globs cost no more than they are. */
class Way {
  readonly #entered = new Map<Module, Set<string>>();

  /** False for a name that was looked for in the module before. */
  enter(module: Module, name: string): boolean {
    const names = this.#entered.get(module) ?? new Set();
    this.#entered.set(module, names);
    const isNew = !names.has(name);
    names.add(name);
    return isNew;
  }
}

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
    way: Way = new Way(),
  ): FollowedPath | undefined {
    const [first, ...rest] = segments;
    if (first === undefined || segments.length > longestPath) {
      return undefined;
    }
    if (isGlobal) {
      return this.#fromCrate(module, first, rest, way);
    }
    if (first === "crate" || first === "self" || first === "super") {
      const start =
        first === "crate" ? module.crate.root : first === "self" ? module : module.parent;
      return start === null ? undefined : this.#within(start, rest, module, way);
    }
    const local = locals.find(({ binding }) => binding === first);
    if (local !== undefined) {
      return this.follow([...local.path, ...rest], local.isGlobal, module, [], way);
    }
    return (
      this.#member(module, first, rest, module, way) ?? this.#fromCrate(module, first, rest, way)
    );
  }

  #within(
    module: Module,
    segments: readonly string[],
    viewer: Module,
    way: Way,
  ): FollowedPath | undefined {
    const [first, ...rest] = segments;
    if (first === undefined) {
      return { kind: "local", module, rest: [] };
    }
    if (first === "super") {
      return module.parent === null ? undefined : this.#within(module.parent, rest, viewer, way);
    }
    return this.#member(module, first, rest, viewer, way);
  }

  /** `name::rest` where `name` is declared in or imported into `module`. */
  #member(
    module: Module,
    name: string,
    rest: readonly string[],
    viewer: Module,
    way: Way,
  ): FollowedPath | undefined {
    const child = module.child(name);
    if (child !== undefined) {
      return this.#within(child, rest, viewer, way);
    }
    const isDeclared = module.named(name).some(({ item }) => item.kind !== "externCrate");
    if (isDeclared) {
      return { kind: "local", module, rest: [name, ...rest] };
    }
    if (!way.enter(module, [name, ...rest].join("::"))) {
      return undefined;
    }
    for (const { leaf, placed } of module.imports(name)) {
      const isItself = leaf.path.length === 1 && leaf.path[0] === name;
      if (!isItself && isSeenFrom(viewer, scopeOf(placed.item, module))) {
        return this.follow([...leaf.path, ...rest], leaf.isGlobal, module, [], way);
      }
    }
    return this.#fromGlobs(module, name, rest, viewer, way);
  }

  /** Globs of local modules only: what a runtime's glob brings is not known. */
  #fromGlobs(
    module: Module,
    name: string,
    rest: readonly string[],
    viewer: Module,
    way: Way,
  ): FollowedPath | undefined {
    for (const { leaf, placed } of module.globs) {
      const target = isSeenFrom(viewer, scopeOf(placed.item, module))
        ? this.#names.target(leaf, module, "type")
        : undefined;
      const source = target === undefined ? undefined : localModule(target);
      const found = source && this.#member(source, name, rest, module, way);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  }

  #fromCrate(
    module: Module,
    name: string,
    rest: readonly string[],
    way: Way,
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
    return root === null ? undefined : this.#within(root, rest, module, way);
  }

  #localRoot(crate: Crate, codeName: string): Module | null {
    const found = this.#names.externCrate(crate, codeName);
    const local =
      found?.kind === "crate" && found.crate?.node.isLocal === true ? found.crate : null;
    return local?.root ?? null;
  }
}

/** The module of the user's own crates that a glob leads to. */
function localModule(target: Definition): Module | undefined {
  if (target.kind === "module") {
    return target.module;
  }
  const crate = target.kind === "crate" ? target.crate : null;
  return crate?.node.isLocal === true ? (crate.root ?? undefined) : undefined;
}

/** The crate behind a name given by `extern crate … as name;`. */
function externName(crate: Crate, name: string): string {
  const declared = crate.root?.named(name).find(({ item }) => item.kind === "externCrate")?.item;
  return declared?.kind === "externCrate" ? declared.crateName : name;
}
