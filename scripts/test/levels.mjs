// The levels of `npm test`, quick ones first. Each runs to its end and counts its tests; a crash is a failed test.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { add, noTests, readCounts } from "./counts.mjs";
import { countWindows } from "./windows.mjs";
import { show } from "../output.mjs";
import { environment, nodePath, root, run, runTool } from "../run.mjs";
import { checkFaultPage } from "../faultPage.mjs";
import { checkManifest } from "../checkManifest.mjs";
import { packageAll } from "../packageVsix.mjs";

/** @typedef {import("./counts.mjs").Count} Count */
/**
 * @typedef {object} Level
 * @property {string} name
 * @property {string} description
 * @property {readonly import("../setup/prepare.mjs").Need[]} [needs] what the machine must have
 * @property {readonly string[]} [after] levels whose result this one uses
 * @property {boolean} [isOnRequest] it runs only when it is named
 * @property {"reads" | "writes"} [dist] what it does to dist/: nothing reads it while another level writes it
 * @property {(variables: Readonly<Record<string, string>>) => Promise<Count>} run
 */

const minute = 60_000;

/** @type {readonly Level[]} */
export const levels = [
  staticLevel(
    "format",
    "prettier",
    [],
    [
      [
        "prettier",
        () =>
          runTool("prettier", [
            "--check",
            "--log-level=warn",
            ...warm(["--cache", "--cache-location=.cache/check/prettier"]),
            ".",
          ]),
      ],
    ],
  ),
  staticLevel(
    "lint",
    "ESLint: strict types, layers",
    [],
    [
      [
        "eslint",
        () =>
          runTool("eslint", [
            "--max-warnings=0",
            ...warm([
              "--cache",
              "--cache-strategy=content",
              "--cache-location=.cache/check/eslint",
            ]),
            ".",
          ]),
      ],
    ],
  ),
  staticLevel(
    "typecheck",
    "TypeScript: Node, pure layers, panel, panel tests",
    [],
    ["tsconfig.json", "tsconfig.core.json", "media/tsconfig.json", "test/ui/tsconfig.json"].map(
      (project) => [
        project,
        () =>
          runTool(
            "typescript",
            [
              "-p",
              project,
              ...warm([
                "--incremental",
                `--tsBuildInfoFile`,
                `.cache/check/${project.replaceAll("/", "-")}`,
              ]),
            ],
            { program: "tsc" },
          ),
      ],
    ),
  ),
  staticLevel(
    "knip",
    "unused files, exports and dependencies; import cycles",
    [],
    [["knip", () => runTool("knip", ["--no-progress"])]],
  ),
  {
    name: "manifest",
    description: "package.json against the code and its texts",
    run: () => Promise.resolve(checksToCount(checkManifest())),
  },
  mochaLevel("unit", "pure layers, protocols, runner with a fake host", { minutes: 15 }),
  mochaLevel("vectors", "bytes and hashes that Rust made", { minutes: 30, needs: ["cargo"] }),
  {
    ...staticLevel(
      "bundle",
      "esbuild of all processes into dist/",
      [],
      [["esbuild", () => run(nodePath(), ["esbuild.mjs"])]],
    ),
    dist: "writes",
  },
  {
    name: "package",
    description: "the VSIX of every platform and what is in it",
    after: ["bundle"],
    dist: "writes",
    run: async () => checksToCount(await packageAll()),
  },
  {
    name: "examples",
    description: "the example workspace compiles without a warning and passes its own tests",
    needs: ["cargo"],
    run: countExamples,
  },
  mochaLevel("cargo", "real cargo: metadata, builds, features", { minutes: 40, needs: ["cargo"] }),
  mochaLevel("async-setup", "every broken async set-up: found, fixed, compiled", {
    minutes: 40,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("host", "real plugins in the host process", {
    minutes: 40,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  {
    name: "fault-page",
    description: "docs/faults.md says what the host's tests saw",
    after: ["host"],
    run: async () => {
      const count = noTests();
      // Signals and exit codes of other systems have other names; the tests themselves run there too.
      const problem = process.platform === "linux" ? await checkFaultPage() : "";
      add(count, "docs/faults.md", problem);
      return count;
    },
  },
  mochaLevel("abis", "every Fidius release, against its own host", {
    minutes: 40,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("soak", "long use: memory flat, nothing left behind", {
    minutes: 40,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("server", "the language server over stdio", {
    minutes: 40,
    needs: ["cargo", "rust-analyzer", "editors"],
    after: ["bundle"],
  }),
  mochaLevel("cli", "fidius-call: output and exit codes", {
    minutes: 60,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("packages", "package archives and signatures against Fidius' own", {
    minutes: 30,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("fuzz", "random workspaces; damaged archives, JSON, frames and manifests", {
    minutes: 24 * 60,
    needs: ["cargo"],
  }),
  mochaLevel("bridge", "types that only the compiler knows, and its word against the model's", {
    minutes: 80,
    needs: ["cargo"],
    after: ["bundle"],
  }),
  mochaLevel("ui", "the panel in a browser", {
    minutes: 40,
    needs: ["chromium"],
    after: ["bundle"],
  }),
  {
    name: "vscode",
    description: "the unpacked VSIX in the newest and the oldest VS Code",
    needs: ["cargo", "chromium", "vscode", "debugger"],
    after: ["package"],
    run: countVsCode,
  },
  {
    name: "windows",
    description: "tests of other levels on Windows' semantics, in Wine",
    needs: ["cargo", "wine"],
    after: ["bundle"],
    dist: "reads",
    isOnRequest: true,
    run: (variables) => countWindows(testEnvironment(variables)),
  },
];

/**
 * Options that have a check build on the last one: `npm run check` is for people at work, and takes a rule that looks at the types of
 * another file for granted where only that file changed. `npm test` looks at everything anew.
 * @param {readonly string[]} options
 */
function warm(options) {
  return process.env["FIDIUS_CHECK_WARM"] === undefined ? [] : options;
}

/**
 * A level of checks that only pass or fail.
 * @param {string} name
 * @param {string} description
 * @param {readonly import("../setup/prepare.mjs").Need[]} needs
 * @param {readonly [title: string, check: () => Promise<import("../run.mjs").RunResult>][]} checks
 * @returns {Level}
 */
function staticLevel(name, description, needs, checks) {
  return {
    name,
    description,
    needs,
    run: async () => {
      const count = noTests();
      for (const [title, check] of checks) {
        const { reason } = await check();
        add(count, title, reason);
      }
      return count;
    },
  };
}

/**
 * A level of mocha tests in test/<name>/.
 * @param {string} name
 * @param {string} description
 * @param {{ minutes: number; needs?: readonly import("../setup/prepare.mjs").Need[]; after?: readonly string[] }} options
 * @returns {Level}
 */
function mochaLevel(name, description, { minutes, needs = [], after = [] }) {
  return {
    name,
    description,
    needs,
    after,
    ...(after.includes("bundle") && { dist: /** @type {const} */ ("reads") }),
    run: (variables) =>
      countMocha(name, [`test/${name}/**/*.test.ts`], variables, minutes * minute),
  };
}

/**
 * Runs mocha and reads the counts that the reporter wrote. Skipped tests and crashes are failures.
 * @param {string} name
 * @param {readonly string[]} globs
 * @param {Readonly<Record<string, string>>} variables
 * @param {number} timeoutMs
 * @returns {Promise<Count>}
 */
async function countMocha(name, globs, variables, timeoutMs) {
  const folder = join(root, "test-results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  const { reason } = await runTool(
    "mocha",
    ["--reporter", "test/support/countingReporter.ts", ...globs],
    { env: testEnvironment({ ...variables, FIDIUS_TEST_COUNTS: file }), timeoutMs },
  );
  const { passed, failed, skipped, failures } = readCounts(file);
  if (skipped > 0) {
    show(`  ✗ ${skipped} tests were skipped\n`);
  }
  const count = { passed, failed: failed + skipped, failures };
  if (reason !== "" && count.failed === 0) {
    add(count, name, reason);
  }
  return count;
}

/**
 * Runs the sessions in VS Code; each writes counts of its own.
 * @param {Readonly<Record<string, string>>} variables
 * @returns {Promise<Count>}
 */
async function countVsCode(variables) {
  const folder = join(root, "test-results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "vscode");
  const { reason } = await run(nodePath(), ["test/vscode/run.ts"], {
    env: testEnvironment({ ...variables, FIDIUS_TEST_COUNTS: file }),
    timeoutMs: 60 * minute,
  });
  const total = noTests();
  for (const session of ["trusted", "fixtures", "debugging", "bridge", "restricted", "oldest"]) {
    const { passed, failed, skipped, failures } = readCounts(`${file}.${session}`);
    total.passed += passed;
    total.failed += failed + skipped;
    total.failures.push(...failures);
    if (passed + failed + skipped === 0) {
      add(total, `session ${session}`, "it did not come to its end");
    }
  }
  if (reason !== "" && total.failed === 0) {
    add(total, "vscode", reason);
  }
  return total;
}

/**
 * Compiles the examples and runs their Rust tests.
 * @param {Readonly<Record<string, string>>} variables
 * @returns {Promise<Count>}
 */
async function countExamples(variables) {
  const count = noTests();
  const options = {
    env: testEnvironment({ ...variables, CARGO_TARGET_DIR: variables["FIDIUS_TEST_TARGET"] ?? "" }),
    output: /** @type {const} */ ("both"),
  };
  const build = await cargo("examples", ["build", "--locked", "--all-targets"], options);
  const hasWarnings = /^warning/mu.test(build.output);
  add(count, "cargo build", build.reason || (hasWarnings ? "cargo printed warnings" : ""));
  const tests = await cargo("examples", ["test", "--locked"], options);
  for (const [, passed, failed] of tests.output.matchAll(/(\d+) passed; (\d+) failed/gu)) {
    count.passed += Number(passed);
    count.failed += Number(failed);
  }
  add(count, "cargo test", tests.reason);
  return count;
}

/**
 * @param {readonly { title: string; problem: string }[]} checks
 * @returns {Count}
 */
function checksToCount(checks) {
  const count = noTests();
  for (const { title, problem } of checks) {
    add(count, title, problem);
  }
  return count;
}

/**
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {import("../run.mjs").RunOptions} options
 */
function cargo(folder, args, options = {}) {
  return run("cargo", args, { cwd: join(root, folder), timeoutMs: 15 * minute, ...options });
}

/**
 * The tests' environment: a target folder that the user set for cargo must not leak into tests that look at target folders.
 * @param {Readonly<Record<string, string>>} variables
 */
function testEnvironment(variables) {
  const { CARGO_TARGET_DIR: _, ...env } = environment();
  return { ...env, ...variables };
}
