// An interface that is called like a keyword: no plugin of it compiles.

import { isBefore } from "../../../rust/fidius/fidiusRelease.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** In every edition, then those that later ones added. */
const keywords: ReadonlySet<string> = new Set(
  (
    "abstract as become box break const continue do else enum extern false final fn for if impl in let loop macro match mod move " +
    "mut override priv pub ref return static struct trait true type typeof unsafe unsized use virtual where while yield"
  ).split(" "),
);
const since2018: ReadonlySet<string> = new Set(["async", "await", "dyn", "try"]);

const named = (name: string): string => exampleLibrary().replaceAll(/\bTool\b/gu, name);

export const interfaceNameKeyword: SourceRule = {
  id: "interface-name-keyword",
  severity: "error",
  word: "rustc",
  page: {
    finds: "An interface whose name is a keyword but for its capital, such as `Async` or `Match`.",
    why: "`#[plugin_impl]` makes a module of the name in small letters. rustc says `expected identifier, found keyword` at the attribute. The interface by itself compiles, so its author does not see it.",
    bad: named("Async"),
    good: named("AsyncTool"),
    limits:
      "Where the interface is declared it is a warning: that crate compiles, and none with a plugin does.",
  },
  interface: ({ item, module, placed, sources }, report) => {
    const { node } = module.crate;
    if (placed.origin === undefined && isKeyword(item.name, node.edition)) {
      if (!isBefore(firstRelease, sources.names.graph, node)) {
        report(item.nameSpan, sentence(item.name), { severity: "warning" });
      }
    }
  },
  impl: ({ attribute, module, sources, traitName }, report) => {
    const { node } = module.crate;
    if (traitName !== null && isKeyword(traitName, node.edition)) {
      const token = attribute.arguments.find(({ text }) => text === traitName);
      if (token !== undefined && !isBefore(firstRelease, sources.names.graph, node)) {
        report(token, sentence(traitName));
      }
    }
  },
};

/** From this release on the macro writes the module for WASM beside each plugin. */
const firstRelease = "0.3.0";

function isKeyword(name: string, edition: string): boolean {
  const isOneWord = /^[A-Z][a-z]*$/u.test(name);
  const small = name.toLowerCase();
  return (
    isOneWord &&
    (keywords.has(small) ||
      (edition !== "2015" && since2018.has(small)) ||
      (small === "gen" && !["2015", "2018", "2021"].includes(edition)))
  );
}

function sentence(name: string): string {
  return `Fidius' macro makes a module \`${name.toLowerCase()}\` for each plugin of \`${name}\`, and that is a keyword: no plugin compiles. Give the interface another name, such as \`${name}Plugin\`.`;
}
