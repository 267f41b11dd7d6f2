// docs/types.md is what the catalogue and the std types say.

import assert from "node:assert/strict";
import { committedTypesPage, typesPage } from "../../support/typesPage.ts";

it("docs/types.md lists every type as it is known: else run node scripts/typesPage.mjs", async function () {
  this.timeout(20_000);
  const [committed, current] = [await committedTypesPage(), await typesPage()];
  const known = new Set(committed.split("\n"));
  assert.deepEqual(
    current.split("\n").filter((line) => !known.has(line)),
    [],
  );
  assert.equal(committed, current);
});
