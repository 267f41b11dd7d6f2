// `fidius-call call`: finds the method, reads its arguments, builds, calls, prints the value.

import { dirname } from "node:path";
import { callPlugin } from "../../calls/callPlugin.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { LibraryAge } from "../../calls/age/libraryAge.ts";
import { resolveFileReferencesInText } from "../../calls/fileReferences.ts";
import { readingLimit } from "../../calls/options/readingLimit.ts";
import { defaultArguments } from "../../codec/values/defaults.ts";
import { formatArguments } from "../../codec/json/formatJson.ts";
import { markSerdeText } from "../../codec/json/markSerdeText.ts";
import { parseArguments } from "../../codec/json/parseArguments.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { PluginCandidate, PluginMethod, ProjectModel } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { asSettingsSay } from "../../model/runOptions.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject } from "../../model/value/value.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import {
  learnCandidates,
  pluginsOfLibrary,
  unmatchedFailure,
  type LearningPorts,
} from "./candidates.ts";
import type { BridgePorts } from "../options/openBridge.ts";
import { ageOf, bridgeAtAge, type AgePorts } from "../options/libraryAge.ts";
import { buildSettings, portsOf } from "./callPorts.ts";
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
import { readSetup, type CallSetup } from "../options/readSetup.ts";
import { modelInside } from "../options/project/loadProject.ts";
import { selectMethod } from "../options/project/selectMethod.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { CallOptions } from "../options/callOptions.ts";
import { misplacedStreamOption, unreadableInput } from "../options/streamOptions.ts";
import { StreamOutput } from "./streamOutput.ts";
import { checkInterfaceChoice } from "../options/project/preferInterface.ts";
import type { Terminal } from "../output/terminal.ts";

/** Where a call is looked for. */
export interface CallProject {
  readonly model: ProjectModel;
  /** What is in this folder is preferred. */
  readonly folder: string;
}

/** Runs the call and prints its outcome; the failure, if any, is left to the caller. */
export async function runCall(
  project: CallProject,
  options: CallOptions,
  ports: Ports,
): Promise<CliFailure | undefined> {
  const found = callable(await findMethod(project, options, ports), options);
  const selected = withRelease(found, options.fidiusVersion);
  if (!selected.ok) {
    return selected.error;
  }
  const { plugin } = selected.value;
  if (plugin.interfaceId === undefined) {
    return usageFailure(
      `The source of the interface ${plugin.interfaceName} was not found, so the types of ${options.selector} are not known. Open the folder that has it with --manifest-path.`,
    );
  }
  const misplaced = await checkOptions(selected.value, options, ports.terminal);
  if (misplaced !== undefined) {
    return misplaced;
  }
  const age = await ageOf(selected.value, options.library, ports);
  const ready = await readInput(age, options, project.model, ports);
  if (!ready.ok) {
    tellNotes(age, ports.terminal);
    return ready.error;
  }
  return callReady(age, ready.value, { ...options, model: project.model }, ports);
}

type Ports = LearningPorts & BridgePorts & AgePorts & { readonly runner: CallRunner };

interface ReadyCall {
  readonly bridge: OpenBridge | undefined;
  readonly values: JsonObject;
  readonly setup: CallSetup;
  readonly expected: Expectation | undefined;
}

/** Everything that the command line gives of the call, by the types of the library. */
async function readInput(
  age: LibraryAge,
  options: CallOptions,
  model: ProjectModel,
  ports: Ports,
): Promise<Result<ReadyCall, CliFailure>> {
  const bridge = bridgeAtAge(age, model, options, ports);
  const values = await readArguments(age, options, bridge, ports.signal);
  if (!values.ok) {
    return values;
  }
  const setup = await readSetup(age, options, model.hostInterfaces, { ...ports, bridge });
  if (!setup.ok) {
    return setup;
  }
  const expected = readExpectation(age, options.expectText, bridge !== undefined);
  return expected.ok
    ? ok({ bridge, values: values.value, setup: setup.value, expected: expected.value })
    : expected;
}

async function callReady(
  age: LibraryAge,
  { bridge, values, setup, expected }: ReadyCall,
  options: CallOptions & { readonly model: ProjectModel },
  ports: Ports,
): Promise<CliFailure | undefined> {
  const { terminal, signal } = ports;
  const { plugin, method } = age;
  const stream =
    method.stream === "none" ? undefined : new StreamOutput(age, options, terminal, setup.items);
  const outcome = await callPlugin(
    {
      plugin,
      method,
      input: () => ({
        arguments: values,
        instance: setup.instance,
        timeoutMs: options.timeoutMs,
        options: { ...asSettingsSay, workingDirectory: options.workingDirectory },
      }),
      packageFolder: dirname(plugin.crate.manifestPath),
      stream,
      debug: debugByHand(age, options.isDebugged, terminal),
      environment: {},
      hostFunctions: () => setup.hostFunctions,
      notes:
        options.usesExample && method.arguments.length > 0
          ? [...age.notes, exampleNote(age)]
          : age.notes,
    },
    { ...portsOf(age, options, options.model, ports), bridge },
    stream === undefined ? signal : AbortSignal.any([signal, stream.signal]),
  );
  terminal.endProgress();
  await stream?.ended();
  if (stream?.failure !== undefined && !signal.aborted) {
    if (options.isJson) {
      terminal.json(envelope(age, outcome, stream.failure));
    } else {
      tellNotes(outcome, terminal);
    }
    return stream.failure;
  }
  return report(age, outcome, expected, options, terminal);
}

function tellNotes({ notes }: Pick<CallOutcome, "notes">, terminal: Terminal): void {
  for (const note of notes) {
    terminal.note(`note: ${note}`);
  }
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

function withRelease(
  selected: Result<SelectedMethod, CliFailure>,
  fidiusVersion: string | undefined,
): Result<SelectedMethod, CliFailure> {
  return selected.ok && fidiusVersion !== undefined
    ? ok({ ...selected.value, plugin: { ...selected.value.plugin, fidiusVersion } })
    : selected;
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
  tellNotes(outcome, terminal);
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

/** The plainest value of each argument, as JSON. */
function exampleText({ plugin, method }: SelectedMethod): string {
  return formatArguments(method, plugin.types, defaultArguments(method, plugin.types), 0);
}

function exampleNote(selected: SelectedMethod): string {
  return `The arguments are an example: ${exampleText(selected)}. Give others with --args.`;
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
  { argumentsText, usesExample, timeoutMs }: CallOptions,
  bridge: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<JsonObject, CliFailure>> {
  const text = usesExample ? exampleText({ plugin, method }) : argumentsText;
  if (text === undefined && method.arguments.length > 0) {
    const example = exampleText({ plugin, method });
    return err(
      usageFailure(
        `${signatureText(method)} needs arguments. Give them by name or as a list, such as --args '${example}', or try it with --example.${bridge === undefined ? "" : unknownHint(method, plugin.types)}`,
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
