// Every citation in the code can be followed: promises by number, paragraphs of the reference, tests that documents name.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const code = ["src", "media", "scripts", "test"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file.replaceAll("\\", "/")}`,
    ),
  )
  .filter((file) => /\.(?:ts|tsx|mjs)$/.test(file) && !file.includes("/target/"))
  .filter((file) => !file.endsWith("docs/citations.test.ts"));

/** What the code cites and the pages do not have, each with its file. */
function lost(citation: RegExp, known: ReadonlySet<string>): string[] {
  return code.flatMap((file) =>
    [...read(file).matchAll(citation)]
      .map(([, cited = ""]) => cited)
      .filter((cited) => !known.has(cited))
      .map((cited) => `${file}: ${cited}`),
  );
}

describe("citations in the code", () => {
  it("of promises stand in docs/guarantees.md", () => {
    const known = new Set(
      [...read("docs/guarantees.md").matchAll(/^\| (R\d+) /gm)].map(([, name = ""]) => name),
    );
    assert.ok(known.size > 10);
    assert.deepEqual(lost(/[(, ](R\d{1,2})(?=[),;: ])/g, known), []);
  });

  it("of the reference are headings of docs/fidius-reference.md", () => {
    const known = new Set(
      [...read("docs/fidius-reference.md").matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gm)].map(
        ([, name = ""]) => name,
      ),
    );
    assert.ok(known.size > 40);
    assert.deepEqual(lost(/\breference (\d+(?:\.\d+)?)/g, known), []);
  });
});

describe("documents", () => {
  for (const page of ["ARCHITECTURE.md", "docs/guarantees.md"]) {
    it(`${page} names only tests, folders and files that exist`, () => {
      const named = [...read(page).matchAll(/`((?:src|media|scripts|test)\/[\w./-]+)`/g)];
      const gone = named
        .map(([, path = ""]) => path)
        .filter(
          (path) => ![path, `${path}.ts`, `${path}.tsx`].some((one) => existsSync(join(root, one))),
        );
      assert.ok(named.length > 10);
      assert.deepEqual(gone, []);
    });
  }
});
