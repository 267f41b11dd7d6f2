// Writes docs/diagnostics and docs/drift out of the rules.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { pageIndex, rulePage } from "../src/diagnostics/rulePage.ts";
import { manifestRules, sourceRules } from "../src/diagnostics/rules/index.ts";
import { setupRules } from "../src/diagnostics/setup/pages.ts";
import { driftIndex, driftPage } from "../src/drift/driftPage.ts";
import { driftRules } from "../src/drift/rules/index.ts";

const rules = [...sourceRules, ...manifestRules, ...setupRules];
writePages(
  "diagnostics",
  rules.map((rule) => [rule.id, rulePage(rule)]),
  pageIndex(rules),
);
writePages(
  "drift",
  driftRules.map((rule) => [rule.id, driftPage(rule)]),
  driftIndex(driftRules),
);

/**
 * Writes a folder of docs anew.
 * @param {string} name
 * @param {readonly (readonly [id: string, text: string])[]} pages
 * @param {string} index
 */
function writePages(name, pages, index) {
  const folder = new URL(`../docs/${name}/`, import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [id, text] of pages) {
    writeFileSync(new URL(`${id}.md`, folder), text);
  }
  writeFileSync(new URL("README.md", folder), index);
}
