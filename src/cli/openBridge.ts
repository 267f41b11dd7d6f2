// The bridge as the command line opens it: built on demand, with progress on stderr.

import { join } from "node:path";
import type { OpenBridge } from "../calls/bridging.ts";
import type { Bridges } from "../bridge/bridges.ts";
import type { BridgeRequest } from "../bridge/bridgeRequest.ts";
import type { InterfaceSchema, PluginSchema, ProjectModel } from "../model/plugin.ts";
import type { Terminal } from "./terminal.ts";

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
  const request: BridgeRequest = {
    interface: schema,
    workspaceRoot,
    cargoPath: null,
    environment: {},
    targetDirectory: null,
    runtimeFolder: join(distFolder, "bridge"),
  };
  return async (signal) => {
    const startedAtMs = performance.now();
    const opened = await bridges.open(
      request,
      {
        onProgress: (progress) => {
          const elapsedMs = performance.now() - startedAtMs;
          terminal.progress(`the bridge of ${schema.name}`, progress, elapsedMs);
        },
      },
      signal,
    );
    terminal.endProgress();
    return opened;
  };
}
