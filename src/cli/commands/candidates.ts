// Plugins that no source shows, on the command line: the candidates are built where needed and their libraries asked.

import { lookIntoCandidate } from "../../calls/libraryLook.ts";
import { sourcesText, unmatchedAdvice } from "../../calls/libraryText.ts";
import { nameText } from "../../model/text/foreignText.ts";
import type { BuildSettings, PluginBuilder } from "../../calls/pluginBuilder.ts";
import { libraryPlugins, type LibraryPlugins } from "../../model/libraryPlugins.ts";
import type {
  PluginCandidate,
  PluginSchema,
  ProjectModel,
  UnmatchedPlugin,
} from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type KnownLibrary, withLibraries } from "../../project/packages/candidates.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import { describeBuildFailure } from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import type { Terminal } from "../output/terminal.ts";

export interface LearningPorts {
  readonly builder: PluginBuilder;
  readonly runner: Pick<CallRunner, "inspect" | "warmUp">;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** The model as the sources are after a build. */
  readonly reload: () => Promise<ProjectModel>;
}

export interface Learned {
  /** The model with the plugins of the libraries. */
  readonly model: ProjectModel;
  /** Candidates that could not be built, or were not to be. */
  readonly failures: readonly CliFailure[];
}

export interface LearningOptions {
  readonly settings: BuildSettings;
  /** False: only libraries that are fresh already are looked into. */
  readonly mayBuild: boolean;
  /** It is `--no-build` that forbids it. */
  readonly isNoBuild?: boolean;
}

/** Looks into the libraries of `candidates`, one after the other: cargo's lock would serialize them anyway. */
export async function learnCandidates(
  model: ProjectModel,
  candidates: readonly PluginCandidate[],
  options: LearningOptions,
  ports: LearningPorts,
): Promise<Learned> {
  const reports = new Map<string, KnownLibrary>();
  const failures: CliFailure[] = [];
  for (const candidate of candidates) {
    const failure = await learnOne(candidate, options, ports, reports);
    if (failure !== undefined) {
      failures.push(failure);
      reports.set(candidate.id, { report: err(failure.message), isOutdated: false });
    }
    if (ports.signal.aborted) {
      break;
    }
  }
  ports.terminal.endProgress();
  // What build scripts wrote is source like any other.
  const hasMore = candidates.some(
    ({ id, lacksOutput }) => lacksOutput === true && reports.get(id)?.report.ok === true,
  );
  const read = hasMore ? await ports.reload() : model;
  const interfaces = [...read.interfaces, ...(read.dependencyInterfaces ?? [])];
  const found = withLibraries(read.candidates ?? [], reports, interfaces, read.plugins, false);
  return {
    model: {
      ...read,
      plugins: [...read.plugins, ...found.plugins],
      candidates: found.candidates,
    },
    failures,
  };
}

async function learnOne(
  candidate: PluginCandidate,
  { settings, mayBuild, isNoBuild = false }: LearningOptions,
  { builder, runner, terminal, signal }: LearningPorts,
  reports: Map<string, KnownLibrary>,
): Promise<CliFailure | undefined> {
  const { name } = candidate.crate;
  if (!mayBuild && (await builder.freshLibrary(candidate, settings)) === undefined) {
    return {
      exitCode: exitCodes.buildFailed,
      kind: "notBuilt",
      message: `${name} has no fresh library, so ${unknownPart(candidate)} not known. ${isNoBuild ? "Run without --no-build to build it." : "A package is not built to be listed: call one of its methods, which builds it, or run cargo build in it."}`,
    };
  }
  const startedAtMs = performance.now();
  const look = await lookIntoCandidate(
    candidate,
    {
      build: (_candidate, listener) => builder.ensureBuilt(candidate, settings, listener, signal),
      inspect: (library) => runner.inspect(library),
    },
    {
      onStart: () => {
        terminal.note(
          candidate.lacksOutput === true
            ? `Building ${name}: its build script writes a part of its source.`
            : `Building ${name}: no source shows the plugins that macros make in it.`,
        );
        runner.warmUp();
      },
      onProgress: (progress) => {
        terminal.progress(name, progress, performance.now() - startedAtMs);
      },
    },
    signal,
  );
  switch (look.kind) {
    case "seen":
      reports.set(candidate.id, { report: look.report, isOutdated: false });
      return undefined;
    case "notBuilt":
      return {
        exitCode: exitCodes.buildFailed,
        kind: "buildFailed",
        ...describeBuildFailure(name, look.failure),
      };
    case "cancelled":
      return {
        exitCode: exitCodes.interrupted,
        kind: "cancelled",
        message: `Building ${name} was cancelled.`,
      };
  }
}

function unknownPart({ lacksOutput }: PluginCandidate): string {
  return lacksOutput === true
    ? "what its build script writes is"
    : "the plugins that macros make in it are";
}

/** The plugins of a library that was given, matched with every interface whose source is at hand. */
export async function pluginsOfLibrary(
  model: ProjectModel,
  library: string,
  runner: Pick<CallRunner, "inspect">,
): Promise<Result<LibraryPlugins, CliFailure>> {
  const report = await runner.inspect(library);
  if (!report.ok) {
    const { kind, message } = report.error;
    return err({
      exitCode: exitCodes.load,
      kind: "loadFailed",
      message,
      details: { reason: kind },
    });
  }
  return ok(
    libraryPlugins({
      report: report.value,
      interfaces: [...model.interfaces, ...(model.dependencyInterfaces ?? [])],
      visible: model.plugins,
      owner: null,
      acceptsOutdated: false,
    }),
  );
}

/** What a candidate turned out to be, a line each; empty when all of its plugins are listed. */
export function candidateLines(
  candidate: PluginCandidate,
  plugins: readonly PluginSchema[],
): string[] {
  const { contents } = candidate;
  if (contents === undefined) {
    return [];
  }
  if (contents.kind === "failed") {
    return [`  plugins unknown: ${contents.message}`];
  }
  const lines = contents.unmatched.map((plugin) => `  ${unmatchedText(plugin)}`);
  const isEmpty = contents.plugins === 0;
  return isEmpty && plugins.length === 0
    ? [
        "  no plugin: its library has a Fidius registry with nothing in it. Is the macro that makes the plugin called, and its module compiled?",
      ]
    : lines;
}

/** A plugin for whose interface there is no source, and what to do about it. */
export function unmatchedText(plugin: UnmatchedPlugin): string {
  const { name, interfaceName, hash } = plugin;
  return `plugin ${nameText(name)}, implements ${nameText(interfaceName)} with hash ${hash}, whose types are not known: ${sourcesText(plugin)}. ${unmatchedAdvice}`;
}

/** When the selector names a plugin that a library has and for whose interface there is no source. */
export function unmatchedFailure(model: ProjectModel, selector: string): CliFailure | undefined {
  const name = selector.slice(selector.lastIndexOf("/") + 1, selector.lastIndexOf("."));
  const found = (model.candidates ?? [])
    .flatMap(({ contents }) => (contents?.kind === "read" ? contents.unmatched : []))
    .find((plugin) => plugin.name === name);
  return (
    found && {
      exitCode: exitCodes.load,
      kind: "interfaceNotFound",
      message: `Cannot call the ${unmatchedText(found)}`,
      details: { ...found },
    }
  );
}
