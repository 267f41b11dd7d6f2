// What a crate has to import so that the types of an interface's methods mean there what they mean in the interface.

import { partsOf } from "../diagnostics/source/types/streamTypes.ts";
import type { ImplSubject } from "../diagnostics/source/subjects.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { CrateDependency } from "../model/crateGraph.ts";
import { isSame, type Definition } from "../rust/names/definitions.ts";
import type { Module } from "../rust/names/modules/modules.ts";
import type { Names } from "../rust/names/names.ts";
import { pathNames, type TypeSyntax } from "../rust/syntax/typeSyntax.ts";
import { privateModuleAbove } from "./interfaceReach.ts";
import { PublicPlaces } from "./publicPlaces.ts";

export interface TypeImports {
  /** `use` declarations. */
  readonly uses: readonly string[];
  /** Dependencies of the interface's crate that they name. */
  readonly crates: readonly string[];
}

/** The error is a sentence on the first type that cannot be named. */
export function importsOfTypes(
  types: readonly TypeSyntax[],
  declaring: Module,
  subject: ImplSubject,
): Result<TypeImports, string> {
  const { names } = subject.sources;
  const reachable = new ReachablePlaces(subject);
  const uses = new Set<string>();
  const crates = new Set<string>();
  const open = [...types];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    open.push(...partsOf(type));
    const [head] =
      type.kind === "path" && type.qualifier === null && !type.isGlobal ? pathNames(type) : [];
    if (head === undefined || head === "Self") {
      continue;
    }
    const ask = (module: Module): Definition | undefined =>
      names.resolve({ segments: [head], isGlobal: false, module, namespace: "type" });
    const there = ask(declaring);
    const here = ask(subject.module);
    if (there !== undefined && here !== undefined && isSame(there, here)) {
      continue;
    }
    const place = there === undefined ? undefined : pathOf(there, head, declaring, reachable);
    if (place === undefined) {
      return err(
        `The type ${type.text} of the interface cannot be named in another crate: ${reasonOf(there, head)} Or write the plugin by hand.`,
      );
    }
    if (place.path.at(-1) !== head) {
      uses.add(`use ${place.path.join("::")} as ${head};`);
    } else if (place.path.length > 1) {
      uses.add(`use ${place.path.join("::")};`);
    }
    if (place.crate !== undefined) {
      crates.add(place.crate);
    }
  }
  return ok({ uses: [...uses], crates: [...crates] });
}

interface PlaceOfType {
  readonly path: readonly string[];
  /** The key of the dependency that it goes through. */
  readonly crate?: string;
}

/** What is seen of other crates from the new one. */
class ReachablePlaces {
  readonly viewer: Module;
  readonly #names: Names;
  readonly #byRoot = new Map<Module, PublicPlaces>();

  constructor({ module, sources }: ImplSubject) {
    this.viewer = module;
    this.#names = sources.names;
  }

  of(root: Module): PublicPlaces {
    const places = this.#byRoot.get(root) ?? new PublicPlaces(this.#names, root, this.viewer);
    this.#byRoot.set(root, places);
    return places;
  }
}

/** How the new crate names a definition that `declaring` sees as `name`. */
function pathOf(
  definition: Definition,
  name: string,
  declaring: Module,
  reachable: ReachablePlaces,
): PlaceOfType | undefined {
  switch (definition.kind) {
    case "std":
      return { path: ["std", ...definition.path] };
    case "external": {
      const { key, codeName } = definition.origin.dependency;
      return { path: [codeName, ...definition.path], crate: key };
    }
    case "crate": {
      const { key, codeName } = definition.origin.dependency;
      return { path: [codeName], crate: key };
    }
    case "item":
      return itemPath(definition, definition.placed.item.name, declaring, reachable);
    case "module":
      return itemPath(definition, name, declaring, reachable);
    case "variant":
    case "companion":
    case "primitive":
    case "unknown":
      return undefined;
  }
}

function itemPath(
  definition: Definition & { readonly module: Module },
  name: string,
  declaring: Module,
  reachable: ReachablePlaces,
): PlaceOfType | undefined {
  const { crate } = definition.module;
  const inside =
    crate.root === null ? undefined : reachable.of(crate.root).pathTo(definition, name);
  if (inside === undefined) {
    return undefined;
  }
  const isIt = ({ crateId, kind }: CrateDependency): boolean =>
    crateId === crate.node.id && kind === "normal";
  const direct = reachable.viewer.crate.node.dependencies.find(isIt);
  if (direct !== undefined) {
    return { path: [direct.codeName, ...inside] };
  }
  const through = declaring.crate.node.dependencies.find(isIt);
  return through === undefined
    ? undefined
    : { path: [through.codeName, ...inside], crate: through.key };
}

/** What would make it nameable. */
function reasonOf(definition: Definition | undefined, name: string): string {
  if (definition?.kind !== "item" && definition?.kind !== "module") {
    return "what it stands for is not known.";
  }
  const { module } = definition;
  const hidden = privateModuleAbove(module);
  if (hidden !== undefined) {
    const again =
      definition.kind === "item"
        ? `, or pub use ${hidden.inside}::${definition.placed.item.name}; beside it`
        : "";
    return `the module ${hidden.name} is private, and nothing public re-exports it. Write pub mod ${hidden.name}${again}.`;
  }
  return definition.kind === "item"
    ? `${name} is not public. Write pub before it.`
    : "its crate is no dependency of the interface's. Name it in Cargo.toml.";
}

/** One `use` for each path, its names in rustfmt's order; std's come first. */
export function mergedUses(uses: readonly string[]): readonly string[] {
  const byPath = new Map<string, Set<string>>();
  const others: string[] = [];
  for (const use of uses) {
    const [, path, list, single] = /^use (.*)::(?:\{(.*)\}|(\w+));$/u.exec(use) ?? [];
    if (path === undefined) {
      others.push(use);
      continue;
    }
    const names = byPath.get(path) ?? new Set<string>();
    for (const name of single === undefined ? (list ?? "").split(", ") : [single]) {
      names.add(name);
    }
    byPath.set(path, names);
  }
  const merged = [...byPath].map(([path, names]) => {
    const sorted = [...names].sort(byRustfmt);
    return sorted.length === 1
      ? `use ${path}::${sorted[0] ?? ""};`
      : `use ${path}::{${sorted.join(", ")}};`;
  });
  return [...new Set([...merged, ...others])].sort();
}

/** Functions, macros and modules before types, as rustfmt of edition 2021 has them. */
function byRustfmt(left: string, right: string): number {
  return rankOf(left) - rankOf(right) || (left < right ? -1 : 1);
}

function rankOf(name: string): number {
  return /^[a-z_]/u.test(name) ? 0 : 1;
}
