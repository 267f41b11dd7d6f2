// All snippets of the language server as one library, filled in with what stands in their places.

import { plainSnippet } from "../../src/server/completion/completionText.ts";
import {
  implMethodSnippets,
  itemSnippets,
  traitMethodSnippets,
} from "../../src/server/completion/snippets.ts";

const names = { macros: "fidius", core: "fidius", argument: "" };

/** The interface has every kind of method, and both plugins implement them. */
export function allSnippets(): string {
  const inTrait = traitMethodSnippets(names, { number: 1, raise: undefined });
  const inImpl = implMethodSnippets(names);
  const [trait = "", plugin = "", configured = "", registry = ""] = itemSnippets(names).map(
    ({ snippet }) => plainSnippet(snippet),
  );
  return [
    withMethods(trait, inTrait),
    withMethods(plugin, inImpl),
    withMethods(configured, inImpl),
    registry,
    "",
  ].join("\n\n");
}

function withMethods(item: string, methods: readonly { readonly snippet: string }[]): string {
  const lines = methods.flatMap(({ snippet }) => plainSnippet(snippet).split("\n"));
  return item.replace(/\}$/u, `${lines.map((line) => `    ${line}\n`).join("")}}`);
}
