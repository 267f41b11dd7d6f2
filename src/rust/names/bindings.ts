// What a name is bound to in a module, and from where that may be seen.

import { isSame, type Definition } from "./definitions.ts";
import type { Item } from "../syntax/items.ts";
import type { Module } from "./modules.ts";

/** The module inside of which a name may be used; null for everywhere. */
export type Scope = Module | null;

export interface Binding {
  readonly definition: Definition;
  readonly scope: Scope;
}

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

/** Takes a binding into those that globs bring; false when it adds nothing. */
export function mergeBinding(found: Binding[], added: Binding): boolean {
  const same = found.findIndex(({ definition }) => isSame(definition, added.definition));
  const before = found[same];
  if (before !== undefined) {
    if (isAtLeast(before.scope, added.scope)) {
      return false;
    }
    found[same] = { definition: before.definition, scope: added.scope };
    return true;
  }
  // Two that differ make the name ambiguous; a third one, seen from no more places, changes nothing.
  const others = found.filter(
    ({ definition, scope }) =>
      (definition.kind === "unknown") === (added.definition.kind === "unknown") &&
      isAtLeast(scope, added.scope),
  );
  if (others.length >= (added.definition.kind === "unknown" ? 1 : 2)) {
    return false;
  }
  found.push(added);
  return true;
}

/** What a name means to `viewer` among the things that globs bring. */
export function chosenFrom(
  name: string,
  bindings: readonly Binding[],
  viewer: Module,
): Definition | undefined {
  if (bindings.length === 0) {
    return undefined;
  }
  const seen = bindings.filter(({ scope }) => isSeenFrom(viewer, scope));
  const known = seen.filter(({ definition }) => definition.kind !== "unknown");
  return known.length > 1
    ? { kind: "unknown", reason: `\`${name}\` comes from more than one glob import.` }
    : (known[0] ?? seen[0])?.definition;
}
