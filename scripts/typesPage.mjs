// Writes docs/types.md from the catalogue of types (test/support/typesPage.ts); `npm test` compares the committed page with it.

import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { nodePath, root, run } from "./run.mjs";

const page = pathToFileURL(join(root, "test", "support", "typesPage.ts")).href;
const program = `
import { writeFileSync } from "node:fs";
const { typesPage } = await import(${JSON.stringify(page)});
writeFileSync(${JSON.stringify(join(root, "docs", "types.md"))}, await typesPage());
`;
const { reason } = await run(nodePath(), ["--input-type=module", "--eval", program]);
if (reason !== "") {
  console.error(reason);
  process.exitCode = 1;
}
