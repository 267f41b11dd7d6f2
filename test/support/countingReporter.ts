// Mocha's report for the test runner: failures and slow tests at once, all failures in full at the end, and the number of
// passed, failed and skipped tests, with what failed, in the file that FIDIUS_TEST_COUNTS names, where the runner adds up
// all levels.

import { writeFileSync } from "node:fs";
import Mocha from "mocha";

const slowMs = 2000;

// Mocha takes a reporter from its module's default export.
// eslint-disable-next-line no-restricted-syntax -- see above
export default class CountingReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_RUN_END } = Mocha.Runner.constants;
    const { consoleLog } = Mocha.reporters.Base;
    runner.on(EVENT_TEST_FAIL, (test: Mocha.Test) => {
      consoleLog("  ✗ %s", test.fullTitle());
    });
    runner.on(EVENT_TEST_PASS, (test: Mocha.Test) => {
      if ((test.duration ?? 0) >= slowMs) {
        consoleLog("  ✓ %s (%d ms)", test.fullTitle(), test.duration);
      }
    });
    runner.once(EVENT_RUN_END, () => {
      this.epilogue();
      const file = process.env["FIDIUS_TEST_COUNTS"];
      if (file !== undefined) {
        const { passes, failures, pending } = this.stats;
        const counts = { passed: passes, failed: failures, skipped: pending };
        writeFileSync(file, JSON.stringify({ ...counts, failures: this.failures.map(inShort) }));
      }
    });
  }
}

/** A failed test by its title, with the first lines of its error. */
function inShort(test: Mocha.Test): string {
  const lines = (test.err?.stack ?? test.err?.message ?? "").split("\n").slice(0, 12);
  return [test.fullTitle(), ...lines.map((line) => `    ${line}`)].join("\n").slice(0, 2000);
}
