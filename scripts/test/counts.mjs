// The numbers of a level: what passed, what failed, and the failures in a few lines each.

import { show } from "../output.mjs";
import { readJson } from "../readJson.mjs";

/** @typedef {{ passed: number; failed: number; failures: string[] }} Count `failures`: each failed test in a few lines */

/** @returns {Count} */
export function noTests() {
  return { passed: 0, failed: 0, failures: [] };
}

/**
 * What the reporter of mocha wrote.
 * @param {string} file
 */
export function readCounts(file) {
  try {
    return /** @type {Count & { skipped: number }} */ (readJson(file));
  } catch {
    return { ...noTests(), skipped: 0 }; // mocha did not come to its end; the caller knows its exit code
  }
}

/**
 * Counts one check and shows it.
 * @param {Count} count
 * @param {string} title
 * @param {string} problem empty when it passed
 */
export function add(count, title, problem) {
  if (problem === "") {
    count.passed += 1;
  } else {
    count.failed += 1;
    count.failures.push(`${title}: ${problem}`);
  }
  show(problem === "" ? `  ✓ ${title}\n` : `  ✗ ${title}: ${problem}\n`);
}
