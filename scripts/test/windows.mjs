// Level `windows`: tests of other levels in Wine, with Node, cargo and rustc for Windows. Wine is an imitation; what it shows is
// "tested under Wine". Which tests run is a list of areas: all of an area that makes sense on Windows. At the end a table says how
// many tests each area has on this system, where the other levels run them, and how many passed in Wine.

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { show } from "../output.mjs";
import { environment, nodePath, root, run } from "../run.mjs";
import { windowsCache, windowsNode, wineEnvironment, winePath } from "../setup/wine.mjs";
import { add, noTests, readCounts } from "./counts.mjs";
import { sourceFiles } from "./sourceTree.mjs";
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
  const before = new Set(sourceFiles());
  mkdirSync(results, { recursive: true });
  const project = await makeWindowsProject();
  for (const workspace of workspaces) {
    const options = { cwd: join(root, workspace), timeoutMs: 10 * minute };
    const { reason } = await run("cargo", ["fetch", "--locked"], options);
    add(total, `cargo fetch in ${workspace}, for Windows too`, reason);
  }
  const gone = windowsAreas.flatMap(({ without = [] }) => without).filter((file) => !isThere(file));
  add(total, "every file that is left out exists", gone.join(", "));
  const env = wineEnvironment({
    ...environment,
    FIDIUS_TEST_TARGET: winePath(join(windowsCache, "target")),
  });
  const table = ["area            here   in Wine"];
  for (const area of windowsAreas) {
    const here = await countHere(area);
    const count = await countArea(area, project, env);
    total.passed += count.passed;
    total.failed += count.failed;
    total.failures.push(...count.failures);
    table.push(`${area.name.padEnd(16)}${String(here).padEnd(7)}${String(count.passed)}`);
  }
  // Wine's own services would stay for a while.
  await run("wineserver", ["--kill"], { env, timeoutMs: minute });
  keepFaultRows(project);
  const left = sourceFiles().filter((file) => !before.has(file));
  add(total, "leaves no file in the source tree", left.join(", "));
  show(`\n${table.join("\n")}\n`);
  return total;
}

/** @param {string} file */
const isThere = (file) => existsSync(join(root, file));

const results = join(root, "test-results", "windows");

/** Workspaces whose packages the tests build. */
const workspaces = ["test/fixtures", "examples"];

/** What the tests of faults saw in Wine, for scripts/faultPage.mjs. @param {string} project */
function keepFaultRows(project) {
  const rows = join(project, "test-results", "faults");
  if (existsSync(rows)) {
    cpSync(rows, join(results, "faults"), { recursive: true });
  }
}

/**
 * How many tests of an area there are on this system, where other levels run them: mocha finds them and runs none.
 * @param {import("./windowsAreas.mjs").WindowsArea} area
 */
async function countHere(area) {
  const counts = join(results, `${area.name}.here.json`);
  const mocha = ["node_modules/mocha/bin/mocha.js", "--dry-run", ...mochaArguments(area)];
  await run(nodePath(), mocha, {
    env: { ...environment(), FIDIUS_TEST_COUNTS: counts },
    output: "collect",
    timeoutMs: minute,
  });
  return readCounts(counts).passed;
}

/** @param {import("./windowsAreas.mjs").WindowsArea} area */
function mochaArguments({ files, without = [], only = "" }) {
  return [
    ...["--reporter", "test/support/countingReporter.ts", ...files],
    ...without.flatMap((glob) => ["--ignore", glob]),
    ...(only === "" ? [] : ["--grep", `^${only}`]),
  ];
}

/**
 * @param {import("./windowsAreas.mjs").WindowsArea} area
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Count>}
 */
async function countArea(area, project, env) {
  const { name, minutes } = area;
  const startedAt = performance.now();
  const [output, counts] = [join(results, `${name}.txt`), join(results, `${name}.json`)];
  rmSync(counts, { force: true });
  const mocha = ["node_modules/mocha/bin/mocha.js", "--no-color", ...mochaArguments(area)];
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
