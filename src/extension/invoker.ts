// Runs a method for whoever asks (panel, Invoke Last): trust first, then sources saved, the newest model, build, call. Keeps
// the one call runner of the window, which is made when it is first needed.

import { dirname } from "node:path";
import * as vscode from "vscode";
import { callPlugin, outcomeOf, type CallPhase } from "../calls/callPlugin.ts";
import type { CallOutcome } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { MethodTarget } from "../protocol/lsp.ts";
import type { RunPhase } from "../protocol/panel.ts";
import type { CallRunner } from "../runner/callRunner.ts";
import { saveSources, type BuildService } from "./build/buildService.ts";
import type { LibraryReports } from "./libraryReports.ts";
import type { Run } from "./panel/callSession.ts";
import { panelMessages } from "./panel/panelMessages.ts";
import { findMethod, titleOf } from "./panel/panelState.ts";
import type { PluginOutput } from "./log.ts";
import { messages } from "./messages.ts";
import type { ProjectClient } from "./projectClient.ts";
import type { RecentMethods } from "./recentMethods.ts";
import { readSettings } from "./settings.ts";
import type { Trust } from "./trust.ts";

export interface InvokerPorts {
  readonly project: ProjectClient;
  readonly builds: BuildService;
  readonly libraries: LibraryReports;
  readonly trust: Trust;
  readonly recent: RecentMethods;
  readonly pluginOutput: PluginOutput;
  readonly runner: () => Promise<CallRunner>;
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
      if (known !== undefined) {
        await saveSources(known.plugin);
      }
      const found = findMethod(await project.refresh(), target);
      if (found === undefined) {
        return outcomeOf({ kind: "unsupported", message: panelMessages.methodGone }, 0);
      }
      await recent.add(target);
      this.#announce(target);
      return this.#call(found.plugin, found.method, newest, signal, onPhase);
    };
  }

  async #call(
    plugin: PluginSchema,
    method: PluginMethod,
    newest: Parameters<Run>[0],
    signal: AbortSignal,
    onPhase: (phase: RunPhase) => void,
  ): Promise<CallOutcome> {
    const { builds, libraries, runner } = this.#ports;
    const candidateId = plugin.library?.candidateId;
    let built: string | undefined;
    const settings = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
    const clock = new PhaseClock(plugin.crate.name, onPhase);
    const outcome = await callPlugin(
      {
        plugin,
        method,
        input: newest,
        packageFolder: dirname(plugin.crate.manifestPath),
        stream: newest().stream,
        environment: settings.environment,
      },
      {
        build: async (listener, buildSignal) => {
          const step = await builds.build(plugin, listener, buildSignal);
          built = step.kind === "ready" ? step.library : undefined;
          return step;
        },
        runner: await runner(),
        onPhase: (phase) => {
          clock.enter(phase);
        },
        onBuildOutput: () => undefined,
      },
      signal,
    );
    if (candidateId !== undefined && built !== undefined) {
      // Only what the view and the lenses show depends on it, so nobody waits for it.
      void libraries.learn(candidateId, built);
    }
    return outcome;
  }

  #announce(target: MethodTarget): void {
    const time = new Date().toLocaleTimeString();
    this.#ports.pluginOutput.announce(`— ${titleOf(target)} ${time} —`);
  }
}

/** Gives phases the time at which they began. */
class PhaseClock {
  readonly #packageName: string;
  readonly #onPhase: (phase: RunPhase) => void;
  #kind: CallPhase["kind"] | undefined;
  #startedAtMs = 0;

  constructor(packageName: string, onPhase: (phase: RunPhase) => void) {
    this.#packageName = packageName;
    this.#onPhase = onPhase;
  }

  enter(phase: CallPhase): void {
    if (this.#kind !== phase.kind) {
      this.#kind = phase.kind;
      this.#startedAtMs = Date.now();
    }
    const startedAtMs = this.#startedAtMs;
    this.#onPhase(
      phase.kind === "building"
        ? { kind: "building", packageName: this.#packageName, ...phase.progress, startedAtMs }
        : { kind: phase.kind, startedAtMs },
    );
  }
}
