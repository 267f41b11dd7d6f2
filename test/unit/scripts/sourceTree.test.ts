// What the scripts keep out of the source tree: files that no Windows can check out, and what a cargo of Linux would make of a home
// on Windows.

import assert from "node:assert/strict";
import { run } from "../../../scripts/run.mjs";
import { sourceFiles } from "../../../scripts/test/sourceTree.mjs";
import { onPosix } from "../../support/windows.ts";

describe("the source tree", () => {
  it("has only names that Windows has too", () => {
    const files = sourceFiles();
    assert.ok(files.includes("test/unit/scripts/sourceTree.test.ts"));
    assert.deepEqual(
      // eslint-disable-next-line no-control-regex -- Windows refuses these characters
      files.filter((file) => /[<>:"\\|?*\x00-\x1f]|[. ](?:\/|$)/u.test(file)),
      [],
    );
    const spellings = new Set(files.map((file) => file.toLowerCase()));
    assert.equal(spellings.size, files.length, "two names differ in case only");
  });

  onPosix("cargo takes a home on a drive for a folder below the current one", () => {
    it("gets no folder from a cargo that is sent to a home on Windows", async () => {
      const env = { ...process.env, CARGO_HOME: "Z:\\root\\.cargo" };
      const { code, reason } = await run("cargo", ["--version"], { env, output: "collect" });
      assert.equal(code, null);
      assert.match(reason, /CARGO_HOME .*Z:\\root\\\.cargo.* no absolute path/);
    });
  });
});
