// `npm test`: sets up what the tests need, runs every level in order and adds up their tests. The last line is
// `N passed, N failed`; the exit code is 0 only when something passed and nothing failed.
// `npm test -- unit host` runs some levels, `npm test -- --list` names them.

import { rmSync } from "node:fs";
import { root } from "./run.mjs";
import { SetupFailure } from "./setup/failure.mjs";
import { prepare } from "./setup/prepare.mjs";
import { levels } from "./test/levels.mjs";
import { endLeftovers, runId } from "./test/leftovers.mjs";
import { join } from "node:path";

const requested = process.argv.slice(2);
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
  const chosen = withRequirements(requested);
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const table = [];
  try {
    const needs = new Set(chosen.flatMap((level) => level.needs ?? []));
    const setup = await prepare(needs);
    rmSync(join(root, "test-results"), { recursive: true, force: true });
    for (const level of chosen) {
      console.log(`\n── ${level.name}: ${level.description}`);
      const startedAt = performance.now();
      const { passed, failed } = await countLevel(level, setup);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      total.passed += passed;
      total.failed += failed;
      const line = `${level.name.padEnd(14)}${passed} passed, ${failed} failed in ${seconds} s`;
      table.push(`${failed === 0 ? "✓" : "✗"} ${line}`);
      console.log(`── ${line}`);
    }
  } catch (error) {
    if (!(error instanceof SetupFailure)) {
      throw error;
    }
    console.error(`\n${error.message}`);
    total.failed += 1;
  }
  console.log(`\n${table.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/**
 * The requested levels, or all, in order and with the levels that they build on.
 * @param {readonly string[]} names
 */
function withRequirements(names) {
  if (names.length === 0) {
    return levels;
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
 * @param {import("./setup/prepare.mjs").Setup} setup
 */
async function countLevel(level, setup) {
  const count = await level.run({ ...setup.environment, FIDIUS_TEST_RUN: runId });
  const leftovers = await endLeftovers();
  for (const leftover of leftovers) {
    console.log(`  ✗ ${level.name} left a process behind: ${leftover}`);
  }
  if (count.passed + count.failed === 0) {
    console.log(`  ✗ ${level.name} has no tests`);
    return { passed: 0, failed: 1 };
  }
  return { passed: count.passed, failed: count.failed + leftovers.length };
}
