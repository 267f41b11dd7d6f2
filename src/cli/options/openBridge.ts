// The bridge as the command line opens it: built on demand, with progress on stderr.

import { join } from "node:path";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { BridgeFailure, Bridges } from "../../bridge/bridges.ts";
import type { BridgeRequest } from "../../bridge/bridgeRequest.ts";
import { configurationRequest } from "../../bridge/configurationRequest.ts";
import type { InterfaceSchema, PluginSchema, ProjectModel } from "../../model/plugin.ts";
import { err } from "../../model/result.ts";
import { describeBuildFailure } from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import type { Terminal } from "../output/terminal.ts";

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
  ports: BridgePorts,
): OpenBridge | undefined {
  const found = [...model.interfaces, ...(model.dependencyInterfaces ?? [])].find(
    ({ id }) => id === plugin.interfaceId,
  );
  return found?.fullSpan === undefined
    ? undefined
    : openBridge(found, plugin.crate.workspaceRoot, ports);
}

/** Opens the bridge of an interface, with the versions that are locked in `workspaceRoot`. */
export function openBridge(
  schema: InterfaceSchema,
  workspaceRoot: string,
  { bridges, terminal, distFolder }: BridgePorts,
): OpenBridge {
  return opening(
    { interface: schema, workspaceRoot, ...commonParts(distFolder) },
    bridges,
    terminal,
  );
}

/** Opens the bridge of the plugin's configuration. */
export function configurationBridge(
  plugin: PluginSchema,
  { bridges, terminal, distFolder }: BridgePorts,
): OpenBridge {
  return async (signal) => {
    const request = await configurationRequest(plugin, commonParts(distFolder));
    return request.ok
      ? opening(request.value, bridges, terminal)(signal)
      : err({ kind: "notStarted", message: request.error });
  };
}

function commonParts(
  distFolder: string,
): Pick<BridgeRequest, "cargoPath" | "environment" | "targetDirectory" | "runtimeFolder"> {
  const runtimeFolder = join(distFolder, "bridge");
  return { cargoPath: null, environment: {}, targetDirectory: null, runtimeFolder };
}

function opening(request: BridgeRequest, bridges: Bridges, terminal: Terminal): OpenBridge {
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
