// The command line as commander describes it: commands, options, their texts. What a command does is main.ts' business.

import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../../calls/options/duration.ts";
import { parseMemorySize } from "../../model/text/memorySize.ts";
import { defaultMaximumDepth, depthBoundsText, isPossibleDepth } from "../../codec/kinds/depth.ts";
import { checkFormats, type CheckFormat } from "../output/checkFormat.ts";
import type { SignatureOptions } from "./givenLibrary.ts";
import { addNewCommand, type NewAction } from "./newCommand.ts";
import { addPackageCommands, type PackageActions } from "./packageCommands.ts";

export interface BuildArguments {
  readonly features?: readonly string[];
  readonly release?: true;
  /** Name of a cargo profile. */
  readonly profile?: string;
}

export interface ListArguments extends SignatureOptions, BuildArguments {
  readonly interface?: string;
  readonly json?: true;
  /** False with --no-build. */
  readonly build: boolean;
}

export interface CallArguments extends SignatureOptions, BuildArguments {
  readonly args?: string;
  readonly argsFile?: string;
  readonly example?: true;
  readonly config?: string;
  readonly configFile?: string;
  readonly hostFunctions?: string;
  readonly manifestPath?: string;
  readonly library?: string;
  readonly interface?: string;
  readonly fidiusVersion?: string;
  /** Milliseconds; infinite is no limit. */
  readonly timeout: number;
  /** Bytes; infinite is no limit; without it the machine's memory decides. */
  readonly memoryLimit?: number;
  /** Absolute. */
  readonly workingDirectory?: string;
  /** Levels that values may nest; without it the default. */
  readonly maxDepth?: number;
  readonly debug?: true;
  readonly json?: true;
  readonly expect?: string;
  readonly take?: number;
  readonly input?: string;
  /** False with --no-bridge. */
  readonly bridge: boolean;
}

export interface InspectArguments extends SignatureOptions {
  readonly json?: true;
}

export interface TypesArguments {
  readonly interface?: string;
  readonly verify?: true;
  readonly manifestPath?: string;
  readonly json?: true;
  readonly values: number;
  readonly seed: bigint;
}

export interface CheckArguments extends BuildArguments, SignatureOptions {
  readonly format: CheckFormat;
  /** A revision of git, or a built library. */
  readonly against?: string;
}

export interface CommandActions extends PackageActions {
  readonly check: (path: string | undefined, options: CheckArguments) => Promise<void>;
  readonly list: (path: string | undefined, options: ListArguments) => Promise<void>;
  readonly call: (selector: string, options: CallArguments) => Promise<void>;
  readonly inspect: (library: string, options: InspectArguments) => Promise<void>;
  readonly types: (path: string | undefined, options: TypesArguments) => Promise<void>;
  readonly new: NewAction;
}

const exitCodeHelp = `
Exit codes: 0 ok, 1 usage, 2 build failed, 3 load/ABI/hash, 4 PluginError, 5 panic, 6 crash, 7 time-out,
8 an expectation failed, 9 check found an error, 74 stdout did not take the result. After a failure the last line of stderr is JSON:
{"error":{"kind":…,"message":…}}.`;

const callHelp = `
Arguments are JSON by name ({"a":1,"b":2}) or by position ([1,2]); integers keep all their digits. Bytes may come
from a file: {"$file":"data.bin"}, relative to the plugin's package.

A stream's items are printed while they come, one JSON value a line (with --json one event a line, the last one is the
outcome); a method that takes a stream reads its items the same way from --input. --timeout is then the time for each item.
${exitCodeHelp}`;

const checkHelp = `
Exit codes: 0 no error, 1 usage, 9 an error was found.

With --against: 0 nothing breaks, 1 a breaking change that fidius-accepted.toml does not accept, 2 could not compare. Each change
has a rule, a category (binary: what is built already breaks; source: code of plugins has to change) and a place. Changes are accepted
in fidius-accepted.toml, beside the package or above it:

[[accepted]]
interface = "Greeter"
rule = "method-removed"
method = "wave"    # optional
reason = "…"       # optional`;

/** The program; errors of the command line are thrown as CommanderError, not printed. */
export function createProgram(version: string, actions: CommandActions): Command {
  const program = new Command("fidius-call")
    .description("Finds Fidius plugins in Rust sources, builds them, and calls their methods.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText("after", exitCodeHelp);
  const list = program
    .command("list")
    .description(
      "list interfaces, plugins and methods; builds only packages whose plugins are made by macros, so that no source shows them",
    )
    .argument(
      "[path]",
      "folder, Cargo.toml, package folder or package archive; or a built library, whose types are looked for in the package around the current folder (which is the default)",
    )
    .option("--json", "print one line of JSON")
    .option("--no-build", "build nothing; say which packages would have to be built")
    .action(actions.list);
  const call = addCallCommand(program, actions.call);
  const check = addCheckCommand(program, actions.check);
  const inspect = program
    .command("inspect")
    .description(
      "print what a library says of itself, which is loaded for that in a process of its own; or what a package is",
    )
    .argument("<path>", "a built library, a folder with package.toml, or a package archive")
    .option("--json", "print one line of JSON")
    .action(actions.inspect);
  for (const command of [list, check]) {
    addOptionsOfReadBuild(command);
  }
  for (const command of [list, call]) {
    command.option(
      "--interface <crate::Name>",
      "take the types of this interface where several crates declare one of that name and hash",
    );
  }
  for (const command of [list, call, check, inspect]) {
    command
      .addOption(
        new Option(
          "--trusted-key <file>",
          "a public key of fidius keygen that may have signed the library or package; repeatable",
        ).argParser((file: string, previous: readonly string[] | undefined) => [
          ...(previous ?? []),
          file,
        ]),
      )
      .option("--require-signature", "refuse a library or package that no trusted key has signed");
  }
  const types = addTypesCommand(program, actions.types);
  const made = addNewCommand(program, actions.new);
  const packaging = addPackageCommands(program, actions);
  for (const command of [program, list, call, check, inspect, types, made, ...packaging]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  return program;
}

/** In which build sources are looked at: it decides which code is there. */
function addOptionsOfReadBuild(command: Command): void {
  command
    .addOption(
      new Option(
        "--features <features>",
        "features of the build to look at, separated by commas",
      ).argParser(readFeatures),
    )
    .option("--release", "look at the build with the release profile")
    .addOption(profileOption("look at the build with this profile of cargo"));
}

function addCheckCommand(program: Command, action: CommandActions["check"]): Command {
  return program
    .command("check")
    .description(
      "say everything that is wrong with Fidius code, as editors show it; builds nothing",
    )
    .argument("[path]", "folder or Cargo.toml; default: the package around the current folder")
    .addOption(
      new Option("--format <format>", "text, a line of JSON each, or annotations of GitHub Actions")
        .choices(checkFormats)
        .default("text"),
    )
    .option(
      "--against <revision|library>",
      "say instead how the interfaces changed since a revision of git, or since a library was built",
    )
    .addHelpText("after", checkHelp)
    .action(action);
}

function addCallCommand(program: Command, action: CommandActions["call"]): Command {
  return program
    .command("call")
    .description("build a plugin if it has to be, call a method, and print its result as JSON")
    .argument("<method>", "Plugin.method, or package/Plugin.method")
    .addOption(new Option("--args <json>", "the arguments").conflicts("argsFile"))
    .option("--args-file <file>", "read the arguments from a file, - is stdin")
    .addOption(
      new Option("--example", "call with the plainest value of each argument").conflicts([
        "args",
        "argsFile",
      ]),
    )
    .addOption(configurationOption())
    .option("--config-file <file>", "read the configuration from a file, - is stdin")
    .option(
      "--host-functions <file>",
      "what answers the plugin when it calls its host: a .json that names answers, or a .mjs with the functions",
    )
    .option("--manifest-path <path>", "folder or Cargo.toml to look in")
    .addOption(
      new Option(
        "--library <file>",
        "call this library instead of building, its types still come from the source; or build this package (a folder with package.toml, or an archive)",
      ).conflicts(["features", "release", "profile"]),
    )
    .addOption(
      new Option(
        "--fidius-version <version>",
        "release of Fidius that the plugin is built with; only debug builds of 0.0 need it, when cargo does not tell",
      ).argParser(readRelease),
    )
    .addOption(
      new Option("--timeout <duration>", "30s, 500ms, 2m; none for no limit")
        .default(30_000, "30s")
        .argParser(readTimeout),
    )
    .addOption(memoryLimitOption())
    .addOption(
      new Option(
        "--working-directory <folder>",
        "where the method runs (default: the plugin's package)",
      ).argParser((text: string) => resolve(text)),
    )
    .addOption(maximumDepthOption())
    .option(
      "--debug",
      "load the plugin, say how to attach a debugger, and call the method when one is attached or Enter is pressed; without a time limit",
    )
    .option("--json", "print outcome, value, timings and output as one line of JSON")
    .option("--expect <json>", "fail with exit code 8 when the result is another one")
    .addOption(
      new Option("--take <count>", "end a stream after so many items").argParser(readCount),
    )
    .option("--input <file>", "the items that a streaming method takes, - is stdin (the default)")
    .addOption(
      new Option("--features <features>", "features to build with, separated by commas").argParser(
        readFeatures,
      ),
    )
    .option("--release", "build with the release profile")
    .addOption(profileOption("build with this profile of cargo"))
    .option("--no-bridge", "never ask the compiler about types that the source does not tell")
    .addHelpText("after", callHelp)
    .action(action);
}

function addTypesCommand(program: Command, action: CommandActions["types"]): Command {
  return program
    .command("types")
    .description(
      "print the types of interfaces and their bytes, as the sources show them; with --verify compare them with serde",
    )
    .argument(
      "[crate|library]",
      "folder, Cargo.toml, name of a package, or a built library (default: the package around the current folder)",
    )
    .option("--interface <name>", "only this interface, by its name or id")
    .option(
      "--verify",
      "compile the types with the interface's own serde and compare bytes of generated values; a difference is exit code 8",
    )
    .option(
      "--manifest-path <path>",
      "folder or Cargo.toml to look in for a package or a library's interfaces",
    )
    .addOption(
      new Option("--values <count>", "generated values of each type and each side")
        .default(200)
        .argParser(readCount),
    )
    .addOption(
      new Option("--seed <number>", "where generating values begins")
        .default(1n, "1")
        .argParser((text: string) => BigInt(readCount(text))),
    )
    .option("--json", "print one line of JSON")
    .addHelpText("after", exitCodeHelp)
    .action(action);
}

function readTimeout(text: string): number {
  const duration = parseDuration(text);
  if (!duration.ok) {
    throw new InvalidArgumentError(duration.error);
  }
  // commander takes null for an option without a value.
  return duration.value ?? Number.POSITIVE_INFINITY;
}

function readCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new InvalidArgumentError("Give a whole number, such as 10.");
  }
  return Number(text);
}

function configurationOption(): Option {
  const text = "the configuration of the instance to call on, for plugins with config = …";
  return new Option("--config <json>", text).conflicts("configFile");
}

function memoryLimitOption(): Option {
  const text = "512MiB, 2GiB; none for no limit (default: 3/4 of the machine's memory)";
  return new Option("--memory-limit <size>", text).argParser(readMemoryLimit);
}

function maximumDepthOption(): Option {
  const text = `levels that values may nest, ${depthBoundsText} (default: ${String(defaultMaximumDepth)})`;
  return new Option("--max-depth <levels>", text).argParser(readMaximumDepth);
}

function readMaximumDepth(text: string): number {
  const levels = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!isPossibleDepth(levels)) {
    throw new InvalidArgumentError(`Give ${depthBoundsText}.`);
  }
  return levels;
}

function readMemoryLimit(text: string): number {
  const size = parseMemorySize(text);
  if (!size.ok) {
    throw new InvalidArgumentError(size.error);
  }
  return size.value ?? Number.POSITIVE_INFINITY;
}

function readRelease(text: string): string {
  if (!/^\d+\.\d+\.\d+/.test(text)) {
    throw new InvalidArgumentError("Write a release, such as 0.0.5.");
  }
  return text;
}

function readFeatures(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...text.split(/[\s,]+/).filter((feature) => feature !== "")];
}

/** The user's own profiles, which `--release` does not name. */
function profileOption(description: string): Option {
  return new Option("--profile <name>", description).conflicts("release");
}
