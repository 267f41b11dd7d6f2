// What a name is bound to in a module, and from where that may be seen.

import { isSame, type Definition } from "./definitions.ts";
import type { Item } from "../syntax/items/items.ts";
import type { Module } from "./modules/modules.ts";

/** The module inside of which a name may be used; null for everywhere. */
export type Scope = Module | null;

export interface Binding {
  readonly definition: Definition;
  readonly scope: Scope;
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
 * Takes a binding into those that globs bring, at most two that are known and one that is not; false when it adds nothing. Two
 * make the name ambiguous, and a third one changes nothing.
 */
export function mergeBinding(found: Binding[], added: Binding): boolean {
  const isUnknown = added.definition.kind === "unknown";
  const alike = found.filter(({ definition }) => (definition.kind === "unknown") === isUnknown);
  const before = alike.find(({ definition }) => isSame(definition, added.definition));
  if (before !== undefined) {
    const isNarrower = isAtLeast(before.scope, added.scope);
    if (isNarrower && !isMoreCertain(added.definition, before.definition)) {
      return false;
    }
    const scope = isNarrower ? before.scope : added.scope;
    found[found.indexOf(before)] = { definition: added.definition, scope };
    return true;
  }
  if (alike.length >= 2) {
    return false;
  }
  found.push(added);
  return true;
}

function isMoreCertain(a: Definition, b: Definition): boolean {
  return a.kind === "unknown" && a.mayBeAbsent !== true && "mayBeAbsent" in b;
}

/**
 * What the globs of a module hand on. Which of two names that differ stands for both, and who may see it, is decided by the
 * order in which rustc comes by: that is not guessed at.
 */
export function handedOn(name: string, found: readonly Binding[]): readonly Binding[] {
  const known = found.filter(({ definition }) => definition.kind !== "unknown");
  return known.length > 1 ? [fromMoreThanOne(name)] : found;
}

/** The name in a module whose globs bring two things. */
export function fromMoreThanOne(name: string): Binding {
  const reason = `\`${name}\` comes from more than one glob import.`;
  return { definition: { kind: "unknown", reason }, scope: null };
}

/** What a name means to `viewer` among the things that globs bring. */
export function chosenFrom(
  name: string,
  found: readonly Binding[],
  viewer: Module,
): Definition | undefined {
  if (found.length === 0) {
    return undefined;
  }
  const seen = handedOn(name, found).filter(({ scope }) => isSeenFrom(viewer, scope));
  return (seen.find(({ definition }) => definition.kind !== "unknown") ?? seen[0])?.definition;
}
