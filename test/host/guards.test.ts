// What the host's process does to itself before plugin code runs in it: no core dumps (R9), large stacks and libraries that
// stay (R14), lengths checked (R15); and that a call is never made twice (R7).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { faults } from "./fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";

/** Of koffi's 16 MiB the frames below the method need some. */
const deepBytes = 15 * 1024 * 1024;

describe("the host's guards", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("faults");
    test = await TestRunner.create();
  });
  after(() => test.dispose());

  const cause = (fault: string, amount = 0): Promise<CallOutcome> =>
    test.call(library, faults, "cause", { fault, amount });

  if (process.platform === "linux") {
    it("a crash writes no core dump", async () => {
      const outcome = await cause("dumpable");
      assert.equal(valueOf(outcome), "0");
      const limits = readFileSync(`/proc/${String(outcome.measurements.hostPid)}/limits`, "utf8");
      assert.match(limits, /^Max core file size +0 +0 +bytes/m);
    });
  }

  it("a method has a stack of many megabytes", async () => {
    assert.equal(valueOf(await cause("deepStack", deepBytes)), "survived");
  });

  it("a call that crashed is not made again", async () => {
    const crashed = await cause("abort");
    resultOf(crashed, "crashed");
    assert.equal(crashed.output.stdout, "stdout before abort\n");
    const next = await cause("none");
    assert.equal(valueOf(next), "survived");
    assert.doesNotMatch(next.output.stdout, /abort/);
    assert.notEqual(next.measurements.hostPid, crashed.measurements.hostPid);
  });

  it("a library stays while its functions can be called, and lengths beyond the ABI's are refused", async () => {
    const program = join(import.meta.dirname, "keptLibrary.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      program,
      await fixtureLibrary("calls"),
    ]);
    assert.match(stdout, /^kept$/m);
  });
});
