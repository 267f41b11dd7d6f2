// The host functions of one panel's plugin: follows the file, the library's imports and the sources, tells the page, and does what
// the page asks for.

import { access } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import * as vscode from "vscode";
import {
  readHostFunctionText,
  type HostFunctionText,
} from "../../calls/hostFunctions/checkHostFunctions.ts";
import { editHostFunctions } from "../../calls/hostFunctions/editHostFunctions.ts";
import { hostFunctionFileName } from "../../calls/hostFunctionFile.ts";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { HostFunctionEdit, HostFunctionSetup } from "../../model/hostFunctions.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { HostInterfaceSchema, PluginSchema } from "../../model/plugin.ts";
import type {
  HostFunctionCommand,
  PanelHostFunctions,
  PanelHostProblem,
} from "../../protocol/panelHostFunctions.ts";
import { goToLocation } from "../goTo.ts";
import { panelMessages } from "../panel/panelMessages.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { describeHostFunctions, knownHostInterfaces } from "./describeHostFunctions.ts";

type Services = Pick<PanelServices, "hostFunctionFiles" | "hostImports" | "project" | "trust">;

export class HostFunctionsOfPanel {
  readonly #services: Services;
  readonly #plugin: () => PluginSchema | undefined;
  readonly #send: (update: PanelHostFunctions | null) => void;
  readonly #store = new DisposableStore();
  #watched: { readonly folder: string; readonly watcher: vscode.Disposable } | undefined;
  /** One look at the file after the other, so that the page hears of them in order. */
  #looking: Promise<void> = Promise.resolve();
  #sent: string | undefined;
  /** The plugins whose files the page was told of: an edit may come after the panel turned to another one. */
  readonly #shown = new Map<string, PluginSchema>();

  constructor(
    services: Services,
    plugin: () => PluginSchema | undefined,
    send: (update: PanelHostFunctions | null) => void,
  ) {
    this.#services = services;
    this.#plugin = plugin;
    this.#send = send;
    const refresh = (): void => {
      void this.refresh();
    };
    this.#store.add(services.hostFunctionFiles.onDidChange(refresh));
    this.#store.add(services.hostImports.onDidChange(refresh));
  }

  /** The page is new: it is told whatever there is. */
  sendWhole(): void {
    this.#sent = undefined;
    void this.refresh();
  }

  /** Looks again, and tells the page when something is new; settles afterwards. */
  refresh(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  async run(command: HostFunctionCommand): Promise<string | null> {
    const plugin = command.kind === "edit" ? this.#shown.get(command.file) : this.#plugin();
    if (plugin === undefined) {
      return panelMessages.methodGone;
    }
    const folder = packageFolderOf(plugin);
    switch (command.kind) {
      case "edit": {
        const problem = await this.#edit(plugin, command.edit);
        await this.refresh();
        return problem;
      }
      case "openFile": {
        const { line = 1, column = 1 } = command;
        const location = { file: hostFunctionFileName, line, column };
        await goToLocation(location, folder, vscode.ViewColumn.One);
        return null;
      }
      case "openModule": {
        const location = { file: command.module, line: 1, column: 1 };
        await goToLocation(location, folder, vscode.ViewColumn.One);
        return null;
      }
    }
  }

  /** Asks for a module; its path relative to the file. */
  async pickModule(): Promise<string | null> {
    const plugin = this.#plugin();
    if (plugin === undefined) {
      return null;
    }
    const folder = packageFolderOf(plugin);
    const files = await vscode.window.showOpenDialog({
      canSelectMany: false,
      openLabel: panelMessages.useModule,
      filters: { [panelMessages.modules]: ["mjs", "js", "cjs"] },
      defaultUri: vscode.Uri.file(folder),
    });
    const file = files?.[0]?.fsPath;
    return file === undefined ? null : pathInFile(folder, file);
  }

  dispose(): void {
    this.#watched?.watcher.dispose();
    this.#store.dispose();
  }

  async #edit(plugin: PluginSchema, edit: HostFunctionEdit): Promise<string | null> {
    if (!this.#services.trust.isTrusted) {
      return panelMessages.restrictedHostFunctions;
    }
    const schema = this.#schemas(plugin).find(({ name }) => name === edit.interfaceName);
    return schema === undefined
      ? panelMessages.noHostInterface(edit.interfaceName)
      : this.#services.hostFunctionFiles.edit(packageFolderOf(plugin), (text) =>
          editHostFunctions(text, edit, schema),
        );
  }

  async #look(): Promise<void> {
    const plugin = this.#plugin();
    const update = plugin === undefined ? null : await this.#describe(plugin);
    const key = JSON.stringify(update);
    if (key !== this.#sent && !this.#store.isDisposed) {
      this.#sent = key;
      this.#send(update);
    }
  }

  async #describe(plugin: PluginSchema): Promise<PanelHostFunctions | null> {
    const { hostFunctionFiles, hostImports, project, trust } = this.#services;
    const known = knownHostInterfaces(plugin, project.model.hostInterfaces, hostImports.of(plugin));
    if (known.length === 0) {
      return null;
    }
    const folder = packageFolderOf(plugin);
    this.#watch(folder);
    const file = join(folder, hostFunctionFileName);
    this.#shown.set(file, plugin);
    const read = await hostFunctionFiles.read(folder);
    const text = await this.#readText(read.ok ? read.value : "", plugin, folder);
    const unreadable = [{ pointer: "", message: read.ok ? "" : read.error }];
    return describeHostFunctions(known, read.ok ? text : { setup: null, problems: unreadable }, {
      file,
      isThere: read.ok && read.value !== null,
      readOnly: trust.isTrusted ? null : panelMessages.restrictedHostFunctions,
    });
  }

  async #readText(
    text: string | null,
    plugin: PluginSchema,
    folder: string,
  ): Promise<HostFunctionText> {
    if (text === null || text.trim() === "") {
      return { setup: {}, problems: [] };
    }
    const read = readHostFunctionText(text, this.#schemas(plugin));
    const missing = read.setup === null ? [] : await missingModules(read.setup, folder);
    return { ...read, problems: [...read.problems, ...missing] };
  }

  #schemas(plugin: PluginSchema): readonly HostInterfaceSchema[] {
    const { hostImports, project } = this.#services;
    const { hostInterfaces } = project.model;
    const known = knownHostInterfaces(plugin, hostInterfaces, hostImports.of(plugin));
    return known.flatMap(({ schemaId }) => hostInterfaces.find(({ id }) => id === schemaId) ?? []);
  }

  #watch(folder: string): void {
    if (this.#watched?.folder !== folder) {
      this.#watched?.watcher.dispose();
      this.#watched = { folder, watcher: this.#services.hostFunctionFiles.watch(folder) };
    }
  }
}

async function missingModules(
  setup: HostFunctionSetup,
  folder: string,
): Promise<readonly PanelHostProblem[]> {
  const places = Object.entries(setup).flatMap(([name, own]) => [
    ...(own.module === undefined
      ? []
      : [{ path: ["interfaces", name, "module"], module: own.module }]),
    ...Object.entries(own.functions).flatMap(([functionName, answer]) =>
      answer.kind === "module"
        ? [
            {
              path: ["interfaces", name, "functions", functionName, "module"],
              module: answer.module,
            },
          ]
        : [],
    ),
  ]);
  const problems: PanelHostProblem[] = [];
  for (const { path, module } of places) {
    const file = resolve(folder, module);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (!isThere && module.trim() !== "") {
      problems.push({ pointer: pointerOf(path), message: panelMessages.noModule(file) });
    }
  }
  return problems;
}

/** A path as the file is to have it: relative to the file where that is possible, with slashes. */
function pathInFile(folder: string, file: string): string {
  const path = relative(folder, file);
  if (isAbsolute(path)) {
    return path;
  }
  const written = path.split(sep).join("/");
  return written.startsWith("../") ? written : `./${written}`;
}
