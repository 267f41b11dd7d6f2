// The page of a rule in docs/drift, out of what stands in the rule's file.

import type { DriftRule } from "./driftRule.ts";

const severities: Readonly<Record<DriftRule["severity"], string>> = {
  breaking: "breaking: it fails a check unless it is accepted",
  warning: "warning: it is told and fails nothing",
  safe: "safe: nobody breaks",
};

const categories: Readonly<Record<DriftRule["category"], string>> = {
  binary: "binary: plugins and hosts that are built already",
  source: "source: the code of plugins, which does not compile before it changes",
};

/** The page as Markdown. */
export function driftPage({ id, severity, category, page }: DriftRule): string {
  const { finds, why, instead, before, after, limits } = page;
  return [
    `# ${id}`,
    "",
    finds,
    "",
    `Severity ${severities[severity]}. Category ${categories[category]}.`,
    "",
    "## What happens",
    "",
    why,
    "",
    "## What to do",
    "",
    instead,
    ...(limits === undefined ? [] : ["", "## Limits", "", limits]),
    "",
    ...(before === after
      ? []
      : [
          "## Example",
          "",
          "Before:",
          "",
          "```rust",
          before.trimEnd(),
          "```",
          "",
          "After:",
          "",
          "```rust",
          after.trimEnd(),
          "```",
          "",
        ]),
  ].join("\n");
}

/** The list of all pages. */
export function driftIndex(rules: readonly DriftRule[]): string {
  const rows = rules
    .toSorted((left, right) => left.id.localeCompare(right.id))
    .map(
      ({ id, severity, category, page }) =>
        `| [${id}](${id}.md) | ${severity} | ${category} | ${page.finds} |`,
    );
  return [
    "# Changes of interfaces",
    "",
    "`fidius-call check --against <revision|library>` and **Fidius: Compare Interface…** hold an interface against what it was, by the rules",
    "below. There are two categories, one inside of the other: `binary` is what breaks plugins and hosts that are built already, and `source`",
    "is what makes authors of plugins change their code as well. A field that a struct gained is the worst of the first: the interface's hash",
    "stays, so nothing refuses the old plugins, and they misread their calls.",
    "",
    "A change that is meant stands in `fidius-accepted.toml`, which is checked in beside the package or in a folder above it, up to the top of",
    "the repository. The nearest file counts, and entries that no change needs any more are told:",
    "",
    "```toml",
    "[[accepted]]",
    'interface = "Greeter"       # its name, or crate::path::Greeter',
    'rule = "method-removed"',
    'method = "wave"             # optional: for all methods without it',
    'reason = "Nobody had it."   # optional',
    "```",
    "",
    "The pages are generated from the rules in `src/drift/rules` by `npm run docs`; their examples are what the tests compare.",
    "",
    "| Change | Severity | Category | Finds |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
