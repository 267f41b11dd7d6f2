// The page of a rule in docs/diagnostics, out of what stands in the rule's file.

import type { ManifestRule } from "./manifestRule.ts";
import type { SetupRule } from "./setup/pages.ts";
import type { SourceRule } from "./sourceRule.ts";

const words: Readonly<Record<SourceRule["word"], string>> = {
  macro:
    "Fidius' macro says it too. Where rust-analyzer is active, its word is the one that you see; the fix is offered all the same.",
  rustc: "rustc refuses it too, at another place or in other words.",
  silent: "It can compile, and nobody else says it.",
};

/** Every kind of rule that has a page. */
export type PagedRule = SourceRule | ManifestRule | SetupRule;

/** The page as Markdown. */
export function rulePage(rule: PagedRule): string {
  const { id, severity, word, page } = rule;
  const { finds, why, bad, good, limits } = page;
  const language = languageOf(rule);
  return [
    `# ${id}`,
    "",
    finds,
    "",
    `Severity: ${severity}. ${words[word]}`,
    "",
    "## Why",
    "",
    why,
    ...(limits === undefined ? [] : ["", "## Limits", "", limits]),
    "",
    "## Example",
    "",
    "With the mistake:",
    "",
    `\`\`\`${language}`,
    bad.trimEnd(),
    "```",
    "",
    "Without it:",
    "",
    `\`\`\`${language}`,
    good.trimEnd(),
    "```",
    "",
  ].join("\n");
}

function languageOf(rule: PagedRule): "rust" | "toml" {
  return "language" in rule ? rule.language : "file" in rule ? "toml" : "rust";
}

/** The list of all pages. */
export function pageIndex(rules: readonly PagedRule[]): string {
  const rows = rules
    .toSorted((left, right) => left.id.localeCompare(right.id))
    .map(({ id, severity, page }) => `| [${id}](${id}.md) | ${severity} | ${page.finds} |`);
  return [
    "# Diagnostics",
    "",
    "Each has a page with the reason and two examples. The compiler is asked about those in Rust in every test run. The pages are",
    "generated from the rules in `src/diagnostics` by `npm run docs`.",
    "",
    "| Diagnostic | Severity | Finds |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
