// `npm test -- --changed`: the levels that a change can reach. A level is reached by what its tests import, by what the bundles that
// it runs are made of, and by the crates that it builds. Where that is not known, everything is run.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { bundles } from "../bundles.mjs";
import { root, run } from "../run.mjs";

/** @typedef {import("./levels.mjs").Level} Level */

/** Levels that look at every file. */
const always = new Set(["format", "lint", "typecheck", "knip", "manifest"]);

/** Texts and pictures: of these, tests of the pure layers compare the first. */
const textFile = /\.(?:md|png|svg)$/u;

const hostPrograms = ["host", "hostFunctions", "debuggers"];

/** Crates that many levels build. */
const crateFolder = /^(?:examples|test\/fixtures[^/]*)\//u;

/**
 * Levels reached by what differs from the upstream branch, saved or committed; all where there is no upstream to compare with, or no package yet.
 * @param {readonly Level[]} levels
 * @returns {Promise<readonly Level[]>}
 */
export async function changedLevels(levels) {
  if (!existsSync(join(root, "node_modules", "typescript"))) {
    return levels;
  }
  const files = await changedFiles();
  const imports = await importsOfTree();
  return levels.filter((level) => {
    const reached = reachedFrom(rootsOf(level), imports);
    return always.has(level.name) || files.some((file) => reaches(file, level, reached));
  });
}

/**
 * @param {string} file
 * @param {Level} level
 * @param {ReadonlySet<string>} reached
 */
function reaches(file, level, reached) {
  if (/^(?:src|media|test)\/.*\.tsx?$/u.test(file)) {
    return reached.has(file);
  }
  if (textFile.test(file)) {
    return level.name === "unit" || (level.name === "fault-page" && file === "docs/faults.md");
  }
  if (crateFolder.test(file)) {
    return level.needs?.includes("cargo") === true;
  }
  const ownLevel = /^test\/([^/]+)\//u.exec(file)?.[1];
  return ownLevel === undefined || ownLevel === level.name;
}

/** @returns {Promise<readonly string[]>} paths from the root, with `/` */
async function changedFiles() {
  const base = await lines(["merge-base", "HEAD", "@{upstream}"]);
  if (base.length === 0) {
    return ["package.json"];
  }
  const changed = await lines(["diff", "--name-only", "--no-renames", base[0] ?? "HEAD"]);
  return [...changed, ...(await lines(["ls-files", "--others", "--exclude-standard"]))];
}

/**
 * What git says, line by line; nothing where it fails.
 * @param {readonly string[]} args
 */
async function lines(args) {
  const { reason, output } = await run("git", args, { cwd: root, output: "collect" });
  return reason === "" ? output.split("\n").filter((line) => line !== "") : [];
}

/**
 * The programs of dist/ that a level starts, where it does not start them all.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const programsOf = {
  "async-setup": ["cli", ...hostPrograms],
  host: hostPrograms,
  "fault-page": hostPrograms,
  abis: ["cli", ...hostPrograms],
  soak: hostPrograms,
  server: ["server", "cli", ...hostPrograms],
  cli: ["cli", ...hostPrograms],
  packages: ["cli", ...hostPrograms],
  bridge: ["cli", ...hostPrograms],
  ui: ["panel"],
};

/** @param {Level} level */
function rootsOf({ name, after = [] }) {
  const folder = name === "fault-page" ? "host" : name;
  const usesBundles = ["bundle", "package"].includes(name) || after.length > 0;
  return [...sourcesIn(join("test", folder)), ...(usesBundles ? programs(programsOf[name]) : [])];
}

/**
 * Where the programs of these names begin; all without names.
 * @param {readonly string[] | undefined} names
 */
function programs(names) {
  return bundles(false).flatMap(({ entryPoints }) =>
    Object.entries(/** @type {Record<string, string>} */ (entryPoints ?? {}))
      .filter(([name]) => names?.includes(name) !== false)
      .map(([, file]) => file),
  );
}

/**
 * @param {string} folder
 * @returns {readonly string[]}
 */
function sourcesIn(folder) {
  return existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, file))
    : [];
}

/** @returns {Promise<(file: string) => readonly string[]>} what a file of the tree imports, each file read once */
async function importsOfTree() {
  const { default: typescript } = await import("typescript");
  /** @type {Map<string, readonly string[]>} */
  const known = new Map();
  return (file) => {
    const imported =
      known.get(file) ??
      typescript
        .preProcessFile(readFileSync(join(root, file), "utf8"), true, true)
        .importedFiles.map(({ fileName }) => fileName)
        .filter((name) => name.startsWith("."))
        .map((name) => normalize(join(dirname(file), name)))
        .filter((path) => existsSync(join(root, path)));
    known.set(file, imported);
    return imported;
  };
}

/**
 * @param {readonly string[]} roots
 * @param {(file: string) => readonly string[]} imports
 */
function reachedFrom(roots, imports) {
  const reached = new Set(roots);
  for (const file of reached) {
    if (/\.(?:tsx?|mjs)$/u.test(file)) {
      imports(file).forEach((each) => reached.add(each));
    }
  }
  return reached;
}
