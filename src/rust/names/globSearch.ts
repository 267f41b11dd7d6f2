// What the glob imports of a module bring under one name, through any number of modules and circles of them: each module is
// visited once, and what is found is handed back along the globs that led to it.

import {
  handedOn,
  innerScope,
  isSeenFrom,
  mergeBinding,
  scopeOf,
  type Binding,
  type Scope,
} from "./bindings.ts";
import { moduleBehind, type Definition } from "./definitions.ts";
import type { Module } from "./modules.ts";

/** What the search asks for one name in one namespace. */
export interface GlobPorts {
  /** Where one of the module's globs leads. */
  target(index: number, module: Module): Definition | undefined;
  /** The name as the module itself declares or imports it. */
  explicit(module: Module): readonly Binding[];
  /** What an earlier search found for the module. */
  known(module: Module): readonly Binding[] | undefined;
  /** The name in something that is no module. */
  inOther(from: Definition): Definition | undefined;
}

interface Node {
  readonly module: Module;
  readonly found: Binding[];
  readonly importers: { readonly node: Node; readonly scope: Scope }[];
}

/** What each module that was visited gets from its globs; `start` is among them. */
export function searchGlobs(
  start: Module,
  name: string,
  ports: GlobPorts,
): ReadonlyMap<Module, readonly Binding[]> {
  const nodes = new Map<Module, Node>();
  const changed = new Set<Node>();
  const nodeOf = (module: Module): Node => {
    const node = nodes.get(module) ?? { module, found: [], importers: [] };
    nodes.set(module, node);
    return node;
  };
  const hand = (node: Node, bindings: readonly Binding[], glob: Scope): void => {
    for (const { definition, scope } of bindings) {
      const isNew =
        isSeenFrom(node.module, scope) &&
        mergeBinding(node.found, { definition, scope: innerScope(scope, glob) });
      if (isNew) {
        changed.add(node);
      }
    }
  };
  nodeOf(start);
  // The map grows while it is walked.
  for (const node of nodes.values()) {
    for (const [index, glob] of node.module.globs.entries()) {
      const scope = scopeOf(glob.placed.item, node.module);
      const target = ports.target(index, node.module);
      const source = moduleBehind(target);
      if (source === undefined) {
        const definition = target === undefined ? undefined : ports.inOther(target);
        hand(node, definition === undefined ? [] : [{ definition, scope: null }], scope);
      } else if (source !== node.module) {
        const settled = ports.explicit(source);
        const bindings = settled.length > 0 ? settled : ports.known(source);
        if (bindings === undefined) {
          nodeOf(source).importers.push({ node, scope });
        } else {
          hand(node, settled.length > 0 ? settled : handedOn(name, bindings), scope);
        }
      }
    }
  }
  for (const node of changed) {
    changed.delete(node);
    for (const importer of node.importers) {
      hand(importer.node, handedOn(name, node.found), importer.scope);
    }
  }
  return new Map([...nodes].map(([module, { found }]) => [module, found]));
}
