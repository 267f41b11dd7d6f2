// The bridges of the window: built when the user asks the compiler about a type, asked as long as they are fresh.

import { join } from "node:path";
import * as vscode from "vscode";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { Bridges } from "../../bridge/bridges.ts";
import type { BridgeRequest } from "../../bridge/bridgeRequest.ts";
import { readBuildChoice } from "../../cargo/graph/buildChoice.ts";
import type { BuildProgress } from "../../cargo/build/buildProgress.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import { unknownInMethod } from "../../codec/method/unknownInMethod.ts";
import type { InterfaceSchema, PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { ExtensionLog } from "../platform/log.ts";
import type { OpenedPackages } from "../build/buildService.ts";
import type { ProjectClient } from "../projectClient.ts";
import { readSettings } from "../platform/settings.ts";
import type { Trust } from "../platform/trust.ts";

/** What a bridge is of: a plugin's interface, or its configuration, whose type stands in the plugin's own package. */
export type BridgeSubject = "interface" | "configuration";

export class BridgeService {
  readonly #distFolder: string;
  readonly #project: ProjectClient;
  readonly #trust: Trust;
  readonly #log: ExtensionLog;
  #bridges: Bridges | undefined;
  /** Where a package that was opened is built. */
  targetOfPackage: OpenedPackages["targetDirectory"] = () => undefined;

  constructor(distFolder: string, project: ProjectClient, trust: Trust, log: ExtensionLog) {
    this.#distFolder = distFolder;
    this.#project = project;
    this.#trust = trust;
    this.#log = log;
  }

  /** Whether its library is older than the types that the compiler knows: no bridge speaks for it. */
  isOlder: (plugin: PluginSchema) => boolean = () => false;

  /** Whether the method has types that only the bridge knows, and there is a source to build it from. */
  isOffered(plugin: PluginSchema, method: PluginMethod): boolean {
    const isUnknown = Object.values(unknownInMethod(method, plugin.types)).includes(true);
    return isUnknown && !this.isOlder(plugin) && this.#interfaceOf(plugin) !== undefined;
  }

  /** Whether only a bridge knows the type of the plugin's configuration, and its impl block is there to build it from. */
  isOfferedForConfiguration({ config, library, types }: PluginSchema): boolean {
    return (
      config !== undefined && library === undefined && unknownReason(config, types) !== undefined
    );
  }

  /** Whether asking costs nothing; starts no program. */
  async isReady(plugin: PluginSchema, subject: BridgeSubject = "interface"): Promise<boolean> {
    const request = await this.#requestOf(plugin, subject);
    return (
      !this.isOlder(plugin) && request.ok && (await (await this.#load()).isReady(request.value))
    );
  }

  /** How the bridge is opened, which builds it if need be; undefined where nothing may. */
  opener(
    plugin: PluginSchema,
    onProgress: (progress: BuildProgress) => void,
    subject: BridgeSubject = "interface",
  ): OpenBridge | undefined {
    const isKnown = subject === "configuration" || this.#interfaceOf(plugin) !== undefined;
    if (!isKnown || !this.#trust.isTrusted || this.isOlder(plugin)) {
      return undefined;
    }
    return async (signal) => {
      const bridges = await this.#load();
      const made = await this.#requestOf(plugin, subject);
      if (!made.ok) {
        return err({ kind: "notStarted", message: made.error });
      }
      const request = made.value;
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
          `the bridge of ${request.interface.name} could not be built: ${opened.error.kind}`,
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

  /** The interface's source; undefined where it is not at hand. */
  #interfaceOf({ interfaceId }: PluginSchema): InterfaceSchema | undefined {
    const { model } = this.#project;
    const found = [...model.interfaces, ...(model.dependencyInterfaces ?? [])].find(
      ({ id }) => id === interfaceId,
    );
    return found?.fullSpan === undefined ? undefined : found;
  }

  async #requestOf(
    plugin: PluginSchema,
    subject: BridgeSubject,
  ): Promise<Result<BridgeRequest, string>> {
    const settings = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
    const common = {
      cargoPath: settings.cargoPath,
      environment: settings.extraEnv,
      targetDirectory: this.targetOfPackage(plugin.crate.manifestPath) ?? settings.targetDirectory,
      build: {
        manifestPath: plugin.crate.manifestPath,
        choice: readBuildChoice(settings.profile, [], settings.extraArgs),
      },
      runtimeFolder: join(this.#distFolder, "bridge"),
    };
    if (subject === "configuration") {
      const { configurationRequest } = await import("../../bridge/configurationRequest.ts");
      return configurationRequest(plugin, common);
    }
    const schema = this.#interfaceOf(plugin);
    return schema === undefined
      ? err(`The source of ${plugin.interfaceName} is not at hand.`)
      : ok({ interface: schema, workspaceRoot: plugin.crate.workspaceRoot, ...common });
  }
}
