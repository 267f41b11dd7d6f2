// docs/faults.md from what the host's tests saw (test-results/faults, written by test/host/faultPage.ts). `npm test` compares
// the committed page with it; run this file after `npm test -- host` to renew the page.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";

/** @typedef {{ fault: string; outcome: string; message: string; output: string; next: string }} Row */
/** @typedef {{ title: string; rows: readonly Row[] }} Section */

const folder = join(root, "test-results", "faults");
/** The same from level `windows`. */
const windowsFolder = join(root, "test-results", "windows", "faults");
const page = join(root, "docs", "faults.md");

const introduction = `# Faults of plugins

The outcome of everything that a plugin or its library can do wrong. Each line is a test in \`test/host\`, which ends with a call
that succeeds; this page is written by those tests (\`node scripts/faultPage.mjs\`), and \`npm test\` fails when it says anything
else than they saw. Names such as \`panicIndex\` are those of \`test/fixtures/faults\` and \`test/fixtures/malformed\`; the number
behind one is its amount (milliseconds, bytes, a count or an exit code). Measured on Linux; _under Wine_ says what the same test
saw on Windows' semantics (\`npm test -- windows\`) where that differs, and "–" where no test ran there: what only POSIX has, and what
Wine cannot show.

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
  const windows = windowsCells();
  const sections = sectionsIn(folder).map((part) => section(part, windows));
  // Only now: `npm test` reads this file before it has installed any package.
  const prettier = await import("prettier");
  const options = await prettier.resolveConfig(page);
  return prettier.format([introduction, ...sections].join("\n"), {
    ...options,
    parser: "markdown",
  });
}

/**
 * @param {string} from
 * @returns {readonly Section[]}
 */
function sectionsIn(from) {
  const files = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith(".json")) : [];
  files.sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10));
  return files.map((name) => /** @type {Section} */ (readJson(join(from, name))));
}

const sameAsHere = "the same";
const notRun = "–";
const windowsTitle = "Under Wine";

/**
 * What the column for Wine says, by section and fault: from the last run of level `windows`, for sections that it did not run from
 * the page as it is, which is that of an earlier run.
 * @returns {(title: string, row: Row) => string}
 */
function windowsCells() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  let title = "";
  for (const line of existsSync(page) ? readFileSync(page, "utf8").split("\n") : []) {
    title = line.startsWith("## ") ? line.slice(3) : title;
    const cells = line.split(/(?<!\\)\|/u).map((text) => text.trim());
    kept.set(JSON.stringify([title, cells[1]]), cells.at(-2) ?? "");
  }
  const seen = sectionsIn(windowsFolder);
  return (wanted, row) => {
    const part = seen.find((one) => one.title === wanted);
    if (part === undefined) {
      return kept.get(JSON.stringify([wanted, cell(row.fault)])) ?? notRun;
    }
    const there = part.rows.find(({ fault }) => windowsName(fault) === windowsName(row.fault));
    return cell(there === undefined ? notRun : difference(row, there));
  };
}

/** Amounts are smaller where Wine is slow. @param {string} fault */
function windowsName(fault) {
  return fault.replace(/ \d{6,}$/u, "");
}

/** Libraries and programs are called otherwise there. @param {string} text */
function plain(text) {
  return text.replaceAll(/\blib(\w+)\.so\b/gu, "$1.dll").replaceAll("\\", "/");
}

/**
 * @param {Row} here
 * @param {Row} there
 */
function difference(here, there) {
  const parts = /** @type {const} */ (["outcome", "message", "output", "next"]);
  const changed = parts.filter((part) => plain(here[part]) !== plain(there[part]));
  return changed.length === 0 ? sameAsHere : changed.map((part) => there[part] || "–").join("; ");
}

/**
 * @param {Section} section
 * @param {(title: string, row: Row) => string} windows
 * @returns {string}
 */
function section({ title, rows }, windows) {
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
    line([...used.map(([, name]) => name), windowsTitle]),
    line(["---", ...used.map(() => "---")]),
    ...rows.map((row) => line([...used.map(([key]) => cell(row[key])), windows(title, row)])),
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
