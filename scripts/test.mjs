// `npm test`: sets up what the tests need, runs every level, two at a time, and adds up their tests. The last line is
// `N passed, N failed`, after all that failed; the exit code is 0 only when something passed and nothing failed.
// `npm test -- unit host` runs some levels, `npm test -- --changed` those that a change can reach, `npm test -- --list` names them. Some levels run only when they are named.

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { collectOutput, show } from "./output.mjs";
import { root } from "./run.mjs";
import { SetupFailure } from "./setup/failure.mjs";
import { prepare } from "./setup/prepare.mjs";
import { changedLevels } from "./test/changed.mjs";
import { runInLanes } from "./test/lanes.mjs";
import { endLeftovers } from "./test/leftovers.mjs";
import { levels } from "./test/levels.mjs";

const isChanged = process.argv.includes("--changed");
if (process.argv.includes("--warm")) {
  process.env["FIDIUS_CHECK_WARM"] = "1";
}
const requested = process.argv
  .slice(2)
  .filter((argument) => !["--changed", "--warm"].includes(argument));
process.exitCode = await main();

async function main() {
  if (requested.includes("--list")) {
    console.log(
      levels.map(({ name, description }) => `${name.padEnd(14)}${description}`).join("\n"),
    );
    return 0;
  }
  const unknown = requested.filter((name) => levels.every((level) => level.name !== name));
  if (unknown.length > 0) {
    const names = levels.map(({ name }) => name).join(", ");
    console.error(`There is no test level ${unknown.join(", ")}. The levels are: ${names}.`);
    return 2;
  }
  const names = isChanged
    ? (await changedLevels(withRequirements([]))).map(({ name }) => name)
    : requested;
  const chosen = withRequirements(names);
  if (isChanged) {
    console.log(`Levels that the change can reach: ${chosen.map(({ name }) => name).join(", ")}.`);
  }
  /** @type {Map<string, Result>} */
  const results = new Map();
  /** @type {string[]} */
  const setupProblems = [];
  try {
    const needs = new Set(chosen.flatMap((level) => level.needs ?? []));
    const setup = await prepare(needs);
    rmSync(join(root, "test-results"), { recursive: true, force: true });
    const lanes = Math.min(chosen.length, laneCount());
    await runInLanes(chosen, lanes, async (level, lane) => {
      const environment = environmentOfLane(setup.environment, lane);
      results.set(level.name, await timeLevel(level, environment, lanes > 1));
    });
  } catch (error) {
    if (!(error instanceof SetupFailure)) {
      throw error;
    }
    setupProblems.push(error.message);
  }
  return report(chosen, results, setupProblems);
}

/** How many levels run at once: two where the machine has the processors, or what FIDIUS_TEST_LANES says. */
function laneCount() {
  const wanted = Number(process.env["FIDIUS_TEST_LANES"]);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : Math.min(2, availableParallelism());
}

/**
 * Each lane builds into a target folder of its own: cargo lets one process at a time into a folder, and the others would
 * wait for it longer than their tests do.
 * @param {Readonly<Record<string, string>>} variables
 * @param {number} lane
 */
function environmentOfLane(variables, lane) {
  const target = variables["FIDIUS_TEST_TARGET"] ?? "";
  return lane === 0
    ? variables
    : { ...variables, FIDIUS_TEST_TARGET: `${target}-${String(lane + 1)}` };
}

/** @typedef {import("./test/levels.mjs").Count & { seconds: number }} Result */

/**
 * Runs a level and says how it went; beside others, all that it says comes at its end.
 * @param {import("./test/levels.mjs").Level} level
 * @param {Readonly<Record<string, string>>} environment
 * @param {boolean} isBesideOthers
 * @returns {Promise<Result>}
 */
async function timeLevel(level, environment, isBesideOthers) {
  const startedAt = performance.now();
  const work = async () => {
    show(`\n── ${level.name}: ${level.description}\n`);
    const count = await countLevel(level, environment);
    const result = { ...count, seconds: (performance.now() - startedAt) / 1000 };
    show(`── ${line(level.name, result)}\n`);
    return result;
  };
  if (!isBesideOthers) {
    return work();
  }
  show(`── ${level.name} starts\n`);
  return collectOutput(work);
}

/**
 * @param {string} name
 * @param {Result} result
 */
function line(name, { passed, failed, seconds }) {
  return `${name.padEnd(14)}${passed} passed, ${failed} failed in ${seconds.toFixed(1)} s`;
}

/**
 * Says what became of all levels: the table, once more what failed, and the sum in the last line.
 * @param {readonly import("./test/levels.mjs").Level[]} chosen
 * @param {ReadonlyMap<string, Result>} results
 * @param {readonly string[]} setupProblems
 * @returns {number} the exit code
 */
function report(chosen, results, setupProblems) {
  const total = { passed: 0, failed: setupProblems.length };
  const failures = [...setupProblems];
  const table = chosen.flatMap(({ name }) => {
    const result = results.get(name);
    if (result === undefined) {
      return [];
    }
    total.passed += result.passed;
    total.failed += result.failed;
    failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
    return [`${result.failed === 0 ? "✓" : "✗"} ${line(name, result)}`];
  });
  show(`\n${table.join("\n")}\n\n`);
  for (const failure of failures) {
    show(`✗ ${failure}\n\n`);
  }
  show(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/**
 * The requested levels, or all, in order and with the levels that they build on.
 * @param {readonly string[]} names
 */
function withRequirements(names) {
  if (names.length === 0) {
    return levels.filter(({ isOnRequest }) => isOnRequest !== true);
  }
  const wanted = new Set(names);
  for (const level of [...levels].reverse()) {
    if (wanted.has(level.name)) {
      (level.after ?? []).forEach((name) => wanted.add(name));
    }
  }
  return levels.filter(({ name }) => wanted.has(name));
}

/**
 * Runs a level; processes that it leaves behind are a failure of their own.
 * @param {import("./test/levels.mjs").Level} level
 * @param {Readonly<Record<string, string>>} environment
 * @returns {Promise<import("./test/levels.mjs").Count>}
 */
async function countLevel(level, environment) {
  const mark = `${level.name}-${randomUUID()}`;
  const count = await level.run({ ...environment, FIDIUS_TEST_RUN: mark });
  const problems = (await endLeftovers(mark)).map((program) => `left a process behind: ${program}`);
  if (count.passed + count.failed === 0) {
    problems.push("has no tests");
  }
  problems.forEach((problem) => {
    show(`  ✗ ${level.name} ${problem}\n`);
  });
  return {
    passed: count.passed,
    failed: count.failed + problems.length,
    failures: [...count.failures, ...problems],
  };
}
