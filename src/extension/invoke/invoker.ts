// Runs a method for whoever asks (panel, Invoke Last): trust first, then sources saved, the newest model, build, call. Keeps
// the one call runner of the window, which is made when it is first needed.

import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { buildInstance } from "../../calls/buildInstance.ts";
import { hostFunctionFileName, loadHostFunctions } from "../../calls/hostFunctionFile.ts";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import { bridgeOutcome, resultOfFailure, type OpenBridge } from "../../calls/bridging.ts";
import { callPlugin, outcomeOf } from "../../calls/callPlugin.ts";
import { hasSerdeText } from "../../codec/values/unknownParts.ts";
import type { HostFunctionRequest, HostImport } from "../../model/hostFunctions.ts";
import type { ConfiguredInstance, LiveInstance } from "../../model/instance.ts";
import type { CallOutcome, CallResult } from "../../model/outcome.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { RunPhase } from "../../protocol/panel.ts";
import { commitAround } from "../../history/gitCommit.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import { isBuiltHere } from "../buildables.ts";
import { saveSources, type BuildService, type BuildWish } from "../build/buildService.ts";
import type { BuildListener, BuildStep } from "../../calls/pluginBuilder.ts";
import { debugMethod } from "../debugging/methodDebugger.ts";
import type { OpenedLibraries } from "../libraries/openedLibraries.ts";
import type { BridgeService, BridgeSubject } from "../bridge/bridgeService.ts";
import type { LibraryAges } from "../libraries/libraryAges.ts";
import type { LibraryAge } from "../../calls/age/libraryAge.ts";
import type { LibraryReports } from "../libraries/libraryReports.ts";
import type { HostFunctionFiles } from "../hostFunctions/hostFunctionFiles.ts";
import type { HostImports } from "../hostFunctions/hostImports.ts";
import type { WorkspaceHistory } from "../history/workspaceHistory.ts";
import { callSeries } from "./callSeries.ts";
import type { Run, RunRequest } from "./callSession.ts";
import { PhaseClock } from "./phaseClock.ts";
import { panelMessages } from "../panel/panelMessages.ts";
import { findMethod, titleOf, type FoundMethod } from "../panel/panelState.ts";
import type { PluginOutput } from "../platform/log.ts";
import { messages } from "../platform/messages.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { RecentMethods } from "../recentMethods.ts";
import type { FileConsent } from "../platform/fileConsent.ts";
import { readSettings, type FidiusSettings } from "../platform/settings.ts";
import type { Trust } from "../platform/trust.ts";
import { showWarningMessage } from "../platform/notify.ts";

export interface InvokerPorts {
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly bridges: BridgeService;
  readonly ages: LibraryAges;
  readonly libraries: LibraryReports;
  readonly opened: OpenedLibraries;
  readonly trust: Trust;
  readonly files: FileConsent;
  readonly hostFunctionFiles: HostFunctionFiles;
  readonly hostImports: HostImports;
  readonly recent: RecentMethods;
  readonly history: WorkspaceHistory;
  readonly pluginOutput: PluginOutput;
  readonly runner: () => Promise<CallRunner>;
  /** The runner when there is one already. */
  readonly startedRunner: () => CallRunner | undefined;
}

export class Invoker {
  readonly #ports: InvokerPorts;

  constructor(ports: InvokerPorts) {
    this.#ports = ports;
  }

  /** What a panel's session runs for this method. */
  runOf(target: MethodTarget): Run {
    return async (newest, signal, onPhase) => {
      const { project, trust, recent } = this.#ports;
      if (!trust.isTrusted) {
        return outcomeOf({ kind: "unsupported", message: messages.restricted }, 0);
      }
      const known = findMethod(project.model, target);
      if (known !== undefined && isBuiltHere(known.plugin)) {
        await saveSources(known.plugin);
      }
      if (known !== undefined) {
        await this.#ports.hostFunctionFiles.save(packageFolderOf(known.plugin));
      }
      const found = findMethod(await project.refresh(), target);
      if (found === undefined) {
        return outcomeOf({ kind: "unsupported", message: panelMessages.methodGone }, 0);
      }
      const { instance, buildsInstance, asksCompiler, timeoutMs } = newest();
      if (asksCompiler !== undefined) {
        return this.#askCompiler(
          await this.#ports.ages.of(found, false, signal),
          asksCompiler,
          signal,
          onPhase,
        );
      }
      await recent.add(target);
      this.#announce(target);
      const age = await this.#ports.ages.of(found, newest().isDebugged === true, signal);
      return buildsInstance === true && instance !== undefined
        ? this.#build(age, instance, timeoutMs, signal, onPhase)
        : this.#callAll(age, newest, signal, onPhase);
    };
  }

  /** One call; or one with each of several sets of arguments. */
  async #callAll(
    age: LibraryAge,
    newest: Parameters<Run>[0],
    signal: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<CallOutcome | undefined> {
    const { sets } = newest();
    if (sets === undefined) {
      return this.#call(age, newest, signal, onPhase);
    }
    const startedAtMs = Date.now();
    return callSeries(age, sets, {
      call: (values, done) =>
        this.#call(
          age,
          () => ({ ...newest(), arguments: values }),
          signal,
          (phase) => {
            const isCalling = phase.kind === "calling" || phase.kind === "loading";
            const total = sets.length;
            onPhase(isCalling ? { kind: "repeating", startedAtMs, done, total } : phase);
          },
        ),
      history: this.#ports.history,
      signal,
    });
  }

  /** Ids of the plugin's instances that live in a host process. */
  liveInstances(plugin: string): ReadonlySet<string> {
    const live = this.#ports.startedRunner()?.instances ?? [];
    return new Set(live.filter((each) => each.plugin === plugin).map((each) => each.instance));
  }

  /**
   * Ends an instance; says so when its `Drop` took the process with it. One with open streams lives on, unless its user lets them
   * end first. `onDropped` is called when it is gone.
   */
  async dropInstance(
    plugin: string,
    instance: string,
    onDropped: () => void = () => undefined,
  ): Promise<void> {
    const live = { plugin, instance };
    const outcome = await this.#ports.startedRunner()?.dropInstance(live);
    if (outcome?.kind === "inUse") {
      // Nobody waits for the answer: until it comes everything stays as it is.
      void this.#offerToEndStreams(live, outcome.message, onDropped);
      return;
    }
    if (outcome?.kind === "died") {
      void showWarningMessage(outcome.message);
    }
    onDropped();
  }

  async #offerToEndStreams(
    live: LiveInstance,
    message: string,
    onDropped: () => void,
  ): Promise<void> {
    const end = messages.endStreamsAndDrop;
    if ((await showWarningMessage(message, end)) !== end) {
      return;
    }
    const outcome = await this.#ports.startedRunner()?.dropInstance(live, true);
    if (outcome?.kind === "inUse" || outcome?.kind === "died") {
      void showWarningMessage(outcome.message);
    }
    if (outcome?.kind !== "inUse") {
      onDropped();
    }
  }

  /** Builds the bridge, and reads with it a result that was shown as bytes. */
  async #askCompiler(
    { plugin, method }: FoundMethod,
    { last, subject }: NonNullable<ReturnType<Parameters<Run>[0]>["asksCompiler"]>,
    signal: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<CallOutcome | undefined> {
    const open = this.#bridge(plugin, onPhase, subject);
    if (open === undefined) {
      const message = this.#ports.ages.isOlder(plugin)
        ? panelMessages.olderLibrary
        : panelMessages.noBridge;
      return outcomeOf({ kind: "unsupported", message }, 0);
    }
    const opened = await open(signal);
    if (!opened.ok) {
      return outcomeOf(resultOfFailure(opened.error), 0);
    }
    const read = last && (await bridgeOutcome(method, plugin.types, last, open, signal));
    return read === last ? undefined : read;
  }

  /** A bridge, whose build is a phase like any other. */
  #bridge(
    plugin: PluginSchema,
    onPhase: (phase: RunPhase) => void,
    subject: BridgeSubject = "interface",
  ): OpenBridge | undefined {
    const name = subject === "interface" ? plugin.interfaceName : `${plugin.name}'s configuration`;
    const clock = new PhaseClock(`the bridge of ${name}`, onPhase);
    return this.#ports.bridges.opener(
      plugin,
      (progress) => {
        clock.enter({ kind: "building", progress });
      },
      subject,
    );
  }

  async #build(
    { plugin, notes }: LibraryAge,
    instance: ConfiguredInstance,
    timeoutMs: number | null,
    signal: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<CallOutcome> {
    const { runner } = this.#ports;
    const packageFolder = packageFolderOf(plugin);
    const { environment } = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
    const hostFunctions = await this.#hostFunctions(plugin);
    const clock = new PhaseClock(plugin.crate.name, onPhase);
    if (!hostFunctions.ok) {
      return outcomeOf(hostFunctions.error, 0);
    }
    return buildInstance(
      {
        plugin,
        instance,
        timeoutMs,
        packageFolder,
        environment,
        hostFunctions: hostFunctions.value,
        notes,
      },
      {
        build: (listener, buildSignal) => this.#library(plugin, listener, buildSignal),
        runner: await runner(),
        configurationBridge: this.#bridge(plugin, onPhase, "configuration"),
        mayRead: this.#ports.files.mayRead,
        onPhase: (phase) => {
          clock.enter(phase);
        },
        onBuildOutput: () => undefined,
      },
      signal,
    );
  }

  /** Built, or as it was opened, its signature checked at each call. */
  async #library(
    plugin: PluginSchema,
    listener: BuildListener,
    signal: AbortSignal,
    wish: BuildWish = {},
  ): Promise<BuildStep> {
    const { builds, opened } = this.#ports;
    const file = plugin.library?.file;
    if (file === undefined) {
      return builds.build(plugin, listener, signal, wish);
    }
    const ready = await opened.ready(file);
    return ready.ok
      ? { kind: "ready", library: file, notes: ready.value.notes }
      : { kind: "failed", failure: { kind: "noLibrary", message: ready.error } };
  }

  /** What answers host functions: the file beside the package's Cargo.toml, when there is one. */
  async #hostFunctions(plugin: PluginSchema): Promise<Result<HostFunctionRequest, CallResult>> {
    const { hostImports, project } = this.#ports;
    const interfaces = project.model.hostInterfaces;
    const packageFolder = packageFolderOf(plugin);
    const onImports = (imports: readonly HostImport[]): void => {
      hostImports.learn(plugin, imports);
    };
    const file = join(packageFolder, hostFunctionFileName);
    if (!existsSync(file)) {
      return ok({ interfaces, setup: {}, folder: packageFolder, onImports });
    }
    const loaded = await loadHostFunctions(file, interfaces, {
      mayRead: this.#ports.files.mayRead,
    });
    if (loaded.ok) {
      return ok({ interfaces, ...loaded.value, onImports });
    }
    const problems = loaded.error.map(({ pointer, message, line, column }) => ({
      pointer,
      message: line === undefined ? message : `${file}:${line}:${column ?? 1}: ${message}`,
    }));
    return err({ kind: "invalidHostFunctions", problems });
  }

  async #call(
    { plugin, method, notes }: LibraryAge,
    newest: Parameters<Run>[0],
    signal: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<CallOutcome> {
    const { bridges, libraries, runner } = this.#ports;
    const candidateId = plugin.library?.candidateId;
    let built: string | undefined;
    const settings = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
    const packageFolder = packageFolderOf(plugin);
    const clock = new PhaseClock(plugin.crate.name, onPhase);
    const hostFunctions = await this.#hostFunctions(plugin);
    if (!hostFunctions.ok) {
      return outcomeOf(hostFunctions.error, 0);
    }
    const debug =
      newest().isDebugged === true ? debugMethod({ plugin, method }, clock.paused) : undefined;
    if (debug?.ok === false) {
      return outcomeOf({ kind: "unsupported", message: debug.error }, 0);
    }
    const commit = commitAround(packageFolder);
    const outcome = await callPlugin(
      {
        plugin,
        method,
        input: newest,
        packageFolder,
        hostFunctions: () => hostFunctions.value,
        stream: newest().stream,
        debug: debug?.value,
        environment: settings.environment,
        notes,
      },
      {
        build: async (listener, buildSignal) => {
          const wish = { ...newest().options, isDebugged: debug !== undefined };
          const step = await this.#library(plugin, listener, buildSignal, wish);
          built = step.kind === "ready" ? step.library : undefined;
          return step;
        },
        runner: await runner(),
        // Nobody is made to wait for a bridge that was not asked for.
        bridge:
          hasSerdeText(newest().arguments) ||
          (bridges.isOffered(plugin, method) && (await bridges.isReady(plugin)))
            ? this.#bridge(plugin, onPhase)
            : undefined,
        configurationBridge: this.#bridge(plugin, onPhase, "configuration"),
        mayRead: this.#ports.files.mayRead,
        onPhase: (phase) => {
          clock.enter(phase);
        },
        onBuildOutput: () => undefined,
      },
      signal,
    );
    if (clock.hasReachedHost) {
      this.#record({ plugin, method }, newest(), settings, await commit, outcome);
    }
    if (candidateId !== undefined && built !== undefined) {
      // Only what the view and the lenses show depends on it, so nobody waits for it.
      void libraries.learn(candidateId, built);
    }
    return outcome;
  }

  #record(
    found: FoundMethod,
    request: RunRequest,
    settings: FidiusSettings,
    commit: string | null,
    outcome: CallOutcome,
  ): void {
    const { options } = request;
    const isOpened = found.plugin.library?.file !== undefined;
    this.#ports.history.record({
      found,
      request,
      profile: isOpened ? messages.openedLibrary : (options?.profile ?? settings.profile),
      environment: { ...settings.environment, ...options?.environment, ...request.environment },
      commit,
      outcome,
    });
  }

  #announce(target: MethodTarget): void {
    const time = new Date().toLocaleTimeString();
    this.#ports.pluginOutput.announce(`— ${titleOf(target)} ${time} —`);
  }
}
