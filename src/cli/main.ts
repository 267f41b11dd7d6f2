#!/usr/bin/env node
// Entry of the CLI: reads the command line, wires project, builder and host together, turns the end into an exit code.
// stdout carries results only; after a failure the last line of stderr is one-line JSON.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { linesOf } from "../model/text/foreignText.ts";
import { ok, type Result } from "../model/result.ts";
import { defaultMaximumDepth, setMaximumDepth } from "../codec/kinds/depth.ts";
import { cacheFolder } from "../files/cacheFolder.ts";
import { runCall } from "./commands/callCommand.ts";
import { buildSettings } from "./commands/callPorts.ts";
import { readArgumentsText, readConfigurationText } from "./options/argumentText.ts";
import { runCheckAgainst } from "./commands/checkAgainst.ts";
import { runCheck } from "./commands/checkCommand.ts";
import { learnCandidates } from "./commands/candidates.ts";
import {
  createProgram,
  type BuildArguments,
  type CallArguments,
  type CheckArguments,
  type InspectArguments,
  type ListArguments,
  type TypesArguments,
} from "./options/commandLine.ts";
import { exitCodes } from "./output/exitCodes.ts";
import { failureLine, usageFailure, type CliFailure } from "./output/failure.ts";
import {
  isPackageOrLibrary,
  openGivenLibrary,
  openGivenPath,
  type GivenLibrary,
} from "./options/givenLibrary.ts";
import { withHostSession } from "./options/hostSession.ts";
import { runInspect } from "./commands/inspectCommand.ts";
import { listJson, listText } from "./commands/listCommand.ts";
import { listLibrary } from "./commands/listLibrary.ts";
import { runKeygen, runPack, runSign, runVerify } from "./commands/packageCommands.ts";
import { runNew } from "./commands/newCommand.ts";
import { modelInside } from "./options/project/loadProject.ts";
import { openProject } from "./options/openProject.ts";
import { guardStdout } from "./output/stdout.ts";
import { Terminal } from "./output/terminal.ts";
import {
  interfacesInside,
  interfacesOf,
  isPackageName,
  named,
} from "./options/project/selectInterfaces.ts";
import { runTypes } from "./commands/typesCommand.ts";

/** Everything of the built tree lies beside cli.cjs. */
const distFolder = __dirname;

async function list(
  path: string | undefined,
  options: ListArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const given = await openListed(path, options);
  if (!given.ok) {
    return given.error;
  }
  given.value.notes.forEach((note) => {
    terminal.note(`note: ${note}`);
  });
  const { library } = given.value;
  const source = library === undefined ? (given.value.folder ?? path) : undefined;
  const opened = await openProject(source, preferring(options), terminal);
  if (!opened.ok) {
    return opened.error;
  }
  const { folder, model, profile, features, reload } = opened.value;
  if (library !== undefined) {
    const listed = { library, model, isJson: options.json === true };
    return withHostSession(
      distFolder,
      (chunk) => {
        terminal.pluginOutput(chunk);
      },
      ({ runner }) => {
        runner.expectContent(library, given.value.sha256);
        return listLibrary(listed, runner, terminal);
      },
    );
  }
  const learned = await withHostSession(
    distFolder,
    (chunk) => {
      terminal.pluginOutput(chunk);
    },
    ({ runner, builder, signal }) =>
      learnCandidates(
        model,
        modelInside(model, folder).candidates ?? [],
        {
          settings: buildSettings(profile, features),
          mayBuild: options.build && given.value.folder === undefined,
          isNoBuild: !options.build,
        },
        { runner, builder, signal, terminal, reload },
      ),
  );
  for (const { text, message } of learned.failures) {
    terminal.note(...(text ?? []), `warning: ${message}`);
  }
  const cancelled = learned.failures.find(({ kind }) => kind === "cancelled");
  if (cancelled !== undefined) {
    return cancelled;
  }
  const shown = modelInside(learned.model, folder);
  if (options.json === true) {
    terminal.json(listJson(shown));
  } else {
    terminal.result(...listText(shown, process.cwd()));
  }
  return undefined;
}

/** What is given to `list` is opened first; the sources of a package or archive are listed like any other. */
async function openListed(
  path: string | undefined,
  options: ListArguments,
): Promise<Result<GivenLibrary, CliFailure>> {
  const given = path ?? packageHere(process.cwd());
  if (given === undefined || !(await isPackageOrLibrary(given))) {
    return ok({ library: undefined, folder: undefined, notes: [] });
  }
  return openGivenLibrary(given, options, cacheFolder(process.env, process.platform));
}

/** The folder where it is a package without Rust, which is what there is to list or to refuse. */
function packageHere(folder: string): string | undefined {
  return existsSync(join(folder, "package.toml")) && !existsSync(join(folder, "Cargo.toml"))
    ? folder
    : undefined;
}

async function call(
  selector: string,
  options: CallArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  setMaximumDepth(
    options.maxDepth ?? defaultMaximumDepth,
    "Set another with --max-depth if the value is meant to be so deep.",
  );
  const cache = cacheFolder(process.env, process.platform);
  const givenPath = options.library ?? packageHere(options.manifestPath ?? process.cwd());
  const given: Result<GivenLibrary, CliFailure> =
    givenPath === undefined
      ? ok({ library: undefined, folder: undefined, notes: [] })
      : await openGivenLibrary(givenPath, options, cache);
  if (!given.ok) {
    return given.error;
  }
  given.value.notes.forEach((note) => {
    terminal.note(`note: ${note}`);
  });
  const argumentsText = await readArgumentsText(options);
  if (!argumentsText.ok) {
    return argumentsText.error;
  }
  const configurationText = await readConfigurationText(options);
  if (!configurationText.ok) {
    return configurationText.error;
  }
  const source = given.value.folder ?? options.manifestPath;
  const opened = await openProject(source, preferring(options), terminal);
  if (!opened.ok) {
    return opened.error;
  }
  const { folder, model, profile, features, reload } = opened.value;
  const isJson = options.json === true;
  return withHostSession(
    distFolder,
    (chunk) => {
      // With --json the output is part of the envelope.
      if (!isJson) {
        terminal.pluginOutput(chunk);
      }
    },
    ({ runner, builder, bridges, records, signal }) => {
      if (given.value.library !== undefined) {
        runner.expectContent(given.value.library, given.value.sha256);
      }
      return runCall(
        { model, folder },
        {
          selector,
          argumentsText: argumentsText.value,
          usesExample: options.example === true,
          configurationText: configurationText.value,
          hostFunctionsFile: options.hostFunctions,
          expectText: options.expect,
          take: options.take,
          inputFile: options.input,
          library: given.value.library,
          interfaceName: options.interface,
          fidiusVersion: options.fidiusVersion,
          timeoutMs: Number.isFinite(options.timeout) ? options.timeout : null,
          isDebugged: options.debug === true,
          isJson,
          features,
          profile,
          targetDirectory: given.value.targetDirectory ?? null,
          workingDirectory: options.workingDirectory ?? null,
          usesBridge: options.bridge,
        },
        { runner, builder, bridges, records, terminal, distFolder, signal, reload },
      );
    },
    options.memoryLimit,
  );
}

/** Of list and call, `--interface` chooses among interfaces of one name and hash. */
function preferring(
  options: ListArguments | CallArguments,
): BuildArguments & { readonly preferredInterface: string | undefined } {
  return { ...options, preferredInterface: options.interface };
}

async function inspect(
  path: string,
  options: InspectArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const cache = cacheFolder(process.env, process.platform);
  const opened = await openGivenPath(path, options, cache);
  if (!opened.ok) {
    return opened.error;
  }
  return withHostSession(
    distFolder,
    // What load-time code prints is no part of the report.
    (chunk) => {
      terminal.pluginOutput(chunk);
    },
    ({ runner }) => {
      if (opened.value.kind === "library") {
        runner.expectContent(opened.value.file, opened.value.sha256);
      }
      return runInspect(
        { path, opened: opened.value, isJson: options.json === true },
        runner,
        terminal,
      );
    },
  );
}

async function types(
  path: string | undefined,
  options: TypesArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const isLibrary = path !== undefined && (await isPackageOrLibrary(path));
  const packageName = path !== undefined && isPackageName(path) ? path : undefined;
  const isElsewhere = isLibrary || packageName !== undefined;
  const source = isElsewhere ? options.manifestPath : (path ?? options.manifestPath);
  const opened = await openProject(source, {}, terminal);
  if (!opened.ok) {
    return opened.error;
  }
  const { folder, model } = opened.value;
  return withHostSession(
    distFolder,
    (chunk) => {
      terminal.pluginOutput(chunk);
    },
    async ({ runner, bridges, signal }) => {
      const found = isLibrary
        ? await interfacesInside(path, model, runner)
        : ok(interfacesOf(model, folder, packageName));
      const chosen = found.ok ? named(found.value, options.interface) : found;
      return chosen.ok
        ? runTypes(
            chosen.value,
            {
              verifies: options.verify === true,
              isJson: options.json === true,
              values: options.values,
              seed: options.seed,
            },
            { bridges, terminal, distFolder },
            signal,
          )
        : chosen.error;
    },
  );
}

async function check(
  path: string | undefined,
  options: CheckArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const { against } = options;
  return against === undefined
    ? runCheck(path, options, terminal)
    : runCheckAgainst(path, { ...options, against }, { terminal, distFolder });
}

/** Prints a failure: text for people, then the JSON line that scripts read. */
function fail(failure: CliFailure, terminal: Terminal): void {
  terminal.note(...(failure.text ?? []), `error: ${failure.message}`, failureLine(failure));
  process.exitCode = failure.exitCode;
}

/** Whether the command line, good or bad, asks for a comparison, whose exit code 1 says that something breaks. */
function isComparison(words: readonly string[]): boolean {
  return words[2] === "check" && words.some((word) => /^--against(?:=|$)/u.test(word));
}

async function main(): Promise<void> {
  const terminal = new Terminal(process.stdout, process.stderr);
  guardStdout(
    process.stdout,
    // `fidius-call list | head` closes the pipe early, which is nobody's failure.
    () => process.exit(),
    (failure) => {
      fail(failure, terminal);
      process.exit();
    },
  );
  // Nobody can be told of what does not arrive there.
  process.stderr.on("error", () => undefined);
  const finish = (failure: CliFailure | undefined): void => {
    if (failure !== undefined) {
      fail(failure, terminal);
    }
  };
  try {
    const program = createProgram(packageJson.version, {
      list: async (path, options) => {
        finish(await list(path, options, terminal));
      },
      call: async (selector, options) => {
        finish(await call(selector, options, terminal));
      },
      check: async (path, options) => {
        finish(await check(path, options, terminal));
      },
      inspect: async (library, options) => {
        finish(await inspect(library, options, terminal));
      },
      types: async (path, options) => {
        finish(await types(path, options, terminal));
      },
      pack: async (path, options) => {
        finish(await runPack(path, options, terminal));
      },
      sign: async (path, options) => {
        finish(await runSign(path, options, terminal));
      },
      verify: async (path, options) => {
        const cache = cacheFolder(process.env, process.platform);
        finish(await runVerify(path, options, cache, terminal));
      },
      keygen: async (options) => {
        finish(await runKeygen(options, terminal));
      },
      new: async (kind, path, options) => {
        finish(await runNew(kind, path, options, terminal));
      },
    });
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) {
        const reason = error.message.replace(/^error: /, "").replaceAll("\n", " ");
        const sentence = /[.)]$/.test(reason) ? reason : `${reason}.`;
        const failure = usageFailure(`${sentence} fidius-call --help shows what there is.`);
        finish(
          isComparison(process.argv) ? { ...failure, exitCode: exitCodes.notCompared } : failure,
        );
      }
      return;
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    finish({
      exitCode: exitCodes.internal,
      kind: "internal",
      message: "This is a bug of fidius-call; the lines above say where.",
      text: linesOf(message),
    });
  }
}

void main();
