// A complete VS Code that needs no desktop: server, workbench and extension host of the npm package code-server, kept in
// .vscode-test/. Its native parts are built for the Node that the package node-linux-* brings.

import { existsSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { environment, root, runNpm } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";
import { requirePrograms } from "./systemPackages.mjs";

/**
 * The releases that tests run on, with the Node that their native parts are built for. code-server 4.139 carries VS Code 1.139; the oldest
 * is what `engines.vscode` of package.json admits.
 */
const releases = {
  newest: { codeServer: "4.139.1", node: "24", watchdog: "@vscode/native-watchdog", search: null },
  oldest: {
    codeServer: "4.100.3",
    node: "20",
    watchdog: "native-watchdog",
    // Its own package downloads the program; this one carries it.
    search: `@vscode/ripgrep-linux-${process.arch}@1.18.0`,
  },
};

const nodePackage = `node-linux-${process.arch}`;

/**
 * @typedef {object} BrowserVsCode
 * @property {string} node the Node that its native parts were built for
 * @property {string} server its server-main.js
 */

/**
 * Where the browser-served VS Code is, installed when there is none (once, about a minute and 800 MB).
 * @param {keyof typeof releases} [age]
 * @returns {Promise<BrowserVsCode>}
 */
export async function requireBrowserVsCode(age = "newest") {
  const release = releases[age];
  const cache = join(root, ".vscode-test", `code-server-${release.codeServer}`);
  const modules = join(cache, "node_modules");
  const vscode = join(modules, "code-server", "lib", "vscode");
  const nodeFolder = join(modules, nodePackage);
  const found = {
    node: join(nodeFolder, "bin", "node"),
    server: join(vscode, "out", "server-main.js"),
  };
  const mark = join(cache, "complete");
  if (existsSync(mark)) {
    return found;
  }
  if (process.platform !== "linux") {
    throw new SetupFailure(
      `The browser-served VS Code runs on Linux only, not on ${process.platform}. Use the desktop VS Code: FIDIUS_VSCODE=desktop.`,
    );
  }
  console.log(
    `Installing code-server ${release.codeServer}, the ${age} VS Code (once, about 800 MB)…`,
  );
  await requirePrograms(
    { make: "make", "g++": "g++", python3: "python3" },
    "building VS Code's native parts",
  );
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, "package.json"), '{ "private": true }\n');
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await npm(cache, [
    "install",
    "--ignore-scripts",
    ...quiet,
    `code-server@${release.codeServer}`,
    `${nodePackage}@${release.node}`,
    ...(release.search === null ? [] : [release.search]),
  ]);
  await npm(vscode, ["install", "--omit=dev", "--ignore-scripts", ...quiet]);
  await npm(
    vscode,
    ["rebuild", `--nodedir=${nodeFolder}`, ...quiet, "@vscode/spdlog", release.watchdog],
    { PATH: `${join(nodeFolder, "bin")}${delimiter}${process.env["PATH"] ?? ""}` },
  );
  if (release.search !== null) {
    const program = join(modules, "@vscode", `ripgrep-linux-${process.arch}`, "bin", "rg");
    const folder = join(vscode, "node_modules", "@vscode", "ripgrep", "bin");
    await mkdir(folder, { recursive: true });
    await copyFile(program, join(folder, "rg"));
  }
  await writeFile(mark, `code-server ${release.codeServer}\n`);
  return found;
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} extra
 */
async function npm(cwd, args, extra = {}) {
  // What npm tells its scripts about this project must not reach another one.
  const env = Object.fromEntries(
    Object.entries(environment(extra)).filter(
      ([name]) => !/^npm_(?:package|lifecycle|config_local_prefix|command)/iu.test(name),
    ),
  );
  const { reason, output } = await runNpm(args, { cwd, env, output: "collect" });
  if (reason !== "") {
    console.error(output);
    throw new SetupFailure(`The browser-served VS Code could not be installed: ${reason}.`);
  }
}
