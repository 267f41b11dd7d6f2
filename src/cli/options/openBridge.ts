// The bridge as the command line opens it: built on demand, with progress on stderr.

import { join } from "node:path";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { BridgeFailure, Bridges } from "../../bridge/bridges.ts";
import type { BridgeRequest } from "../../bridge/bridgeRequest.ts";
import { plainBuild, readBuildChoice } from "../../cargo/graph/buildChoice.ts";
import { configurationRequest } from "../../bridge/configurationRequest.ts";
import type { InterfaceSchema, PluginSchema, ProjectModel } from "../../model/plugin.ts";
import { err } from "../../model/result.ts";
import { describeBuildFailure } from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import type { Terminal } from "../output/terminal.ts";
import type { CallOptions } from "./callOptions.ts";

/** What the command line says of the build. */
export type BuildOptions = Pick<CallOptions, "profile" | "features" | "targetDirectory">;

export interface BridgePorts {
  readonly bridges: Bridges;
  readonly terminal: Terminal;
  /** Holds the bridge's runtime. */
  readonly distFolder: string;
}

/** Opens the bridge of the plugin's interface; undefined when the interface's source is not at hand. */
export function bridgeOf(
  model: ProjectModel,
  plugin: PluginSchema,
  options: BuildOptions,
  ports: BridgePorts,
): OpenBridge | undefined {
  const found = [...model.interfaces, ...(model.dependencyInterfaces ?? [])].find(
    ({ id }) => id === plugin.interfaceId,
  );
  return found?.fullSpan === undefined
    ? undefined
    : opening(
        {
          interface: found,
          workspaceRoot: plugin.crate.workspaceRoot,
          ...partsOfPlugin(plugin, options, ports),
        },
        ports,
      );
}

/** Opens the bridge of an interface as cargo builds it by itself, with the versions that are locked in `workspaceRoot`. */
export function openBridge(
  schema: InterfaceSchema,
  workspaceRoot: string,
  ports: BridgePorts,
): OpenBridge {
  const build = { manifestPath: null, choice: plainBuild };
  const parts = { build, targetDirectory: null, ...commonParts(ports) };
  return opening({ interface: schema, workspaceRoot, ...parts }, ports);
}

/** Opens the bridge of the plugin's configuration. */
export function configurationBridge(
  plugin: PluginSchema,
  options: BuildOptions,
  ports: BridgePorts,
): OpenBridge {
  return async (signal) => {
    const request = await configurationRequest(plugin, partsOfPlugin(plugin, options, ports));
    return request.ok
      ? opening(request.value, ports)(signal)
      : err({ kind: "notStarted", message: request.error });
  };
}

/** The bridge is of the build that `plugin` is called in. */
function partsOfPlugin(
  { crate }: PluginSchema,
  { profile, features, targetDirectory }: BuildOptions,
  ports: BridgePorts,
): Omit<BridgeRequest, "interface" | "methods" | "workspaceRoot"> {
  const choice = readBuildChoice(profile, features, []);
  const build = { manifestPath: crate.manifestPath, choice };
  return { build, targetDirectory, ...commonParts(ports) };
}

function commonParts({
  distFolder,
}: BridgePorts): Pick<BridgeRequest, "cargoPath" | "environment" | "runtimeFolder"> {
  return { cargoPath: null, environment: {}, runtimeFolder: join(distFolder, "bridge") };
}

function opening(request: BridgeRequest, { bridges, terminal }: BridgePorts): OpenBridge {
  const { name } = request.interface;
  return async (signal) => {
    const startedAtMs = performance.now();
    const opened = await bridges.open(
      request,
      {
        onProgress: (progress) => {
          const elapsedMs = performance.now() - startedAtMs;
          terminal.progress(`the bridge of ${name}`, progress, elapsedMs);
        },
      },
      signal,
    );
    terminal.endProgress();
    return opened;
  };
}

/** A bridge that cannot be had, in the words of a build that failed. */
export function bridgeFailure(name: string, failure: BridgeFailure): CliFailure {
  if (failure.kind === "cancelled") {
    return {
      exitCode: exitCodes.interrupted,
      kind: "cancelled",
      message: "Building the bridge was cancelled.",
    };
  }
  if (failure.kind === "notStarted") {
    return { exitCode: exitCodes.buildFailed, kind: "buildFailed", message: failure.message };
  }
  return {
    exitCode: exitCodes.buildFailed,
    kind: "buildFailed",
    ...describeBuildFailure(`the bridge of ${name}`, failure),
  };
}
