// Level `windows`: tests of other levels in Wine, with Node, cargo and rustc for Windows. Wine is an imitation; what it shows is
// "tested under Wine". Which tests run is a list of areas: all of an area that makes sense on Windows.

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { show } from "../output.mjs";
import { root, run } from "../run.mjs";
import { windowsCache, windowsNode, wineEnvironment, winePath } from "../setup/wine.mjs";
import { add, noTests, readCounts } from "./counts.mjs";
import { windowsAreas } from "./windowsAreas.mjs";
import { makeWindowsProject } from "./windowsProject.mjs";

/** @typedef {import("./counts.mjs").Count} Count */

const minute = 60_000;

/** Lets a shell take standard input and output away: Node for Windows does not know the pipes of another system. */
const intoFile = 'exec "$@" >"$0" 2>&1 </dev/null';

/**
 * Runs all areas, one after the other.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Count>}
 */
export async function countWindows(environment) {
  const total = noTests();
  const project = await makeWindowsProject();
  const fetched = await run("cargo", ["fetch", "--locked"], {
    cwd: join(root, "test", "fixtures"),
    timeoutMs: 10 * minute,
  });
  add(total, "cargo fetch, for Windows too", fetched.reason);
  const env = wineEnvironment({
    ...environment,
    FIDIUS_TEST_TARGET: winePath(join(windowsCache, "target")),
  });
  for (const area of windowsAreas) {
    const count = await countArea(area, project, env);
    total.passed += count.passed;
    total.failed += count.failed;
    total.failures.push(...count.failures);
  }
  // Wine's own services would stay for a while.
  await run("wineserver", ["--kill"], { env, timeoutMs: minute });
  return total;
}

/**
 * @param {import("./windowsAreas.mjs").WindowsArea} area
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
async function countArea({ name, files, without = [], only = "", minutes }, project, env) {
  const startedAt = performance.now();
  const folder = join(root, "test-results", "windows");
  mkdirSync(folder, { recursive: true });
  const [output, counts] = ["txt", "json"].map((ending) => join(folder, `${name}.${ending}`));
  if (output === undefined || counts === undefined) {
    return noTests();
  }
  rmSync(counts, { force: true });
  const mocha = [
    ...["node_modules/mocha/bin/mocha.js", "--no-color"],
    ...["--reporter", "test/support/countingReporter.ts", ...files],
    ...without.flatMap((glob) => ["--ignore", glob]),
    ...(only === "" ? [] : ["--grep", `^${only}`]),
  ];
  const { reason } = await run("sh", ["-c", intoFile, output, "wine", windowsNode(), ...mocha], {
    cwd: project,
    env: { ...env, FIDIUS_TEST_COUNTS: winePath(counts) },
    timeoutMs: minutes * minute,
  });
  const { passed, failed, skipped, failures } = readCounts(counts);
  const count = { passed, failed: failed + skipped, failures };
  if (passed + count.failed === 0 || (reason !== "" && count.failed === 0)) {
    add(count, `${name} in Wine`, reason || "it has no tests");
  }
  if (count.failed > 0) {
    show(readFileSync(output, "utf8"));
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  show(`  ${name.padEnd(16)}${count.passed} passed, ${count.failed} failed in ${seconds} s\n`);
  return count;
}
