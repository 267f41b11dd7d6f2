// Paths by which another crate reaches what a crate declares: through public modules and re-exports, the shortest first.

import { isSame, moduleBehind, type Definition } from "../rust/names/definitions.ts";
import type { Module } from "../rust/names/modules/modules.ts";
import type { Names } from "../rust/names/names.ts";

/** More modules than any interface's crate has. */
const mostModules = 500;

interface ReachedModule {
  /** From the crate's root, whose path is empty. */
  readonly path: readonly string[];
  readonly module: Module;
}

/** What `viewer`, a module of another crate, sees of a crate. */
export class PublicPlaces {
  readonly #names: Names;
  readonly #viewer: Module;
  readonly #reached: readonly ReachedModule[];

  constructor(names: Names, root: Module, viewer: Module) {
    this.#names = names;
    this.#viewer = viewer;
    this.#reached = this.#modulesFrom(root);
  }

  /** The paths of all modules in which `name` is this; the shortest comes first. */
  modulesWith(name: string, isIt: (definition: Definition) => boolean): readonly string[] {
    return this.#reached
      .filter(({ module }) => {
        const found = this.#names.member(module, name, "type", this.#viewer);
        return found !== undefined && isIt(found);
      })
      .map(({ path }) => path.join("::"));
  }

  /** The shortest path to a definition, whatever it is called there. */
  pathTo(definition: Definition, name: string): readonly string[] | undefined {
    if (definition.kind === "module") {
      return this.#reached.find(({ module }) => module === definition.module)?.path;
    }
    for (const asWritten of [true, false]) {
      for (const { path, module } of this.#reached) {
        const bound = asWritten ? [name] : this.#bindingsOf(module, name);
        const found = bound.find((each) => this.#isAt(module, each, definition));
        if (found !== undefined) {
          return [...path, found];
        }
      }
    }
    return undefined;
  }

  #isAt(module: Module, name: string, definition: Definition): boolean {
    const found = this.#names.member(module, name, "type", this.#viewer);
    return found !== undefined && isSame(found, definition);
  }

  /** Other names that the module's re-exports give to something called `name`. */
  #bindingsOf(module: Module, name: string): readonly string[] {
    return module.leaves.flatMap(({ leaf: { path, binding } }) =>
      path.at(-1) === name && binding !== null ? [binding] : [],
    );
  }

  #modulesFrom(root: Module): readonly ReachedModule[] {
    const reached: ReachedModule[] = [{ path: [], module: root }];
    const seen = new Set([root]);
    for (const { path, module } of reached) {
      for (const name of this.#namesIn(module, new Set())) {
        const found = moduleBehind(this.#names.member(module, name, "type", this.#viewer));
        const isNew = found?.crate === root.crate && !seen.has(found);
        if (isNew && reached.length < mostModules) {
          seen.add(found);
          reached.push({ path: [...path, name], module: found });
        }
      }
    }
    return reached;
  }

  /** Names under which the module may have modules. */
  #namesIn(module: Module, seen: Set<Module>): readonly string[] {
    if (seen.has(module) || seen.size > mostModules) {
      return [];
    }
    seen.add(module);
    const own = module.items.flatMap(({ item }) => (item.kind === "module" ? [item.name] : []));
    const imported = module.leaves.flatMap(({ leaf }) => leaf.binding ?? []);
    const behindGlobs = module.globs.flatMap(({ leaf }) => {
      const target = moduleBehind(this.#names.target(leaf, module, "type"));
      return target === undefined ? [] : this.#namesIn(target, seen);
    });
    return [...new Set([...own, ...imported, ...behindGlobs])];
  }
}
