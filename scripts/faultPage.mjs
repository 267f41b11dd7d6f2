// docs/faults.md from what the host's tests saw (test-results/faults, written by test/host/faultPage.ts). `npm test` compares
// the committed page with it; run this file after `npm test -- host` to renew the page.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";

/** @typedef {{ fault: string; outcome: string; message: string; output: string; next: string }} Row */
/** @typedef {{ title: string; rows: readonly Row[] }} Section */

const folder = join(root, "test-results", "faults");
const page = join(root, "docs", "faults.md");

const introduction = `# Faults of plugins

The outcome of everything that a plugin or its library can do wrong. Each line is a test in \`test/host\`, which ends with a call
that succeeds; this page is written by those tests (\`node scripts/faultPage.mjs\`), and \`npm test\` fails when it says anything
else than they saw. Names such as \`panicIndex\` are those of \`test/fixtures/faults\` and \`test/fixtures/malformed\`; the number
behind one is its amount (milliseconds, bytes, a count or an exit code). Measured on Linux.

Every outcome has the method, its duration, what the plugin printed before it (the last MiB of each stream), and for a panic its
place and backtrace. _Output_ names the streams whose words before the fault arrived; _next call_ says how the following call
ended, and whether in the same process. A call is made whenever it is asked for, however
often the build crashed before.

What cannot be seen: memory that is read after it was freed, a text without its newline when the process is killed (Rust keeps
it back), and a program that the plugin detached into a session of its own, which nobody ends.
`;

/**
 * The page, formatted as prettier wants it.
 * @returns {Promise<string>}
 */
async function faultPage() {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  files.sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10));
  const sections = files.map((name) =>
    section(/** @type {Section} */ (readJson(join(folder, name)))),
  );
  // Only now: `npm test` reads this file before it has installed any package.
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(page);
  return prettier.format([introduction, ...sections].join("\n"), {
    ...options,
    parser: "markdown",
  });
}

/**
 * @param {Section} section
 * @returns {string}
 */
function section({ title, rows }) {
  const columns = /** @type {const} */ ([
    ["fault", "Fault"],
    ["outcome", "Outcome"],
    ["message", "In words"],
    ["output", "Output"],
    ["next", "Next call"],
  ]);
  const used = columns.filter(([key]) => rows.some((row) => row[key] !== ""));
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [
    `## ${title}`,
    "",
    line(used.map(([, name]) => name)),
    line(used.map(() => "---")),
    ...rows.map((row) => line(used.map(([key]) => cell(row[key])))),
    "",
  ].join("\n");
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll(/\s+/gu, " ").replaceAll(/[|<>*_`\\]/gu, (sign) => `\\${sign}`);
}

/**
 * Whether the committed page is what the tests saw.
 * @returns {Promise<string>} empty, or what is wrong
 */
export async function checkFaultPage() {
  let committed;
  try {
    committed = readFileSync(page, "utf8");
  } catch {
    return "docs/faults.md is missing: run node scripts/faultPage.mjs";
  }
  const seen = await faultPage();
  if (seen === committed) {
    return "";
  }
  const known = new Set(committed.split("\n"));
  const news = seen.split("\n").filter((text) => !known.has(text));
  return `docs/faults.md is not what the tests saw: run node scripts/faultPage.mjs. New: ${news.slice(0, 3).join(" ")}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(page, await faultPage());
}
