// Writes cargo workspaces and asks cargo what compiles. One lock file a workspace and one target folder for all, so that
// Fidius and tokio compile once for each set of features; each check is of one package alone, because features unify over
// everything that is selected.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { GeneratedPackage } from "./interfaces.ts";
import { workspaceDependencies } from "./variants.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

export type { GeneratedPackage } from "./interfaces.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const cacheFolder = path.join(repository, ".cache", "async-setup");
const targetFolder = testTargetFolder();

export interface CheckVerdict {
  readonly compiles: boolean;
  /** rustc's error codes in the package, each once. */
  readonly errorCodes: readonly string[];
  /** What cargo and rustc said, for a failing test. */
  readonly output: string;
}

/** A generated cargo workspace. Its Cargo.lock and target folder stay for the next run. */
export interface GeneratedWorkspace {
  readonly folder: string;
  /** `cargo check -p name`, with more arguments if given. */
  check(name: string, extra?: readonly string[]): Promise<CheckVerdict>;
}

/** Makes the workspace hold these packages and no others, as written here: fixes of an earlier run are undone. */
export function writeWorkspace(
  name: string,
  packages: readonly GeneratedPackage[],
): GeneratedWorkspace {
  const folder = path.join(cacheFolder, name);
  const packagesFolder = path.join(folder, "packages");
  removeStrangers(packagesFolder, new Set(packages.map((generated) => generated.name)));
  write(
    path.join(folder, "Cargo.toml"),
    `[workspace]\nresolver = "2"\nmembers = ["packages/*"]\n\n[workspace.dependencies]\n${workspaceDependencies}`,
  );
  for (const generated of packages) {
    const packageFolder = path.join(packagesFolder, generated.name);
    write(path.join(packageFolder, "Cargo.toml"), generated.manifest);
    write(path.join(packageFolder, "src/lib.rs"), generated.source);
  }
  return { folder, check: (member, extra = []) => check(folder, member, extra) };
}

/** Packages that an older list of variants left behind. */
function removeStrangers(folder: string, names: ReadonlySet<string>): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!names.has(name)) {
      rmSync(path.join(folder, name), { recursive: true });
    }
  }
}

function write(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) {
    return;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function check(
  folder: string,
  name: string,
  extra: readonly string[],
): Promise<CheckVerdict> {
  const { exitCode, stdout, stderr } = await runCargo(folder, [
    "check",
    "--message-format=json",
    "--package",
    name,
    ...extra,
  ]);
  const errors = stdout.split("\n").flatMap(readError);
  return {
    compiles: exitCode === 0,
    errorCodes: [...new Set(errors.map(({ code }) => code))].filter((code) => code !== ""),
    output: [...errors.map(({ rendered }) => rendered), stderr].join("\n"),
  };
}

function readError(line: string): readonly { code: string; rendered: string }[] {
  if (!line.startsWith("{")) {
    return [];
  }
  const message = JSON.parse(line) as {
    readonly reason: string;
    readonly message?: { level: string; rendered: string; code: { code: string } | null };
  };
  return message.reason === "compiler-message" && message.message?.level === "error"
    ? [{ code: message.message.code?.code ?? "", rendered: message.message.rendered }]
    : [];
}

/** Longest that one cargo run may take, with everything still to be compiled. */
const cargoTimeoutMs = 300_000;

async function runCargo(
  folder: string,
  args: readonly string[],
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = spawn("cargo", args, {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: targetFolder, CARGO_TERM_COLOR: "never" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: cargoTimeoutMs,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exitCode, stdout, stderr };
}
