// Writes docs/diagnostics out of the rules, and lays it out as the formatter wants it.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { pageIndex, rulePage } from "../src/diagnostics/rulePage.ts";
import { sourceRules } from "../src/diagnostics/rules/index.ts";

const folder = new URL("../docs/diagnostics/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const rule of sourceRules) {
  writeFileSync(new URL(`${rule.id}.md`, folder), rulePage(rule));
}
writeFileSync(new URL("README.md", folder), pageIndex(sourceRules));
