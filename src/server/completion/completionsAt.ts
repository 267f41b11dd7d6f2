// Completions at a place: in the parentheses of Fidius' attributes, where an attribute's name begins, and snippets where an item of
// Fidius may begin. Everything rests on tokens, so that it holds while the text does not parse.

import type { RustToken } from "../../abi/rustTokens.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { fidiusRelease } from "../../rust/fidius/fidiusRelease.ts";
import { mayUseFidius } from "../../rust/fidius/fidiusUsers.ts";
import { offsetAt } from "../minimalEdit.ts";
import type { SourcePlace } from "../syntax/fidiusPlaces.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";
import {
  groupsAround,
  itemBegun,
  modulesAround,
  placeInTokens,
  type TokenPlace,
} from "../syntax/sourceTokens.ts";
import type { CompletionContext } from "./completionContext.ts";
import { argumentCompletions } from "./argumentCompletions.ts";
import { attributeCompletions } from "./attributeCompletions.ts";
import type { Completion, CompletionAnswer } from "./completionText.ts";
import { fidiusNames } from "./crateNames.ts";
import { macroNamesIn, ownerOf } from "./macroScope.ts";
import { nextVersion } from "./nextVersion.ts";
import { implMethodSnippets, itemSnippets, traitMethodSnippets } from "./snippets.ts";

/** `isTyped`: the editor asks because of a character such as `(`, where nobody wants whole items. */
export function completionsAt(
  place: SourcePlace,
  snapshot: ProjectSnapshot,
  isTyped: boolean,
): CompletionAnswer | undefined {
  const text = snapshot.files.read(place.file);
  const around =
    text === undefined ? undefined : placeInTokens(text, offsetAt(text, place.position));
  if (text === undefined || around === undefined) {
    return undefined;
  }
  const crate = ownerCrate(snapshot.graph, place.file);
  const context: CompletionContext = {
    place,
    snapshot,
    text,
    around,
    groups: groupsAround(around),
    macros: macroNamesIn(around.tokens),
    abi: (crate && fidiusRelease(snapshot.graph, crate)?.abi) ?? Number.POSITIVE_INFINITY,
  };
  const inAttribute = context.groups.findLastIndex(
    ({ open, index }) => open.text === "[" && around.before[index - 1]?.text === "#",
  );
  if (inAttribute >= 0) {
    return inAttribute === context.groups.length - 1
      ? attributeCompletions(context)
      : argumentCompletions(context, inAttribute);
  }
  if (isTyped || crate === undefined || !mayUseFidius(snapshot.graph, crate)) {
    return undefined;
  }
  return snippetCompletions(context);
}

/** Whole items and methods, where one may begin. */
function snippetCompletions(context: CompletionContext): CompletionAnswer | undefined {
  const { around, groups, snapshot, place, text } = context;
  const begun = itemBegun(around).filter(({ kind }) => kind !== "doc");
  const word = wordBefore(around, begun);
  if (word === undefined) {
    return undefined;
  }
  const crate = ownerCrate(snapshot.graph, place.file);
  const names = fidiusNames(crate);
  const owner = ownerOf(context);
  const found: readonly Completion[] =
    modulesAround(groups) !== undefined
      ? itemSnippets(names)
      : owner === "trait"
        ? traitMethodSnippets(names, nextVersion(groups.at(-1), text))
        : owner === "impl"
          ? implMethodSnippets(names)
          : [];
  return found.length === 0 ? undefined : { completions: found, replaced: word.length };
}

/** What is typed of an item's beginning: at most one word; undefined where more stands there. */
function wordBefore({ offset }: TokenPlace, begun: readonly RustToken[]): string | undefined {
  const [first, second] = begun;
  if (first === undefined) {
    return "";
  }
  return second === undefined && first.kind === "identifier" && first.end === offset
    ? first.text
    : undefined;
}
