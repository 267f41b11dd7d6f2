// Follows names: items of a module, `use` with renames, globs and re-exports, other crates, std's prelude.

import type { CrateGraph, CrateId } from "../../model/crateGraph.ts";
import { isConditional } from "../syntax/attributes.ts";
import { flagsStruct } from "./bitflags.ts";
import { interfaceAttribute } from "./macroNames.ts";
import {
  externalMember,
  isIn,
  isSame,
  isVisible,
  preludeDefinition,
  relativeStart,
  variantOf,
  type Definition,
  type Namespace,
} from "./definitions.ts";
import type { TraitItem, UseLeaf } from "../syntax/items.ts";
import type { Crate, Module, Placed, PlacedLeaf } from "./modules.ts";
import { stdCrates, stdHas } from "./stdNames.ts";

export interface PathRequest {
  readonly segments: readonly string[];
  readonly isGlobal: boolean;
  readonly module: Module;
  readonly namespace: Namespace;
}

/** The crates of one build. */
export interface BuildCrates {
  readonly graph: CrateGraph;
  open(id: CrateId): Crate | null;
  featuresOf(id: CrateId): ReadonlySet<string>;
  /** Whether a `[target.'…']` key covers the build's target. */
  appliesTo(key: string | null): boolean;
}

/** Resolves names in one build of one state of the sources. */
export class Names {
  readonly graph: CrateGraph;
  readonly #build: BuildCrates;
  readonly #active = new Set<string>();
  readonly #known = new Map<string, Definition | undefined>();
  readonly #ids = new Map<Module, number>();

  constructor(build: BuildCrates) {
    this.graph = build.graph;
    this.#build = build;
  }

  /** The crate `id` in this build, when its sources are at hand. */
  crate(id: CrateId): Crate | null {
    return this.#build.open(id);
  }

  /** Features of a package as cargo unifies them in this build. */
  featuresOf(id: CrateId): ReadonlySet<string> {
    return this.#build.featuresOf(id);
  }

  /** What the path means where it stands. */
  resolve(request: PathRequest): Definition | undefined {
    const { segments, module } = request;
    const start = this.#start(request);
    let current = start.definition;
    for (let index = start.next; index < segments.length; index++) {
      if (current === undefined) {
        return undefined;
      }
      const isLast = index === segments.length - 1;
      current = this.#member(
        current,
        segments[index] ?? "",
        isLast ? request.namespace : "type",
        module,
      );
    }
    return current;
  }

  /** `name` as a member of `module`, seen from `viewer`. */
  member(
    module: Module,
    name: string,
    namespace: Namespace,
    viewer: Module,
  ): Definition | undefined {
    const key = `${this.#id(module)}|${this.#id(viewer)}|${namespace}|${name}`;
    if (this.#known.has(key)) {
      return this.#known.get(key);
    }
    if (this.#active.has(key)) {
      return undefined;
    }
    this.#active.add(key);
    const found =
      this.#declared(module, name, namespace, viewer) ??
      this.#imported(module, name, namespace, viewer) ??
      this.#fromGlobs(module, name, namespace, viewer);
    this.#active.delete(key);
    // Inside a circle a name may look missing that is found from elsewhere: only complete answers are kept.
    if (this.#active.size === 0) {
      this.#known.set(key, found);
    }
    return found;
  }

  /** The names that `use` items of a module bring, as far as `viewer` may see them. */
  leaves(module: Module, viewer: Module): readonly PlacedLeaf[] {
    return viewer.isWithin(module)
      ? module.leaves
      : module.leaves.filter(({ placed }) => isVisible(placed.item, module, viewer));
  }

  /** Where a `use` leaf leads. */
  target(leaf: UseLeaf, module: Module, namespace: Namespace): Definition | undefined {
    const { path: segments, isGlobal } = leaf;
    const isFromRoot =
      module.crate.node.edition === "2015" &&
      !["crate", "self", "super", "$crate"].includes(segments[0] ?? "");
    const path = isFromRoot ? ["crate", ...segments] : segments;
    const found = this.resolve({
      segments: path,
      isGlobal: isGlobal && !isFromRoot,
      module,
      namespace,
    });
    return isFromRoot && found === undefined
      ? this.resolve({ segments, isGlobal: true, module, namespace })
      : found;
  }

  /** The crate that `codeName` means in `crate`: a dependency, or an `extern crate … as` at its root. */
  externCrate(crate: Crate, codeName: string): Definition | undefined {
    const { graph } = this;
    const lines = crate.node.dependencies.filter(
      ({ codeName: name, kind, target }) =>
        name === codeName && kind === "normal" && this.#build.appliesTo(target),
    );
    const dependency = lines.find(({ crateId }) => crateId !== null) ?? lines[0];
    if (dependency !== undefined) {
      const id = dependency.crateId;
      const opened = id !== null && graph.crates.has(id) ? this.#build.open(id) : null;
      const origin = { owner: crate.node.id, dependency };
      return { kind: "crate", crate: opened, origin };
    }
    return stdCrates.has(codeName) ? { kind: "std", path: [] } : undefined;
  }

  #start(request: PathRequest): { definition: Definition | undefined; next: number } {
    const { segments, isGlobal, module } = request;
    const first = segments[0] ?? "";
    if (isGlobal) {
      return { definition: this.#global(first, module), next: 1 };
    }
    if (first === "crate" || first === "$crate") {
      const root = module.crate.root;
      return { definition: root === null ? undefined : { kind: "module", module: root }, next: 1 };
    }
    if (first === "self" || first === "super") {
      return relativeStart(segments, module);
    }
    const namespace = segments.length === 1 ? request.namespace : "type";
    return { definition: this.#lexical(first, module, namespace), next: 1 };
  }

  /** `::name`: a crate; in the 2015 edition an item of the root first. */
  #global(name: string, module: Module): Definition | undefined {
    const { crate } = module;
    const inRoot =
      crate.node.edition === "2015" && crate.root !== null
        ? this.member(crate.root, name, "type", module)
        : undefined;
    return inRoot ?? this.externCrate(crate, name);
  }

  /** A name without a path before it. */
  #lexical(name: string, module: Module, namespace: Namespace): Definition | undefined {
    const found = this.member(module, name, namespace, module);
    if (found !== undefined && found.kind !== "unknown") {
      return found;
    }
    if (namespace === "type") {
      const known =
        this.#rootExtern(name, module) ??
        this.externCrate(module.crate, name) ??
        preludeDefinition(name);
      if (known !== undefined) {
        return known;
      }
    }
    return found;
  }

  #rootExtern(name: string, module: Module): Definition | undefined {
    const { root } = module.crate;
    const declared = root?.named(name).find(({ item }) => item.kind === "externCrate");
    return root === null || declared === undefined
      ? undefined
      : this.#itemDefinition(root, declared);
  }

  #member(
    parent: Definition,
    name: string,
    namespace: Namespace,
    viewer: Module,
  ): Definition | undefined {
    switch (parent.kind) {
      case "module":
        return this.member(parent.module, name, namespace, viewer);
      case "crate":
        return parent.crate?.root
          ? this.member(parent.crate.root, name, namespace, viewer)
          : { kind: "external", origin: parent.origin, path: [name] };
      case "external":
        return { ...parent, path: [...parent.path, name] };
      case "std":
        return { kind: "std", path: [...parent.path, name] };
      case "unknown":
        return parent;
      case "item":
        return variantOf(parent, name, namespace);
      case "variant":
      case "companion":
      case "primitive":
        return undefined;
    }
  }

  #declared(
    module: Module,
    name: string,
    namespace: Namespace,
    viewer: Module,
  ): Definition | undefined {
    const all = module
      .named(name)
      .filter(({ item }) => isIn(item, namespace) && isVisible(item, module, viewer));
    const certain = all.filter(({ item }) => !isConditional(item));
    const [chosen, ...others] = certain.length > 0 ? certain : all;
    if (chosen !== undefined) {
      return others.length > 0
        ? {
            kind: "unknown",
            reason: `\`${name}\` is declared more than once under different \`cfg\` conditions.`,
            declared: { module, placed: chosen },
          }
        : this.#itemDefinition(module, chosen);
    }
    return namespace === "type"
      ? (this.#companion(module, name) ?? this.#flags(module, name, viewer))
      : undefined;
  }

  /** A type that `bitflags!` makes. */
  #flags(module: Module, name: string, viewer: Module): Definition | undefined {
    const placed = flagsStruct(this, module, name);
    return placed !== undefined && isVisible(placed.item, module, viewer)
      ? { kind: "item", module, placed }
      : undefined;
  }

  #companion(module: Module, name: string): Definition | undefined {
    if (!name.startsWith("__fidius_")) {
      return undefined;
    }
    const traitName = name.slice("__fidius_".length);
    const placed = module
      .named(traitName)
      .find(
        (candidate): candidate is Placed<TraitItem> =>
          candidate.item.kind === "trait" &&
          interfaceAttribute(this, module, candidate.item) !== undefined,
      );
    return placed && { kind: "companion", module, placed };
  }

  #itemDefinition(module: Module, placed: Placed): Definition | undefined {
    const { item } = placed;
    if (item.kind === "module") {
      const child = module.child(item.name);
      return child && { kind: "module", module: child };
    }
    if (item.kind === "externCrate") {
      const root = module.crate.root;
      return item.crateName === "self" && root !== null
        ? { kind: "module", module: root }
        : this.externCrate(module.crate, item.crateName);
    }
    return { kind: "item", module, placed };
  }

  #imported(
    module: Module,
    name: string,
    namespace: Namespace,
    viewer: Module,
  ): Definition | undefined {
    const found: Definition[] = [];
    for (const { leaf } of this.leaves(module, viewer)) {
      if (leaf.binding === name && !leaf.isGlob) {
        const target = this.target(leaf, module, namespace);
        if (target !== undefined && !found.some((other) => isSame(other, target))) {
          found.push(target);
        }
      }
    }
    return found.length > 1
      ? {
          kind: "unknown",
          reason: `\`${name}\` is imported more than once under different \`cfg\` conditions.`,
        }
      : found[0];
  }

  #fromGlobs(
    module: Module,
    name: string,
    namespace: Namespace,
    viewer: Module,
  ): Definition | undefined {
    let unknown: Definition | undefined;
    let chosen: Definition | undefined;
    for (const { leaf } of this.leaves(module, viewer)) {
      const from = leaf.isGlob ? this.target(leaf, module, "type") : undefined;
      const found = from && this.#throughGlob(from, name, namespace, module, viewer);
      if (found === undefined || found.kind === "unknown") {
        unknown ??= found;
      } else if (chosen !== undefined && !isSame(chosen, found)) {
        const reason = `\`${name}\` comes from more than one glob import.`;
        return { kind: "unknown", reason };
      } else {
        chosen = found;
      }
    }
    return chosen ?? unknown;
  }

  /** What a glob in `module` hands on must be visible to that module, and to who looks at it from outside. */
  #throughGlob(
    from: Definition,
    name: string,
    namespace: Namespace,
    module: Module,
    viewer: Module,
  ): Definition | undefined {
    if (viewer.crate !== module.crate) {
      return this.#fromGlob(from, name, namespace, viewer);
    }
    const own = this.#fromGlob(from, name, namespace, module);
    if (own === undefined || viewer.isWithin(module)) {
      return own;
    }
    const seen = this.#fromGlob(from, name, namespace, viewer);
    return seen !== undefined && isSame(own, seen) ? own : undefined;
  }

  #fromGlob(
    from: Definition,
    name: string,
    namespace: Namespace,
    importer: Module,
  ): Definition | undefined {
    switch (from.kind) {
      case "module":
        return this.member(from.module, name, namespace, importer);
      case "std":
        return stdHas([...from.path, name])
          ? { kind: "std", path: [...from.path, name] }
          : undefined;
      case "crate":
        return from.crate?.root
          ? this.member(from.crate.root, name, namespace, importer)
          : externalMember({ kind: "external", origin: from.origin, path: [] }, name);
      case "external":
        return externalMember(from, name);
      case "unknown":
        return from;
      case "item":
        return variantOf(from, name, namespace);
      case "variant":
      case "companion":
      case "primitive":
        return undefined;
    }
  }

  #id(module: Module): number {
    const known = this.#ids.get(module) ?? this.#ids.size;
    this.#ids.set(module, known);
    return known;
  }
}
