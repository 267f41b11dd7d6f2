// The impl blocks of an interface that stand in the same crate: a fix on a trait's method goes into them too.

import type { FoundImpl } from "../../rust/fidius/impls.ts";
import type { Placed } from "../../rust/names/modules.ts";
import { functionsOf, type FunctionItem, type TraitItem } from "../../rust/syntax/items.ts";
import { implSubject, type InterfaceSubject } from "./subjects.ts";

/** A method with the item that its offsets count in. */
export interface PlacedMethod {
  readonly placed: Placed<unknown>;
  readonly method: FunctionItem;
}

/** The trait's method and those that implement it. */
export function methodEverywhere(
  subject: InterfaceSubject,
  method: FunctionItem,
): readonly PlacedMethod[] {
  return [
    { placed: subject.placed, method },
    ...implementationsOf(subject).flatMap(({ placed }) =>
      functionsOf(placed.item)
        .filter(({ name }) => name === method.name)
        .map((own) => ({ placed, method: own })),
    ),
  ];
}

/** The impl blocks of the crate whose interface is the subject. */
function implementationsOf({ sources, item }: InterfaceSubject): readonly FoundImpl[] {
  return sources.impls.filter((found) => isOf(implSubject(sources, found).interface, item));
}

function isOf(found: { readonly placed: Placed<TraitItem> } | undefined, item: TraitItem): boolean {
  return found?.placed.item === item;
}
