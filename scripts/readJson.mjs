// JSON files, read without believing anything about them: callers state what they expect.

import { readFileSync } from "node:fs";

/**
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
