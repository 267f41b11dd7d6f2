// What a call on the command line is made with.

import { rememberBuild } from "../../calls/age/rememberBuild.ts";
import type { CallPorts } from "../../calls/callPlugin.ts";
import type { BuildListener, BuildSettings, BuildStep } from "../../calls/pluginBuilder.ts";
import { crateIdOf } from "../../model/crateGraph.ts";
import type { PluginSchema, ProjectModel } from "../../model/plugin.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import type { CallOptions } from "../options/callOptions.ts";
import type { AgePorts } from "../options/libraryAge.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { LearningPorts } from "./candidates.ts";

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

/** What the call is made with: the library, built or given, and where progress goes. */
export function portsOf(
  { plugin }: SelectedMethod,
  options: CallOptions,
  { plugins }: ProjectModel,
  {
    builder,
    runner,
    terminal,
    records,
  }: LearningPorts & AgePorts & { readonly runner: CallRunner },
): CallPorts {
  const startedAtMs = performance.now();
  const { library } = options;
  const build = async (listener: BuildListener, signal: AbortSignal): Promise<BuildStep> => {
    if (library !== undefined) {
      return { kind: "ready", library, notes: [] };
    }
    const settings = buildSettings(options.profile, options.features, options.targetDirectory);
    const step = await builder.ensureBuilt(plugin, settings, listener, signal);
    const inLibrary = [plugin, ...plugins.filter((each) => isOfLibrary(each, plugin))];
    await rememberBuild(step, inLibrary, performance.timeOrigin, records);
    return step;
  };
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

/** Another plugin of the same library. */
function isOfLibrary(each: PluginSchema, plugin: PluginSchema): boolean {
  return each.id !== plugin.id && crateIdOf(each.crate) === crateIdOf(plugin.crate);
}
