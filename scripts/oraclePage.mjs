// docs/oracle.md: what the compiler says of every example of the rules, out of test-results/rules.json, which
// test/cargo/ruleExamples.test.ts writes and holds the page against. Run this file after that test to renew the page.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";

/** @typedef {{ group: string; rule: string; word: string; severity: string; bad: string; good: string; fixed: string }} Row */
/** @typedef {{ name: string; said: string; compiler: string }} Variant */

export const oracleFile = join(root, "docs", "oracle.md");

const introduction = `# Rules and the compiler

Every example of a rule on Rust code is compiled: the one with the mistake, the one without it, and the one with the mistake after its quick
fix. \`test/cargo/ruleExamples.test.ts\` asks cargo, \`node scripts/oraclePage.mjs\` writes this page out of what it said, and the test
fails when the page says anything else. A rule of the word _silent_ is about what compiles and then goes wrong; some of its examples
are refused elsewhere. _An error_ is one without a code, as the macros give them.
`;

/**
 * The page, formatted as prettier wants it.
 * @param {{ rows: readonly Row[]; variants: readonly Variant[] }} seen
 * @returns {Promise<string>}
 */
export async function oraclePage({ rows, variants }) {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const counted = groups.map((group) => {
    const own = rows.filter((row) => row.group === group);
    const agreed = own.filter(({ word, bad, good, fixed }) => {
      return (
        (word === "silent" || bad !== "compiles") && good === "compiles" && fixed !== "refused"
      );
    });
    return `| ${group} | ${own.length} | ${own.filter(({ bad }) => bad === "compiles").length} | ${own.filter(({ fixed }) => fixed !== "–").length} | ${agreed.length} |`;
  });
  const text = [
    introduction,
    "## By group",
    "",
    "_Silent_ counts mistakes that compile, _with a fix_ those whose example was compiled after it, _agrees_ rules of which the compiler says what their pages say.",
    "",
    "| group | rules | silent | with a fix | compiler agrees |",
    "| --- | --- | --- | --- | --- |",
    ...counted,
    "",
    "## Rules",
    "",
    "| rule | word | severity | with the mistake | without it | after the fix |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ rule, word, severity, bad, good, fixed }) =>
        `| [${rule}](diagnostics/${rule}.md) | ${word} | ${severity} | ${bad} | ${good} | ${fixed} |`,
    ),
    "",
    "## Other forms of the same",
    "",
    "| example | what is said | compiler |",
    "| --- | --- | --- |",
    ...variants.map(({ name, said, compiler }) => `| ${name} | ${said} | ${compiler} |`),
    "",
  ].join("\n");
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(oracleFile);
  return prettier.format(text, { ...options, parser: "markdown" });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const seen = /** @type {{ rows: Row[]; variants: Variant[] }} */ (
    readJson(join(root, "test-results", "rules.json"))
  );
  writeFileSync(oracleFile, await oraclePage(seen));
}
