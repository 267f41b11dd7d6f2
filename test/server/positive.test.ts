// What compiles and works is left alone: packages that rustc takes without a word, of which the editor says nothing either.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { diagnosticText, packageDiagnostics } from "./packageDiagnostics.ts";

const folder = path.join(repositoryRoot, "test/fixtures-positive");

describe("packages that compile and work", function () {
  this.timeout(600_000);

  it("are taken by cargo check", async () => {
    const { stderr } = await promisify(execFile)("cargo", ["check", "--workspace"], {
      cwd: folder,
      env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
      timeout: 580_000,
    });
    assert.doesNotMatch(stderr, /^(?:warning|error)/mu);
  });

  it("have no diagnostic at all", async () => {
    const found = await packageDiagnostics(folder);
    assert.deepEqual(found.map(diagnosticText), []);
  });
});
