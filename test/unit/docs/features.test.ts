// docs/features.md names tests that there are.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const docs = join(import.meta.dirname, "../../../docs");

describe("docs/features.md", () => {
  it("has for each feature a test that is there", () => {
    const text = readFileSync(join(docs, "features.md"), "utf8");
    const rows = text.split("\n").filter((line) => /^\| (?!feature|-)/u.test(line));
    assert.ok(rows.length > 50);
    for (const row of rows) {
      const link = /\]\(([^)]+\.test\.ts)\)/u.exec(row)?.[1];
      assert.ok(link !== undefined && existsSync(join(docs, link)), row);
    }
  });
});
