// Uses of tokio and of other async runtimes in a crate, each with the plugin's async method that reaches it. Calls are
// followed by name, a little too widely rather than too narrowly.

import { bodyReferences } from "../syntax/bodyReferences.ts";
import type { RuntimeUse } from "./facts.ts";
import type { FoundImpl } from "./impls.ts";
import {
  functionsOf,
  type Fragment,
  type FunctionItem,
  type UseLeaf,
} from "../syntax/items/items.ts";
import { spanOf, type Crate, type Module, type Placed } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { mentionsRuntime, PathFollower, type FollowedPath } from "./runtimePaths.ts";

/** A function, where it is, and what its body leads to. */
interface FunctionNode {
  readonly item: FunctionItem;
  readonly module: Module;
  readonly placed: Placed<unknown>;
  readonly isMethod: boolean;
}

interface FoundUse {
  readonly use: Omit<RuntimeUse, "method">;
  /** The function that holds it; null for a module's `use`. */
  readonly holder: FunctionItem | null;
}

/**
 * Uses by plugin. Only async methods run on a runtime: without one nothing is looked for. Crates that name no runtime, in
 * their own text or in that of `others`, have none.
 */
export function runtimeUses(
  crate: Crate,
  impls: readonly FoundImpl[],
  names: Names,
  others: () => readonly Crate[],
): ReadonlyMap<FoundImpl, readonly RuntimeUse[]> {
  const isAsync = impls.some(({ placed }) => functionsOf(placed.item).some((item) => item.isAsync));
  if (!isAsync || ![crate, ...others()].some(mentionsRuntime)) {
    return new Map();
  }
  const search = new UseSearch(crate, names);
  const uses = search.uses();
  return new Map(
    impls.map((found) => {
      const reached = search.reachedBy(found);
      const withMethods = uses.map(({ use, holder }): RuntimeUse => {
        const method = holder === null ? null : (reached.get(holder) ?? null);
        return { ...use, method };
      });
      return [found, withMethods];
    }),
  );
}

/** What a body calls: functions found by path, and names of methods of whatever type. */
interface Calls {
  readonly functions: readonly FunctionNode[];
  readonly methods: readonly string[];
}

class UseSearch {
  readonly #follower: PathFollower;
  readonly #names: Names;
  readonly #modules: readonly Module[];
  readonly #functions: readonly FunctionNode[];
  readonly #byName = new Map<string, FunctionNode[]>();
  readonly #calls = new Map<FunctionItem, Calls>();

  constructor(crate: Crate, names: Names) {
    this.#follower = new PathFollower(names);
    this.#names = names;
    this.#modules = crate.modules();
    this.#functions = this.#modules.flatMap(functionsIn);
    for (const node of this.#functions) {
      const known = this.#byName.get(node.item.name);
      if (known === undefined) {
        this.#byName.set(node.item.name, [node]);
      } else {
        known.push(node);
      }
    }
  }

  /** All uses in the order of the source. */
  uses(): FoundUse[] {
    const ofModules = this.#modules.flatMap((module) => this.#importsOf(module));
    const ofFunctions = this.#functions.flatMap((node) => this.#usesIn(node));
    return [...ofModules, ...ofFunctions];
  }

  /** The functions that each async method of the impl reaches; the first method counts. */
  reachedBy(found: FoundImpl): ReadonlyMap<FunctionItem, string> {
    const reached = new Map<FunctionItem, string>();
    const called = new Set<string>();
    for (const method of functionsOf(found.placed.item)) {
      const start = this.#functions.find(({ item }) => item === method);
      const pending = method.isAsync && start !== undefined ? [start] : [];
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (!reached.has(node.item)) {
          reached.set(node.item, method.name);
          pending.push(...this.#callees(node, called));
        }
      }
    }
    return reached;
  }

  #importsOf(module: Module): FoundUse[] {
    return this.#names.leaves(module, module).flatMap(({ leaf, placed }) => {
      const target = this.#follower.follow(leaf.path, leaf.isGlobal, module);
      return target?.kind === "runtime" ? [found(target, false, placed, leaf, null)] : [];
    });
  }

  #usesIn(node: FunctionNode): FoundUse[] {
    const { item, module, placed } = node;
    const { paths, uses } = bodyReferences(item);
    const result: FoundUse[] = [];
    const add = (
      segments: readonly string[],
      isGlobal: boolean,
      isMacro: boolean,
      fragment: Fragment,
    ): void => {
      const target = this.#follow(segments, isGlobal, module, uses);
      if (target?.kind === "runtime") {
        result.push(found(target, isMacro, placed, fragment, item));
      }
    };
    for (const attribute of item.attributes) {
      add(attribute.path, false, true, attribute);
    }
    for (const leaf of uses) {
      const target = this.#follower.follow(leaf.path, leaf.isGlobal, module);
      if (target?.kind === "runtime") {
        result.push(found(target, false, placed, leaf, item));
      }
    }
    for (const path of paths) {
      add(path.segments, path.isGlobal, path.isMacro, path);
    }
    return result;
  }

  #follow(
    segments: readonly string[],
    isGlobal: boolean,
    module: Module,
    locals: readonly UseLeaf[],
  ): FollowedPath | undefined {
    return locals.length === 0
      ? this.#follower.followKnown(segments, isGlobal, module)
      : this.#follower.follow(segments, isGlobal, module, locals);
  }

  /** Functions that the node's body calls, but for names in `called`, whose methods were given before. */
  #callees(node: FunctionNode, called: Set<string>): readonly FunctionNode[] {
    const calls = this.#calls.get(node.item) ?? this.#callsIn(node);
    this.#calls.set(node.item, calls);
    const methods = calls.methods.flatMap((name) => this.#methodsNamed(name, called));
    return methods.length === 0 ? calls.functions : [...calls.functions, ...methods];
  }

  #callsIn(node: FunctionNode): Calls {
    const { paths, uses, methodCalls } = bodyReferences(node.item);
    const methods = new Set(methodCalls);
    const functions = new Set<FunctionNode>();
    for (const { segments, isGlobal } of paths) {
      const name = segments.at(-1) ?? "";
      const candidates = this.#byName.get(name) ?? [];
      if (candidates.length === 0) {
        continue;
      }
      if (segments.length > 1 && /^\p{Lu}/u.test(segments.at(-2) ?? "")) {
        methods.add(name);
        continue;
      }
      const target = this.#follow(segments, isGlobal, node.module, uses);
      const home = target?.kind === "local" ? target.module : undefined;
      for (const candidate of candidates) {
        if (!candidate.isMethod && candidate.module === home) {
          functions.add(candidate);
        }
      }
    }
    return { functions: [...functions], methods: [...methods] };
  }

  /** Methods of any type with the name, once for each `called`. */
  #methodsNamed(name: string, called: Set<string>): readonly FunctionNode[] {
    if (called.has(name)) {
      return [];
    }
    called.add(name);
    return (this.#byName.get(name) ?? []).filter(({ isMethod }) => isMethod);
  }
}

function found(
  { path, owner }: Pick<RuntimeUse, "path" | "owner">,
  isMacro: boolean,
  placed: Placed<unknown>,
  fragment: Fragment,
  holder: FunctionItem | null,
): FoundUse {
  return { use: { path, owner, isMacro, span: spanOf(placed, fragment) }, holder };
}

/** Functions and methods of a module, without tests. */
function functionsIn(module: Module): FunctionNode[] {
  return module.items.flatMap((placed) => {
    const { item } = placed;
    const isContainer = item.kind === "impl" || item.kind === "trait";
    const items = isContainer ? functionsOf(item) : item.kind === "function" ? [item] : [];
    return items
      .filter(({ attributes }) => module.crate.configuration.verdict(attributes) !== false)
      .filter((candidate) => !isTest(candidate))
      .map((candidate) => ({ item: candidate, module, placed, isMethod: isContainer }));
  });
}

/** `#[test]`, `#[tokio::test]`. */
function isTest(item: FunctionItem): boolean {
  return item.attributes.some(({ path }) => path.at(-1) === "test");
}
