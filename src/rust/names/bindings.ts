// What a name is bound to in a module, and from where that may be seen.

import { isSame, type Definition } from "./definitions.ts";
import type { Item } from "../syntax/items.ts";
import type { Module } from "./modules.ts";

/** The module inside of which a name may be used; null for everywhere. */
export type Scope = Module | null;

export interface Binding {
  readonly definition: Definition;
  readonly scope: Scope;
  /** Another glob brings something else under the name: an error for who uses it. */
  readonly isAmbiguous?: boolean;
}

/** What a name means at the end of a chain of re-exports that is too long to be followed. */
export const tooManyReexports: Binding = {
  definition: {
    kind: "unknown",
    reason: "This name leads through too many re-exports to be followed.",
  },
  scope: null,
};

/** From where an item of `module` may be named. */
export function scopeOf({ visibility }: Item, module: Module): Scope {
  switch (visibility) {
    case "public":
      return null;
    case "crate":
      return module.crate.root;
    case "parent":
      return module.parent ?? module;
    case "private":
      return module;
  }
}

export function isSeenFrom(viewer: Module, scope: Scope): boolean {
  return scope === null || viewer.isWithin(scope);
}

/** Of two scopes that share a module, the inner one. */
export function innerScope(a: Scope, b: Scope): Scope {
  return isAtLeast(a, b) ? b : a;
}

/** Wherever `b` may be seen from, `a` may be too. */
function isAtLeast(a: Scope, b: Scope): boolean {
  return a === null || b?.isWithin(a) === true;
}

/**
 * Takes a binding into those that globs bring; false when it adds nothing. As in rustc the first one stays, and becomes
 * ambiguous by another one. What may be there (a glob of a crate without sources) stands beside it.
 */
export function mergeBinding(found: Binding[], added: Binding): boolean {
  const isUnknown = added.definition.kind === "unknown";
  const index = found.findIndex(({ definition }) => (definition.kind === "unknown") === isUnknown);
  const before = found[index];
  if (before === undefined) {
    found.push(added);
    return true;
  }
  const isOther = !isUnknown && !isSame(before.definition, added.definition);
  const merged: Binding = {
    definition: before.definition,
    scope: isOther || isAtLeast(before.scope, added.scope) ? before.scope : added.scope,
    isAmbiguous: isOther || before.isAmbiguous === true || added.isAmbiguous === true,
  };
  found[index] = merged;
  return merged.scope !== before.scope || merged.isAmbiguous !== (before.isAmbiguous === true);
}

/** What `found` hands on to a glob of its module. */
export function handedOn(found: readonly Binding[]): Binding | undefined {
  return found.find(({ definition }) => definition.kind !== "unknown") ?? found[0];
}

/** What a name means to `viewer` among the things that globs bring. */
export function chosenFrom(
  name: string,
  found: readonly Binding[],
  viewer: Module,
): Definition | undefined {
  const chosen = handedOn(found);
  if (chosen === undefined || !isSeenFrom(viewer, chosen.scope)) {
    return undefined;
  }
  return chosen.isAmbiguous === true
    ? { kind: "unknown", reason: `\`${name}\` comes from more than one glob import.` }
    : chosen.definition;
}
