// Runs cargo for the cdylib of one package: arguments, progress and output while it runs, and in the end the library that this
// very run reported, or the reason why there is none.

import { rmSync } from "node:fs";
import { basename, dirname, extname, join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import { statsOf } from "../../files/fileStats.ts";
import type { BuildFailure, CompileError } from "../../model/outcome.ts";
import type { CrateInfo } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type ArtifactMessage, type BuildMessage, parseBuildMessage } from "./buildMessages.ts";
import { idleProgress, readStderrLine } from "./buildProgress.ts";
import type { BuildError, BuildHooks, BuildRequest } from "./builtLibrary.ts";
import { toCompileError } from "./compileErrors.ts";
import { cargoEnvironment, type CargoExit, runCargo } from "../process/runCargo.ts";
import { noLibraryMessage } from "../../model/callObstacle.ts";
import { isSameFile } from "../manifest/samePath.ts";
import { targetProblem } from "./targetFolder.ts";
import { createLineSplitter } from "../process/splitLines.ts";

export type { BuildError, BuildHooks, BuildRequest } from "./builtLibrary.ts";

/** What a run of `cargo build` left behind. */
export interface CargoBuild {
  /** Where cargo put the library; another build may replace it at any time. */
  readonly libraryFile: string;
  readonly depInfoFile: string;
  readonly messages: readonly BuildMessage[];
  readonly didCompile: boolean;
  /** Another cargo had the target folder when this one came. */
  readonly hasWaited: boolean;
  readonly startedAtMs: number;
}

/** Runs `cargo build` for the package's library, once. */
export async function runCargoBuild(
  request: BuildRequest,
  hooks: BuildHooks,
): Promise<Result<CargoBuild, BuildError>> {
  const startedAtMs = Date.now();
  const output = new BuildOutput(request.crate.workspaceRoot, hooks);
  output.onArtifact = depInfoRemover(request, startedAtMs);
  const exit = await runBuild(request, buildArguments(request), output, hooks.signal);
  if (exit !== null) {
    return err(toFailure(exit, output, request.crate));
  }
  const found = findLibrary(output.artifacts, request.crate);
  if (!found.ok) {
    return found;
  }
  const path = parse(found.value);
  return ok({
    libraryFile: found.value,
    depInfoFile: join(path.dir, `${path.name}.d`),
    messages: output.messages,
    didCompile: output.artifacts.some((artifact) => !artifact.fresh),
    hasWaited: output.hasWaited,
    startedAtMs,
  });
}

/**
 * Removes the library's old dep-info as soon as cargo's first words show that it has the target folder. Cargo writes a new one
 * at its end, while it still keeps others out, but only when that says something else than the old one; without an old one its
 * time is the time of that end.
 */
function depInfoRemover(
  { crate, depInfoFile }: BuildRequest,
  startedAtMs: number,
): (artifact: ArtifactMessage) => void {
  const seen = new Set<string>();
  const name = `${process.platform === "win32" ? "" : "lib"}${crate.libraryName}.d`;
  const remove = (file: string): void => {
    const status = seen.has(file) ? undefined : statsOf(file);
    seen.add(file);
    // A newer one is of this run already, or of another checkout, so that cargo will write its own.
    if (status !== undefined && Number(status.mtimeMs) < startedAtMs) {
      try {
        rmSync(file, { force: true });
      } catch {
        // Cargo cannot write there either, and says so; an old one proves nothing of what cargo made.
      }
    }
  };
  return ({ filenames }) => {
    if (depInfoFile !== undefined) {
      remove(depInfoFile);
    }
    for (const file of filenames) {
      const folder = dirname(file);
      remove(join(basename(folder) === "deps" ? dirname(folder) : folder, name));
    }
  };
}

/** Runs cargo and reads what it prints into `output`; null when it succeeded. */
export async function runBuild(
  request: BuildRequest,
  cargoArguments: readonly string[],
  output: BuildOutput,
  signal: AbortSignal,
): Promise<CargoExit | null> {
  const exit = await runCargo({
    cargo: request.cargo,
    arguments: cargoArguments,
    workingDirectory: request.crate.workspaceRoot,
    environment: cargoEnvironment({
      ...request.environment,
      CARGO_TERM_COLOR: "never",
      CARGO_TERM_PROGRESS_WHEN: "always",
      CARGO_TERM_PROGRESS_WIDTH: "100",
    }),
    signal,
    onStdout: output.stdout.push,
    onStderr: output.stderr.push,
  });
  output.stdout.end();
  output.stderr.end();
  return exit.kind === "exited" && exit.exitCode === 0 && output.isFinished ? null : exit;
}

function buildArguments(request: BuildRequest): readonly string[] {
  const { crate, features, targetDirectory } = request;
  // The package by its place: its name alone may also be that of a registry package in the same graph.
  // Cargo has the letter of a drive as a capital, editors such as VS Code have it small.
  const folder = pathToFileURL(parse(crate.manifestPath).dir).href.replace(
    /^file:\/\/\/[a-z](?=:)/u,
    (start) => `${start.slice(0, -1)}${start.slice(-1).toUpperCase()}`,
  );
  return [
    "build",
    "--message-format=json",
    "--manifest-path",
    crate.manifestPath,
    "--package",
    `${folder}#${crate.name}`,
    ...targetArguments(crate),
    "--profile",
    request.profile === "debug" ? "dev" : request.profile,
    ...(features.length > 0 ? ["--features", features.join(",")] : []),
    ...(targetDirectory === undefined ? [] : ["--target-dir", targetDirectory]),
    ...request.extraArguments,
  ];
}

function targetArguments({ target }: CrateInfo): readonly string[] {
  return target === undefined ? ["--lib"] : [`--${target.kind}`, target.name];
}

/** Collects what cargo prints and tells the hooks. */
export class BuildOutput {
  readonly messages: BuildMessage[] = [];
  readonly errors: CompileError[] = [];
  readonly stderrLines: string[] = [];
  isFinished = false;
  /** Another cargo had the target folder. */
  hasWaited = false;
  onArtifact: ((artifact: ArtifactMessage) => void) | undefined;
  readonly stdout = createLineSplitter((line) => {
    this.#readMessage(line);
  });
  readonly stderr = createLineSplitter((line) => {
    this.#readStderr(line);
  });
  readonly #hooks: BuildHooks;
  readonly #workspaceRoot: string;
  #progress = idleProgress;

  constructor(workspaceRoot: string, hooks: BuildHooks) {
    this.#workspaceRoot = workspaceRoot;
    this.#hooks = hooks;
  }

  get artifacts(): readonly ArtifactMessage[] {
    return this.messages.filter((message) => message.reason === "compiler-artifact");
  }

  #readMessage(line: string): void {
    const message = parseBuildMessage(line);
    if (message === undefined) {
      if (!line.startsWith("{") && line.trim() !== "") {
        this.#hooks.onOutput(line);
      }
      return;
    }
    this.messages.push(message);
    if (message.reason === "build-finished") {
      this.isFinished = message.success;
    } else if (message.reason === "compiler-artifact") {
      this.onArtifact?.(message);
    } else if (message.reason === "compiler-message") {
      this.#hooks.onOutput((message.message.rendered ?? message.message.message).trimEnd());
      const error = toCompileError(message, this.#workspaceRoot);
      if (error !== undefined) {
        this.errors.push(error);
      }
    }
  }

  #readStderr(line: string): void {
    const { progress, text } = readStderrLine(line, this.#progress);
    if (progress !== undefined) {
      this.#progress = progress;
      this.hasWaited ||= progress.isWaitingForLock;
      this.#hooks.onProgress(progress);
    }
    if (text !== undefined) {
      this.stderrLines.push(text);
      this.#hooks.onOutput(text);
    }
  }
}

function findLibrary(
  artifacts: readonly ArtifactMessage[],
  crate: CrateInfo,
): Result<string, BuildFailure> {
  const own = artifacts.findLast(
    (artifact) =>
      isSameFile(artifact.manifest_path, crate.manifestPath) && isTarget(artifact, crate),
  );
  const isDynamic = own?.target.crate_types.some((type) => type === "cdylib" || type === "dylib");
  if (own === undefined || isDynamic !== true) {
    return err(noLibrary(crate));
  }
  const file = own.filenames.find((name) => [".so", ".dylib", ".dll"].includes(extname(name)));
  return file === undefined
    ? err({
        kind: "noLibrary",
        message: `cargo built ${crate.name} for a platform that has no dynamic libraries to load here. Build for this machine: take build.target out of the cargo configuration, or --target out of the build arguments.`,
      })
    : ok(file);
}

/** Whether cargo made it of the target that was asked for. */
function isTarget({ target }: ArtifactMessage, { target: wanted }: CrateInfo): boolean {
  return wanted === undefined
    ? !target.kind.some((kind) =>
        ["custom-build", "bin", "example", "test", "bench"].includes(kind),
      )
    : target.kind.includes(wanted.kind) && target.name === wanted.name;
}

function noLibrary(crate: CrateInfo): BuildFailure {
  return { kind: "noLibrary", message: noLibraryMessage(crate) };
}

/** Why a build that did not succeed failed. */
export function toFailure(exit: CargoExit, output: BuildOutput, crate: CrateInfo): BuildError {
  switch (exit.kind) {
    case "cancelled":
      return exit;
    case "refused":
      return { kind: "cargoFailed", exitCode: null, message: exit.message };
    case "notStarted":
      return {
        kind: "cargoNotFound",
        message: `cargo could not be started (${exit.message}). Install Rust with rustup, or set fidius.cargo.path.`,
      };
    case "exited":
      return exitFailure(exit, output, crate);
  }
}

function exitFailure(
  exit: CargoExit & { kind: "exited" },
  output: BuildOutput,
  crate: CrateInfo,
): BuildError {
  const said = [...output.errors.map(({ message }) => message), ...output.stderrLines];
  const folder = targetProblem(said, { crate });
  if (folder !== undefined) {
    return folder;
  }
  if (output.errors.length > 0) {
    return { kind: "compileErrors", errors: output.errors, errorCount: output.errors.length };
  }
  if (output.stderrLines.some((line) => line.startsWith("error: no library targets found"))) {
    return noLibrary(crate);
  }
  return {
    kind: "cargoFailed",
    exitCode: exit.exitCode,
    message: lastWords(output.stderrLines, exit),
  };
}

/** What cargo said from its first error on; its last lines when it named none. */
function lastWords(lines: readonly string[], exit: CargoExit & { kind: "exited" }): string {
  const first = lines.findIndex((line) => /^\s*error(?:\[|:)/u.test(line));
  const words = (first < 0 ? lines.slice(-20) : lines.slice(first, first + 60)).join("\n");
  if (words !== "") {
    return words;
  }
  return exit.signal === null
    ? `cargo ended with exit code ${exit.exitCode ?? "unknown"} and said nothing. Run cargo build in a terminal to see more.`
    : `cargo was ended by ${exit.signal}. Start the build again.`;
}
