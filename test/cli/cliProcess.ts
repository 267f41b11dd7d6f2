// Runs the bundled fidius-call as a process, as a script would, and reads what it leaves: exit code, stdout, stderr, and the
// JSON that closes stderr after a failure.

import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { distFolder, repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

export const examplesFolder = join(repositoryRoot, "examples");

/** Longer than a first build of all dependencies takes on a slow machine. */
const limitMs = 600_000;

export interface CliOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Runs it by this command, such as `unshare`. */
  readonly by?: readonly string[];
  readonly onSpawn?: (child: ChildProcess) => void;
  /** Sees stderr as it comes. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

export interface CliError {
  readonly kind: string;
  readonly message: string;
  readonly [member: string]: unknown;
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Parsed from the last line of stderr; it is checked that it is there exactly after failures. */
  readonly error: CliError | undefined;
}

let cacheFolder: Promise<string> | undefined;

/** Removes what the processes kept; call it once at the end. */
export async function removeCache(): Promise<void> {
  const folder = await cacheFolder;
  cacheFolder = undefined;
  if (folder !== undefined) {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function cacheOfProcesses(): Promise<string> {
  cacheFolder ??= mkdtemp(join(tmpdir(), "fidius-cli-cache-"));
  return cacheFolder;
}

/** Runs `fidius-call` with these arguments, in the example workspace unless told otherwise. */
export async function runCli(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const entry = join(distFolder(), "cli.cjs");
  assert.ok(existsSync(entry), `${entry} is missing: run node esbuild.mjs first`);
  const [program = "", ...rest] = [...(options.by ?? []), process.execPath, entry, ...args];
  const child = spawn(program, rest, {
    cwd: options.cwd ?? examplesFolder,
    env: {
      ...process.env,
      CARGO_TARGET_DIR: testTargetFolder(),
      XDG_CACHE_HOME: await cacheOfProcesses(),
      LOCALAPPDATA: await cacheOfProcesses(),
      ...options.environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  options.onSpawn?.(child);
  const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
  child.stdin.on("error", () => undefined); // it may end without reading
  child.stdin.end(options.stdin ?? "");
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    options.onStderr?.(text, child);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(limit);
  return { exitCode, stdout, stderr, error: readError(exitCode, stderr) };
}

function readError(exitCode: number | null, stderr: string): CliError | undefined {
  const lastLine = stderr.trimEnd().split("\n").at(-1) ?? "";
  if (exitCode === 0) {
    assert.ok(!lastLine.startsWith('{"error"'), `an error line after success: ${lastLine}`);
    return undefined;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(lastLine);
  } catch {
    assert.fail(`exit code ${exitCode}, but the last line of stderr is no JSON:\n${stderr}`);
  }
  const { error } = parsed as { error?: CliError };
  assert.ok(error !== undefined && typeof error.kind === "string", lastLine);
  assert.match(error.message, /\S/);
  return error;
}

/** Process ids below `pid`, at any depth. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const pairs = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  const queue = [pid];
  for (let parent = queue.pop(); parent !== undefined; parent = queue.pop()) {
    for (const [child, itsParent] of pairs) {
      if (itsParent === parent && child !== undefined) {
        found.push(child);
        queue.push(child);
      }
    }
  }
  return found;
}

/** Whether a process is there and not merely waiting to be reaped. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-o", "stat=", "-p", String(pid)]);
    return !stdout.trim().startsWith("Z");
  } catch {
    return false;
  }
}
