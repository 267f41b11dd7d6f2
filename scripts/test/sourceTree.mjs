// The files of the project, so that a level can show that it left none there.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run.mjs";

/** What builds, tests and tools write. */
const written =
  /^(?:\.git|\.cache|\.vscode-test|node_modules|target|dist|coverage|test-results|ThirdPartyNotices\.txt|.*\.vsix)$/u;

/**
 * All files below a folder, relative to it, without those that builds, tests and tools write.
 * @param {string} [below]
 * @returns {string[]}
 */
export function sourceFiles(below = "") {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter(({ name }) => !written.test(name))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? sourceFiles(path) : [path];
    });
}
