// docs/platforms.md names every file of the product that does another thing on another system.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** How code asks for the system that it runs on. */
const asksForPlatform = /process\.platform|["']win32["']|["']darwin["']/;

describe("docs/platforms.md", () => {
  it("names every place in src that asks for the system", () => {
    const page = readFileSync(join(root, "docs/platforms.md"), "utf8");
    const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `src/${file.replaceAll("\\", "/")}`)
      .filter((file) => asksForPlatform.test(readFileSync(join(root, file), "utf8")));
    assert.ok(files.length > 10, files.join());
    assert.deepEqual(
      files.filter((file) => !page.includes(`\`${file}\``)),
      [],
    );
  });

  it("names no file that is gone", () => {
    const page = readFileSync(join(root, "docs/platforms.md"), "utf8");
    const named = [...page.matchAll(/`(src\/[^`]+)`/g)].map(([, file]) => file ?? "");
    assert.deepEqual(
      named.filter((file) => {
        try {
          readFileSync(join(root, file));
          return false;
        } catch {
          return true;
        }
      }),
      [],
    );
  });
});
