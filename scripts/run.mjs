// Starts programs for the scripts and makes sure that none outlives them: each runs in a process group of its own, which is
// ended when the program ends, when its time is up, and when the script itself is stopped.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCollecting, show } from "./output.mjs";
import { readJson } from "./readJson.mjs";

/** The project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const isWindows = process.platform === "win32";

/** Node 24 of the dev dependency `node` once it is installed, else the Node that runs this. */
export function nodePath() {
  const installed = join(root, "node_modules", "node", "bin", isWindows ? "node.exe" : "node");
  return existsSync(installed) ? installed : process.execPath;
}

/**
 * The environment for programs: the project's own tools come first.
 * @param {Readonly<Record<string, string>>} extra
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(extra = {}) {
  const bin = join(root, "node_modules", ".bin");
  return { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`, ...extra };
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the project's folder
 * @property {NodeJS.ProcessEnv} [env] default: environment()
 * @property {number} [timeoutMs] default: 10 minutes
 * @property {"show" | "collect" | "both"} [output] whether stdout and stderr are shown, returned, or both; default: show
 */

/**
 * @typedef {object} RunResult
 * @property {number | null} code
 * @property {string} output what the program printed, when it was collected
 * @property {string} reason why it did not succeed, for people; empty when it did
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

const stopSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** The script is stopped from outside: what it runs ends with it. */
function stop() {
  for (const child of running) {
    endGroup(child);
  }
  process.exit(130);
}

/** @param {import("node:child_process").ChildProcess} child */
function enter(child) {
  if (running.size === 0) {
    stopSignals.forEach((signal) => process.on(signal, stop));
  }
  running.add(child);
}

/** @param {import("node:child_process").ChildProcess} child */
function leave(child) {
  if (running.delete(child) && running.size === 0) {
    stopSignals.forEach((signal) => process.off(signal, stop));
  }
}

/**
 * Ends a program and all that it started in its group.
 * @param {import("node:child_process").ChildProcess} child
 */
function endGroup(child) {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (isWindows) {
      const system = join(process.env["SystemRoot"] ?? "C:\\Windows", "System32");
      spawn(join(system, "taskkill.exe"), ["/pid", String(child.pid), "/t", "/f"], {
        stdio: "ignore",
      }).on("error", () => child.kill("SIGKILL"));
    } else {
      process.kill(-child.pid, "SIGKILL");
    }
  } catch {
    // the group has ended by itself
  }
}

/**
 * Runs a program to its end. It never rejects: what went wrong is the result's `reason`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = environment(), timeoutMs = 600_000, output = "show" } = options;
  const home = env["CARGO_HOME"];
  if (command === "cargo" && home !== undefined && !isAbsolute(home)) {
    // Cargo would make it below the current folder: a path of Windows is a name elsewhere.
    const reason = `CARGO_HOME is ${home}, which is no absolute path on this system`;
    return Promise.resolve({ code: null, output: "", reason });
  }
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: !isWindows,
      stdio: ["ignore", ...outputTargets(isCollecting() ? "both" : output)],
    });
    enter(child);
    /** @type {string[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (/** @type {string} */ text) => {
        if (output !== "show") {
          chunks.push(text);
        }
        if (output !== "collect") {
          show(text);
        }
      });
    }
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child);
    }, timeoutMs);
    /** @param {number | null} code @param {string} reason */
    const finish = (code, reason) => {
      clearTimeout(timer);
      leave(child);
      endGroup(child);
      resolve({ code, output: chunks.join(""), reason });
    };
    child.on("error", (error) => {
      finish(null, `${command} could not be started: ${error.message}`);
    });
    // Descendants may hold the pipes open; the group is ended first so that "close" comes.
    child.on("exit", () => {
      endGroup(child);
    });
    child.on("close", (code, signal) => {
      if (isLate) {
        finish(code, `${command} took longer than ${timeoutMs / 1000} s and was ended`);
      } else if (signal !== null) {
        finish(code, `${command} was ended by ${signal}`);
      } else {
        finish(code, code === 0 ? "" : `${command} ended with exit code ${String(code)}`);
      }
    });
  });
}

/**
 * @param {NonNullable<RunOptions["output"]>} output
 * @returns {["pipe" | "inherit", "pipe" | "inherit"]}
 */
function outputTargets(output) {
  return output === "show" ? ["inherit", "inherit"] : ["pipe", "pipe"];
}

/**
 * Runs a program of a dev dependency on the project's Node, without a shell.
 * @param {string} packageName
 * @param {readonly string[]} args
 * @param {RunOptions & { program?: string }} options `program`: which of the package's programs, default: its own name
 */
export function runTool(packageName, args, options = {}) {
  const folder = join(root, "node_modules", packageName);
  const manifest = /** @type {{ bin: string | Record<string, string> }} */ (
    readJson(join(folder, "package.json"))
  );
  const program = options.program ?? packageName.replace(/^@.*\//u, "");
  const file = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[program];
  if (file === undefined) {
    throw new Error(`${packageName} has no program ${program}`);
  }
  return run(nodePath(), [join(folder, file), ...args], options);
}

/**
 * Runs npm: the one that runs this script, or the one on PATH.
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export function runNpm(args, options = {}) {
  const own = process.env["npm_execpath"];
  if (own !== undefined && /\.c?js$/u.test(own)) {
    return run(process.execPath, [own, ...args], options);
  }
  return run(isWindows ? "npm.cmd" : "npm", args, options);
}

/**
 * The first of the programs that is on PATH, as an absolute path.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(...names) {
  const extensions = isWindows ? [".exe", ".cmd", ".bat", ""] : [""];
  for (const name of names) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      for (const extension of extensions) {
        const file = join(folder, name + extension);
        if (folder !== "" && existsSync(file)) {
          return file;
        }
      }
    }
  }
  return undefined;
}
