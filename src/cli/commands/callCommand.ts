// `fidius-call call`: finds the method, reads its arguments, builds, calls, prints the value.

import { dirname } from "node:path";
import { callPlugin, type CallPorts } from "../../calls/callPlugin.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import { libraryAge, type LibraryAge } from "../../calls/age/libraryAge.ts";
import { resolveFileReferencesInText } from "../../calls/fileReferences.ts";
import { readingLimit } from "../../calls/readingLimit.ts";
import type { BuildListener, BuildSettings, BuildStep } from "../../calls/pluginBuilder.ts";
import { defaultArguments } from "../../codec/values/defaults.ts";
import { formatArguments } from "../../codec/json/formatJson.ts";
import { markSerdeText } from "../../codec/json/markSerdeText.ts";
import { parseArguments } from "../../codec/json/parseArguments.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { PluginCandidate, PluginMethod, ProjectModel } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema.ts";
import type { JsonObject } from "../../model/value.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import {
  learnCandidates,
  pluginsOfLibrary,
  unmatchedFailure,
  type LearningPorts,
} from "./candidates.ts";
import { bridgeOf, type BridgePorts } from "../options/openBridge.ts";
import { debugByHand } from "../options/debugOption.ts";
import {
  describeBuildFailure,
  describeProblems,
  envelope,
  failureOf,
  valueText,
} from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { readExpectation, unmetExpectation, type Expectation } from "../options/expectOption.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { signatureText } from "./listCommand.ts";
import { logJson, logLines } from "../output/hostFunctionText.ts";
import { readSetup } from "../options/readSetup.ts";
import { modelInside } from "../options/loadProject.ts";
import { selectMethod } from "../options/selectMethod.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { CallOptions } from "../options/callOptions.ts";
import { misplacedStreamOption, unreadableInput } from "../options/streamOptions.ts";
import { StreamOutput } from "./streamOutput.ts";
import { checkInterfaceChoice } from "../options/preferInterface.ts";
import type { Terminal } from "../output/terminal.ts";

/** Where a call is looked for. */
export interface CallProject {
  readonly model: ProjectModel;
  /** What is in this folder is preferred. */
  readonly folder: string;
}

/** Runs the call and prints what came of it; the failure, if any, is left to the caller. */
export async function runCall(
  project: CallProject,
  options: CallOptions,
  ports: LearningPorts & BridgePorts & { readonly runner: CallRunner },
): Promise<CliFailure | undefined> {
  const { terminal, signal } = ports;
  const { model } = project;
  const found = callable(await findMethod(project, options, ports), options);
  const selected = withRelease(found, options.fidiusVersion);
  if (!selected.ok) {
    return selected.error;
  }
  const { plugin, method } = selected.value;
  const packageFolder = dirname(plugin.crate.manifestPath);
  if (plugin.interfaceId === undefined) {
    return usageFailure(
      `The source of the interface ${plugin.interfaceName} was not found, so the types of ${options.selector} are not known. Open the folder that has it with --manifest-path.`,
    );
  }
  const misplaced = await checkOptions(selected.value, options, terminal);
  if (misplaced !== undefined) {
    return misplaced;
  }
  const age = await ageOf(selected.value, options.library, signal);
  const bridge = bridgeFor(selected.value, model, { ...options, ...age }, ports);
  const values = await readArguments(selected.value, options, bridge, signal);
  if (!values.ok) {
    return values.error;
  }
  const setup = await readSetup(selected.value, options, model.hostInterfaces, {
    ...ports,
    bridge,
  });
  if (!setup.ok) {
    return setup.error;
  }
  const expected = readExpectation(selected.value, options.expectText, bridge !== undefined);
  if (!expected.ok) {
    return expected.error;
  }
  const stream =
    method.stream === "none"
      ? undefined
      : new StreamOutput(selected.value, options, terminal, setup.value.items);
  const outcome = await callPlugin(
    {
      plugin,
      method,
      input: () => ({
        arguments: values.value,
        instance: setup.value.instance,
        timeoutMs: options.timeoutMs,
      }),
      packageFolder,
      stream,
      debug: debugByHand(selected.value, options.isDebugged, terminal),
      environment: {},
      hostFunctions: () => setup.value.hostFunctions,
    },
    { ...portsOf(selected.value, options, age.notes, ports), bridge },
    stream === undefined ? signal : AbortSignal.any([signal, stream.signal]),
  );
  terminal.endProgress();
  await stream?.ended();
  if (stream?.failure !== undefined && !signal.aborted) {
    if (options.isJson) {
      terminal.json(envelope(selected.value, outcome, stream.failure));
    }
    return stream.failure;
  }
  return report(selected.value, outcome, expected.value, { ...options, model }, terminal);
}

/** The compiler speaks for libraries that are as old as their sources. */
function bridgeFor(
  { plugin }: SelectedMethod,
  model: ProjectModel,
  options: CallOptions & Pick<LibraryAge, "isOlder">,
  ports: BridgePorts,
): OpenBridge | undefined {
  return options.usesBridge && !options.isOlder
    ? bridgeOf(model, plugin, options, ports)
    : undefined;
}

/** Of a library that is built now there is nothing to say. */
async function ageOf(
  { plugin, method }: SelectedMethod,
  library: string | undefined,
  signal: AbortSignal,
): Promise<LibraryAge> {
  return library === undefined
    ? { notes: [], isOlder: false }
    : libraryAge(library, plugin, method, signal);
}

/** Nothing is built for a plugin that is in no library. */
function callable(
  selected: Result<SelectedMethod, CliFailure>,
  { library }: CallOptions,
): Result<SelectedMethod, CliFailure> {
  const plugin = selected.ok ? selected.value.plugin : undefined;
  if (plugin?.obstacle === undefined || library !== undefined) {
    return selected;
  }
  const { message } = plugin.obstacle;
  return err({
    exitCode: exitCodes.buildFailed,
    kind: "buildFailed",
    ...describeBuildFailure(plugin.crate.name, { kind: "noLibrary", message }),
  });
}

/** Options that do not go with the plugin or the method, or name nothing. */
async function checkOptions(
  selected: SelectedMethod,
  options: CallOptions,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  return (
    checkInterfaceChoice(selected.plugin, options.interfaceName, terminal) ??
    misplacedStreamOption(selected, options) ??
    unreadableInput(options.inputFile)
  );
}

/**
 * The method in the sources or, when no source shows it, in the libraries of the candidates, which are built for that; with
 * --library in that library.
 */
async function findMethod(
  { model, folder }: CallProject,
  { selector, library, profile, features, targetDirectory }: CallOptions,
  ports: LearningPorts,
): Promise<Result<SelectedMethod, CliFailure>> {
  const select = (whole: ProjectModel): ReturnType<typeof selectMethod> => {
    // A method of the given package wins over one of the same name elsewhere in its workspace.
    const here = modelInside(whole, folder);
    return selectMethod(here.plugins.length > 0 ? here : whole, selector);
  };
  const inSource = select(model);
  if (inSource.ok) {
    return inSource;
  }
  if (library !== undefined) {
    const found = await pluginsOfLibrary(model, library, ports.runner);
    return found.ok
      ? selectMethod({ ...model, plugins: [...model.plugins, ...found.value.plugins] }, selector)
      : found;
  }
  const candidates = candidatesFor(model, folder, selector);
  if (candidates.length === 0) {
    return inSource;
  }
  const options = { settings: buildSettings(profile, features, targetDirectory), mayBuild: true };
  const learned = await learnCandidates(model, candidates, options, ports);
  const inLibraries = select(learned.model);
  const withoutTypes = inLibraries.ok ? undefined : unmatchedFailure(learned.model, selector);
  if (withoutTypes !== undefined) {
    return err(withoutTypes);
  }
  const [failure] = learned.failures;
  // One package was meant, and it is what fails.
  return !inLibraries.ok && failure !== undefined && learned.failures.length === candidates.length
    ? err(failure)
    : inLibraries;
}

/** Of the package that the selector names, else those in the folder, else all. */
function candidatesFor(
  model: ProjectModel,
  folder: string,
  selector: string,
): readonly PluginCandidate[] {
  const all = model.candidates ?? [];
  const slash = selector.lastIndexOf("/");
  if (slash > 0) {
    return all.filter(({ crate }) => crate.name === selector.slice(0, slash));
  }
  const here = modelInside(model, folder).candidates ?? [];
  return here.length > 0 ? here : all;
}

/** How the command line builds. */
export function buildSettings(
  profile: string,
  features: readonly string[],
  targetDirectory: string | null = null,
): BuildSettings {
  return {
    when: "stale",
    cargoPath: null,
    profile,
    features,
    extraArguments: [],
    environment: {},
    targetDirectory,
  };
}

function withRelease(
  selected: Result<SelectedMethod, CliFailure>,
  fidiusVersion: string | undefined,
): Result<SelectedMethod, CliFailure> {
  return selected.ok && fidiusVersion !== undefined
    ? ok({ ...selected.value, plugin: { ...selected.value.plugin, fidiusVersion } })
    : selected;
}

function portsOf(
  { plugin }: SelectedMethod,
  options: CallOptions,
  notes: readonly string[],
  { builder, runner, terminal }: LearningPorts & { readonly runner: CallRunner },
): CallPorts {
  const startedAtMs = performance.now();
  const { library } = options;
  const build = async (listener: BuildListener, signal: AbortSignal): Promise<BuildStep> =>
    library === undefined
      ? builder.ensureBuilt(
          plugin,
          buildSettings(options.profile, options.features, options.targetDirectory),
          listener,
          signal,
        )
      : { kind: "ready", library, notes };
  return {
    build,
    runner,
    onPhase: (phase) => {
      if (phase.kind === "building") {
        terminal.progress(plugin.crate.name, phase.progress, performance.now() - startedAtMs);
      } else {
        terminal.endProgress();
        if (phase.kind === "debugging" && !options.isDebugged) {
          terminal.note("note: Time limit off: a debugger is attached.");
        }
      }
    },
    // The errors of a failed build are part of the outcome; cargo's other words are not asked for.
    onBuildOutput: () => undefined,
  };
}

function report(
  selected: SelectedMethod,
  outcome: CallOutcome,
  expected: Expectation | undefined,
  options: CallOptions & { readonly model: ProjectModel },
  terminal: Terminal,
): CliFailure | undefined {
  const { result } = outcome;
  const { model } = options;
  const failure =
    result.kind === "ok"
      ? unmetExpectation(selected, expected, result.value)
      : result.kind === "streamEnded"
        ? undefined
        : failureOf(selected, result);
  if (options.isJson) {
    const log = logJson(outcome.hostFunctions, model.hostInterfaces);
    terminal.json(envelope(selected, outcome, failure, { hostFunctions: log }));
    return failure;
  }
  for (const note of outcome.notes) {
    terminal.note(`note: ${note}`);
  }
  if (outcome.hostFunctions !== undefined) {
    logLines(outcome.hostFunctions, model.hostInterfaces).forEach((line) => {
      terminal.note(line);
    });
  }
  if (result.kind === "ok") {
    terminal.json(valueText(selected, result.value, 2));
  }
  return failure;
}

/** That the compiler reads JSON where the example has bytes. */
function unknownHint(method: PluginMethod, types: TypeTable): string {
  const unknown = method.arguments.filter(({ type }) => unknownReason(type, types) !== undefined);
  const names = unknown.map(({ name, type }) => `${name} (${type.rustType})`).join(" and ");
  return unknown.length === 0
    ? ""
    : ` No source tells the type of ${names}: instead of bytes, write the JSON that its own serde reads; the compiler is asked then.`;
}

/** The arguments from text, file references read; without text an empty list, which is right for no arguments. */
async function readArguments(
  { plugin, method }: SelectedMethod,
  { argumentsText: text, timeoutMs }: Pick<CallOptions, "argumentsText" | "timeoutMs">,
  bridge: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<JsonObject, CliFailure>> {
  if (text === undefined && method.arguments.length > 0) {
    const example = formatArguments(
      method,
      plugin.types,
      defaultArguments(method, plugin.types),
      0,
    );
    return err(
      usageFailure(
        `${signatureText(method)} needs arguments. Give them by name or as a list, such as --args '${example}'.${bridge === undefined ? "" : unknownHint(method, plugin.types)}`,
      ),
    );
  }
  const filled = await resolveFileReferencesInText(
    method,
    plugin.types,
    bridge === undefined ? (text ?? "[]") : markSerdeText(method, plugin.types, text ?? "[]"),
    dirname(plugin.crate.manifestPath),
    readingLimit(signal, timeoutMs),
  );
  if (!filled.ok && signal.aborted) {
    return err({
      exitCode: exitCodes.interrupted,
      kind: "cancelled",
      message: "The call was cancelled while its arguments were read.",
    });
  }
  const parsed = filled.ok
    ? parseArguments(method, plugin.types, filled.value, { allowsSerdeText: bridge !== undefined })
    : filled;
  return parsed.ok
    ? parsed
    : err({
        exitCode: exitCodes.usage,
        kind: "invalidArguments",
        ...describeProblems(`The arguments do not fit ${method.name}`, parsed.error),
      });
}
