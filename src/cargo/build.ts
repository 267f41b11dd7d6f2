// Builds the cdylib of one package with cargo: arguments, progress and output while it runs, and in the end the library
// that this very build reported, or the reason why there is none.

import { extname, join, parse } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, CompileError } from "../model/outcome.ts";
import type { CrateInfo } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import { type ArtifactMessage, type BuildMessage, parseBuildMessage } from "./buildMessages.ts";
import { idleProgress, readStderrLine } from "./buildProgress.ts";
import type { BuildError, BuildHooks, BuildRequest, BuiltLibrary } from "./builtLibrary.ts";
import { toCompileError } from "./compileErrors.ts";
import { recordBuild } from "./freshness.ts";
import { cargoEnvironment, type CargoExit, runCargo } from "./runCargo.ts";
import { isSameFile } from "./samePath.ts";
import { createLineSplitter } from "./splitLines.ts";

export type { BuildError, BuildHooks, BuildRequest, BuiltLibrary } from "./builtLibrary.ts";

/** Runs `cargo build` for the package's library. */
export async function buildLibrary(
  request: BuildRequest,
  hooks: BuildHooks,
): Promise<Result<BuiltLibrary, BuildError>> {
  const startedAtMs = Date.now();
  const output = new BuildOutput(request.crate.workspaceRoot, hooks);
  const exit = await runBuild(request, buildArguments(request), output, hooks.signal);
  if (exit !== null) {
    return err(toFailure(exit, output, request.crate));
  }
  const found = findLibrary(output.artifacts, request.crate);
  if (!found.ok) {
    return found;
  }
  const libraryFile = found.value;
  const path = parse(libraryFile);
  const depInfoFile = join(path.dir, `${path.name}.d`);
  return ok({
    libraryFile,
    depInfoFile,
    crate: request.crate,
    features: request.features,
    durationMs: Date.now() - startedAtMs,
    didCompile: output.artifacts.some((artifact) => !artifact.fresh),
    record: recordBuild({
      request,
      libraryFile,
      depInfoFile,
      messages: output.messages,
      startedAtMs,
    }),
  });
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
  const folder = pathToFileURL(parse(crate.manifestPath).dir).href;
  return [
    "build",
    "--message-format=json",
    "--manifest-path",
    crate.manifestPath,
    "--package",
    `${folder}#${crate.name}`,
    "--lib",
    "--profile",
    request.profile === "debug" ? "dev" : request.profile,
    ...(features.length > 0 ? ["--features", features.join(",")] : []),
    ...(targetDirectory === undefined ? [] : ["--target-dir", targetDirectory]),
    ...request.extraArguments,
  ];
}

/** Collects what cargo prints and tells the hooks. */
export class BuildOutput {
  readonly messages: BuildMessage[] = [];
  readonly errors: CompileError[] = [];
  readonly stderrLines: string[] = [];
  isFinished = false;
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
      isSameFile(artifact.manifest_path, crate.manifestPath) &&
      !artifact.target.kind.some((kind) => kind === "custom-build" || kind === "bin"),
  );
  if (own?.target.crate_types.includes("cdylib") !== true) {
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

function noLibrary(crate: CrateInfo): BuildFailure {
  return {
    kind: "noLibrary",
    message: `${crate.name} is no dynamic library, so there is nothing to load: add crate-type = ["cdylib"] under [lib] of ${crate.manifestPath}.`,
  };
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
      if (output.errors.length > 0) {
        return {
          kind: "compileErrors",
          errors: output.errors,
          errorCount: output.errors.length,
        };
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
