// The impl blocks of an interface that stand in the same crate: a fix on a trait's method goes into them too.

import type { TextFix } from "../../../model/text/textFix.ts";
import type { FoundImpl } from "../../../rust/fidius/impls.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import {
  functionsOf,
  type FunctionItem,
  type TraitItem,
  type TypeSource,
} from "../../../rust/syntax/items/items.ts";
import { asyncKeyword } from "./signature.ts";
import { typesOf } from "../types/streamTypes.ts";
import { implSubject, type InterfaceSubject } from "../subjects.ts";
import { textFixIn } from "../textFixes.ts";

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

/** A fix that writes another type at one place of a method, in the trait and in its impl blocks. */
export function typeFix(
  subject: InterfaceSubject,
  source: TypeSource,
  newText: string,
): readonly TextFix[] {
  const changes = subject.methods.flatMap((method) => {
    const index = typesOf(method).indexOf(source);
    return index === -1
      ? []
      : methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
          const fragment = typesOf(own)[index];
          return fragment === undefined ? [] : [{ placed, fragment, newText }];
        });
  });
  return textFixIn(`Write \`${newText}\` in the trait and in its impl blocks`, ...changes);
}

/** A fix that makes a method sync, in the trait and in its impl blocks. */
export function removeAsync(subject: InterfaceSubject, method: FunctionItem): readonly TextFix[] {
  const changes = methodEverywhere(subject, method).flatMap(({ placed, method: own }) => {
    const fragment = asyncKeyword(placed, own);
    return fragment === null ? [] : [{ placed, fragment, newText: "" }];
  });
  return textFixIn("Remove `async` in the trait and in its impl blocks", ...changes);
}

/** The impl blocks of the crate whose interface is the subject. */
export function implementationsOf({ sources, item }: InterfaceSubject): readonly FoundImpl[] {
  return sources.impls.filter((found) => isOf(implSubject(sources, found).interface, item));
}

function isOf(found: { readonly placed: Placed<TraitItem> } | undefined, item: TraitItem): boolean {
  return found?.placed.item === item;
}
