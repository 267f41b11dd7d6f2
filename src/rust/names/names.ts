// Follows names: items of a module, `use` with renames, globs and re-exports, other crates, std's prelude.

import type { CrateGraph, CrateId } from "../../model/crateGraph.ts";
import { isConditional } from "../syntax/items/attributes.ts";
import { chosenFrom, isSeenFrom, scopeOf, type Binding } from "./bindings.ts";
import { flagsStruct, hasFlags } from "./bitflags.ts";
import { GlobAnswers } from "./globSearch.ts";
import { interfaceAttribute } from "./macroNames.ts";
import {
  cTypeIn,
  dollarCrateOrigin,
  isSame,
  isIn,
  itemBehind,
  preludeDefinition,
  relativeStart,
  unreadModule,
  variantOf,
  type BuildCrates,
  type Definition,
  type Namespace,
  type PathRequest,
} from "./definitions.ts";
import type { TraitItem, UseLeaf } from "../syntax/items/items.ts";
import type { Crate, Module, Placed, PlacedLeaf } from "./modules/modules.ts";
import { AskedTables, type NameTable } from "./nameTable.ts";
import { stdCrates } from "./stdNames.ts";

/** Resolves names in one build of one state of the sources. */
export class Names {
  readonly graph: CrateGraph;
  readonly #build: BuildCrates;
  readonly tables: AskedTables;
  readonly #globs: GlobAnswers;
  readonly #ids = new Map<Module, number>();

  constructor(build: BuildCrates) {
    this.graph = build.graph;
    this.#build = build;
    this.tables = new AskedTables(build);
    this.#globs = new GlobAnswers(this.tables, {
      explicit: (module, name, namespace) => this.#explicit(module, name, namespace),
      target: (leaf, module) => this.target(leaf, module, "type"),
    });
  }

  /** The crate `id` in this build, when its sources are at hand. */
  crate(id: CrateId): Crate | null {
    return this.tables.open(id);
  }

  /** Opens every crate that an answer rests on, whoever asked first. */
  openAll(): void {
    this.tables.openAll();
  }

  /** Does something whose outcome may be kept with the table of `crate`; see {@link AskedTables.within}. */
  within<T>(crate: Crate, work: (table: NameTable) => T): T {
    return this.tables.within(crate, work);
  }

  /** A number for the module that no other has. */
  idOf(module: Module): number {
    const known = this.#ids.get(module) ?? this.#ids.size;
    this.#ids.set(module, known);
    return known;
  }

  /** Features of a package as cargo unifies them in this build. */
  featuresOf(id: CrateId): ReadonlySet<string> {
    return this.#build.featuresOf(id);
  }

  /** Whether a `[target.'…']` key, such as `cfg(windows)`, covers the target of this build. */
  appliesTo(key: string): boolean {
    return this.#build.appliesTo(key);
  }

  /** What the path means where it stands. */
  resolve(request: PathRequest): Definition | undefined {
    return this.#given(this.#follow(request, this.#start(request, "code")));
  }

  /** Who gets a definition may look into it. */
  #given(definition: Definition | undefined): Definition | undefined {
    const placed = definition && itemBehind(definition);
    if (placed !== undefined) {
      this.tables.lookInto(placed);
    }
    return definition;
  }

  #follow(request: PathRequest, start: PathStart): Definition | undefined {
    const { segments, module, namespace } = request;
    let current = start.definition;
    for (let index = start.next; index < segments.length; index++) {
      if (current === undefined) {
        return undefined;
      }
      const isLast = index === segments.length - 1;
      const name = segments[index] ?? "";
      current = this.#member(current, name, isLast ? namespace : "type", module);
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
    // What a module declares or imports by name hides what its globs bring, whoever may see it.
    const [explicit] = this.#explicit(module, name, namespace);
    const found =
      explicit === undefined
        ? chosenFrom(name, this.#globs.bindings(module, name, namespace), viewer)
        : isSeenFrom(viewer, explicit.scope)
          ? explicit.definition
          : undefined;
    return this.#given(found);
  }

  /** `name` as code in `module` sees it: in a body, what is around that body too. */
  memberAround(module: Module, name: string, namespace: Namespace): Definition | undefined {
    const found = this.member(module, name, namespace, module);
    return found === undefined && module.isBody && module.parent !== null
      ? this.memberAround(module.parent, name, namespace)
      : found;
  }

  /** The names that `use` items of a module bring, as far as `viewer` may see them. */
  leaves(module: Module, viewer: Module): readonly PlacedLeaf[] {
    return viewer.isWithin(module)
      ? module.leaves
      : module.leaves.filter(({ placed }) => isSeenFrom(viewer, scopeOf(placed.item, module)));
  }

  /** Where a `use` leaf leads. */
  target(leaf: UseLeaf, module: Module, namespace: Namespace): Definition | undefined {
    const { path: segments, isGlobal } = leaf;
    const isFromRoot =
      module.crate.node.edition === "2015" &&
      !["crate", "self", "super", "$crate"].includes(segments[0] ?? "");
    if (!isFromRoot) {
      const request = { segments, isGlobal, module, namespace };
      return this.#follow(request, this.#start(request, "import"));
    }
    return (
      this.resolve({ segments: ["crate", ...segments], isGlobal: false, module, namespace }) ??
      this.resolve({ segments, isGlobal: true, module, namespace })
    );
  }

  /** The crate that `codeName` means in `crate`: a dependency, or an `extern crate … as` at its root. */
  externCrate(crate: Crate, codeName: string): Definition | undefined {
    const { graph } = this;
    const written = crate.macros?.crateNamed(codeName);
    if (written !== undefined) {
      const opened = this.crate(written.node.id);
      return { kind: "crate", crate: opened, origin: dollarCrateOrigin(crate, written, codeName) };
    }
    const lines = crate.node.dependencies.filter(
      ({ codeName: name, kind, target }) =>
        name === codeName && kind === "normal" && this.#build.appliesTo(target),
    );
    const dependency = lines.find(({ crateId }) => crateId !== null) ?? lines[0];
    if (dependency !== undefined) {
      const id = dependency.crateId;
      const opened = id !== null && graph.crates.has(id) ? this.crate(id) : null;
      const origin = { owner: crate.node.id, dependency };
      return { kind: "crate", crate: opened, origin };
    }
    return stdCrates.has(codeName) ? { kind: "std", path: [] } : undefined;
  }

  #start(request: PathRequest, from: "code" | "import"): PathStart {
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
    const definition =
      from === "code"
        ? this.#lexical(first, module, namespace)
        : this.#importStart(first, module, namespace);
    return { definition, next: 1 };
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
    const found = this.memberAround(module, name, namespace);
    if (found !== undefined && !(found.kind === "unknown" && found.mayBeAbsent === true)) {
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

  /**
   * The first name of a `use` path. A glob that brings the name of a crate makes it ambiguous there, so that crates may be
   * asked before globs: few paths then lead back to the globs beside them.
   */
  #importStart(name: string, module: Module, namespace: Namespace): Definition | undefined {
    const [explicit] = this.#explicit(module, name, namespace);
    if (explicit !== undefined && explicit.definition.kind !== "unknown") {
      return explicit.definition;
    }
    const crate =
      namespace === "type"
        ? (this.#rootExtern(name, module) ?? this.externCrate(module.crate, name))
        : undefined;
    return crate ?? explicit?.definition ?? this.#lexical(name, module, namespace);
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

  /** The name as the module declares or imports it; at most one binding. */
  #explicit(module: Module, name: string, namespace: Namespace): readonly Binding[] {
    const declared = this.#declared(module, name, namespace);
    if (declared !== undefined) {
      return [declared];
    }
    if (module.imports(name).length === 0 && !mayBeMade(module, name, namespace)) {
      return [];
    }
    const table = this.tables.tableOf(module);
    return this.tables.answer(table.question("named", module, name, namespace), module, () => {
      const made = namespace === "type" ? this.#made(module, name) : undefined;
      return made === undefined ? this.#imported(module, name, namespace) : [made];
    });
  }

  #declared(module: Module, name: string, namespace: Namespace): Binding | undefined {
    const named = module.named(name);
    if (named.length === 0) {
      return undefined;
    }
    const all = named.filter(({ item }) => isIn(item, namespace));
    const certain = all.filter(({ item }) => !isConditional(item));
    const [chosen, ...others] = certain.length > 0 ? certain : all;
    if (chosen === undefined) {
      return undefined;
    }
    const definition: Definition | undefined =
      others.length > 0
        ? {
            kind: "unknown",
            reason: `\`${name}\` is declared more than once under different \`cfg\` conditions.`,
            declared: { module, placed: chosen },
          }
        : this.#itemDefinition(module, chosen);
    return definition && { definition, scope: scopeOf(chosen.item, module) };
  }

  /** What a macro makes under the name. */
  #made(module: Module, name: string): Binding | undefined {
    const companion = this.#companion(module, name) ?? cTypeIn(module, name);
    if (companion !== undefined) {
      return { definition: companion, scope: null };
    }
    const placed = flagsStruct(this, module, name);
    return (
      placed && {
        definition: { kind: "item", module, placed },
        scope: scopeOf(placed.item, module),
      }
    );
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
      const isUnread = child === undefined && module.isUnread({ ...placed, item });
      return isUnread ? unreadModule(item.name) : child && { kind: "module", module: child };
    }
    if (item.kind === "externCrate") {
      const root = module.crate.root;
      return item.crateName === "self" && root !== null
        ? { kind: "module", module: root }
        : this.externCrate(module.crate, item.crateName);
    }
    return { kind: "item", module, placed };
  }

  #imported(module: Module, name: string, namespace: Namespace): readonly Binding[] {
    const found: Binding[] = [];
    for (const { leaf, placed } of module.imports(name)) {
      const definition = this.target(leaf, module, namespace);
      if (definition !== undefined && !found.some((one) => isSame(one.definition, definition))) {
        found.push({ definition, scope: scopeOf(placed.item, module) });
      }
    }
    const [first, other] = found;
    if (first === undefined || other === undefined) {
      return found;
    }
    const reason = `\`${name}\` is imported more than once under different \`cfg\` conditions.`;
    return [{ definition: { kind: "unknown", reason }, scope: first.scope }];
  }
}

/** Where the rest of a path goes on from: `next` is the index of its first segment. */
interface PathStart {
  readonly definition: Definition | undefined;
  readonly next: number;
}

/** Whether a macro may make something of the name, which only following the macro's own name tells. */
function mayBeMade(module: Module, name: string, namespace: Namespace): boolean {
  const isMade = name.startsWith("__fidius_") || name.startsWith("c_") || hasFlags(module, name);
  return namespace === "type" && isMade;
}
