// Completions for the name of an attribute: Fidius' helper attributes where they may stand, its macros where an item begins.

import type { CompletionContext } from "./completionContext.ts";
import type { CompletionAnswer } from "./completionText.ts";
import { fidiusNames } from "./crateNames.ts";
import { nextVersion } from "./nextVersion.ts";
import {
  helperAttributes,
  macros as macroCompletions,
  type NamedArgument,
} from "./macroArguments.ts";
import { kindOf } from "./macroScope.ts";
import { itemBegun, modulesAround } from "../syntax/sourceTokens.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";
import { mayUseFidius } from "../../rust/fidius/fidiusUsers.ts";

/** At `#[` and the beginning of a path. */
export function attributeCompletions(context: CompletionContext): CompletionAnswer | undefined {
  const { around, groups, abi } = context;
  const attribute = groups.at(-1);
  const path = attribute === undefined ? [] : around.before.slice(attribute.index + 1);
  if (!path.every(({ kind, text }) => kind === "identifier" || text === ":")) {
    return undefined;
  }
  const last = path.at(-1);
  const word = last?.kind === "identifier" && last.end === around.offset ? last.text : "";
  if (path.length > 0 && last?.kind === "identifier" && word === "") {
    return undefined;
  }
  const isQualified = path.some(({ text }) => text === ":");
  const found = isQualified ? itemAttributes(context, true) : unqualified(context);
  const completions = found.filter((completion) => completion.abi <= abi);
  return completions.length === 0 ? undefined : { completions, replaced: word.length };
}

function unqualified(context: CompletionContext): readonly NamedArgument[] {
  const { groups, macros } = context;
  const outer = groups.at(-2);
  const owner = outer && kindOf(outer, macros);
  if (owner === "trait") {
    const { number, raise } = nextVersion(outer, context.text);
    return helperAttributes.method.map((completion) =>
      completion.label === "optional"
        ? {
            ...completion,
            snippet: `optional(since = \${1:${String(number)}})`,
            ...(raise === undefined ? {} : { also: raise }),
          }
        : completion,
    );
  }
  return owner === "impl" ? helperAttributes.implMethod : itemAttributes(context, false);
}

/** Where an item of a module begins: `trait_meta` under the interface's attribute, the macros elsewhere. */
function itemAttributes(
  context: CompletionContext,
  isQualified: boolean,
): readonly NamedArgument[] {
  const { around, groups, macros, snapshot, place } = context;
  if (modulesAround(groups.slice(0, -1)) === undefined) {
    return [];
  }
  const attribute = groups.at(-1);
  const begun = itemBegun({
    ...around,
    before: around.before.slice(0, Math.max((attribute?.index ?? 0) - 1, 0)),
  });
  if (begun.some(({ text }) => macros.get(text) === "plugin_interface")) {
    return isQualified ? [] : helperAttributes.trait;
  }
  const crate = ownerCrate(snapshot.graph, place.file);
  if (crate === undefined || !mayUseFidius(snapshot.graph, crate)) {
    return [];
  }
  const names = fidiusNames(crate);
  return macroCompletions.map((macro) => ({
    ...macro,
    // An imported macro needs no path.
    ...(isQualified || isNamed(context, macro.label)
      ? {}
      : { snippet: `${names.macros}::${macro.snippet}` }),
  }));
}

function isNamed({ around }: CompletionContext, name: string): boolean {
  return around.tokens.some(
    ({ text }, index) =>
      text === name &&
      [",", "{", ":", "}", ";"].includes(around.tokens[index + 1]?.text ?? "") &&
      around.tokens[index - 1]?.text !== "[",
  );
}
