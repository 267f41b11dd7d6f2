// The bridges of the window: built when the user asks the compiler about a type, asked as long as they are fresh.

import { join } from "node:path";
import * as vscode from "vscode";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { Bridges } from "../../bridge/bridges.ts";
import type { BridgeRequest } from "../../bridge/bridgeRequest.ts";
import type { BuildProgress } from "../../cargo/buildProgress.ts";
import { unknownReason } from "../../codec/unknownParts.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { ExtensionLog } from "../log.ts";
import type { ProjectClient } from "../projectClient.ts";
import { readSettings } from "../settings.ts";
import type { Trust } from "../trust.ts";

export class BridgeService {
  readonly #distFolder: string;
  readonly #project: ProjectClient;
  readonly #trust: Trust;
  readonly #log: ExtensionLog;
  #bridges: Bridges | undefined;

  constructor(distFolder: string, project: ProjectClient, trust: Trust, log: ExtensionLog) {
    this.#distFolder = distFolder;
    this.#project = project;
    this.#trust = trust;
    this.#log = log;
  }

  /** Whether the method has types that only the bridge knows, and there is a source to build it from. */
  isOffered(plugin: PluginSchema, method: PluginMethod): boolean {
    return hasUnknownTypes(plugin, method) && this.#requestOf(plugin) !== undefined;
  }

  /** Whether asking costs nothing; starts no program. */
  async isReady(plugin: PluginSchema): Promise<boolean> {
    const request = this.#requestOf(plugin);
    return request !== undefined && (await (await this.#load()).isReady(request));
  }

  /** How the bridge of the plugin's interface is opened, which builds it if need be; undefined where nothing may. */
  opener(
    plugin: PluginSchema,
    onProgress: (progress: BuildProgress) => void,
  ): OpenBridge | undefined {
    const request = this.#requestOf(plugin);
    if (request === undefined || !this.#trust.isTrusted) {
      return undefined;
    }
    return async (signal) => {
      const bridges = await this.#load();
      const opened = await bridges.open(
        request,
        {
          onProgress,
          onStart: () => {
            this.#log.info(`building the bridge of ${request.interface.name}`);
          },
          onOutput: (text) => {
            this.#log.info(text);
          },
        },
        signal,
      );
      if (!opened.ok && opened.error.kind !== "cancelled") {
        this.#log.error(
          `the bridge of ${request.interface.name} is not to be had: ${opened.error.kind}`,
        );
      }
      return opened;
    };
  }

  dispose(): void {
    this.#bridges?.dispose();
  }

  /** Loaded when it is first needed: it has no place in activation. */
  async #load(): Promise<Bridges> {
    if (this.#bridges === undefined) {
      const { Bridges: Loaded } = await import("../../bridge/bridges.ts");
      this.#bridges ??= new Loaded();
    }
    return this.#bridges;
  }

  #requestOf(plugin: PluginSchema): BridgeRequest | undefined {
    const { model } = this.#project;
    const schema = [...model.interfaces, ...(model.dependencyInterfaces ?? [])].find(
      ({ id }) => id === plugin.interfaceId,
    );
    if (schema?.fullSpan === undefined) {
      return undefined;
    }
    const settings = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
    return {
      interface: schema,
      workspaceRoot: plugin.crate.workspaceRoot,
      cargoPath: settings.cargoPath,
      environment: settings.extraEnv,
      targetDirectory: settings.targetDirectory,
      runtimeFolder: join(this.#distFolder, "bridge"),
    };
  }
}

/** Whether the source does not tell an argument or what is returned. */
function hasUnknownTypes({ types }: PluginSchema, method: PluginMethod): boolean {
  const { returns } = method;
  const returned = returns.kind === "value" ? [returns.type] : [returns.success, returns.failure];
  return (
    method.wire !== "raw" &&
    [...method.arguments.map(({ type }) => type), ...returned].some(
      (type) => unknownReason(type, types) !== undefined,
    )
  );
}
