// The one status bar item: what is built now, the outcome of a call in the source, Restricted Mode, and behind a click the menu.
// Hidden without Fidius crates.

import * as vscode from "vscode";
import { labelText } from "../model/text/foreignText.ts";
import { DisposableStore } from "../model/disposable.ts";
import type { BuildService, RunningBuild } from "./build/buildService.ts";
import { commandIds } from "./commandIds.ts";
import type { InlineResult, InlineResults } from "./here/inlineResults.ts";
import { messages } from "./platform/messages.ts";
import type { ProjectClient } from "./projectClient.ts";
import type { Trust } from "./platform/trust.ts";

export class StatusItem {
  readonly #store = new DisposableStore();
  readonly #item: vscode.StatusBarItem;
  readonly #project: ProjectClient;
  readonly #trust: Trust;
  #build: RunningBuild | null = null;
  #result: InlineResult | null = null;

  constructor(project: ProjectClient, builds: BuildService, results: InlineResults, trust: Trust) {
    this.#project = project;
    this.#trust = trust;
    this.#item = this.#store.add(
      vscode.window.createStatusBarItem("fidius.status", vscode.StatusBarAlignment.Left, 0),
    );
    this.#item.name = "Fidius";
    this.#item.command = commandIds.showMenu;
    const update = (): void => {
      this.#update();
    };
    this.#store.add(project.onDidChangeModel(update));
    this.#store.add(trust.onDidGrant(update));
    this.#store.add(
      results.onDidChange((result) => {
        this.#result = result;
        this.#update();
      }),
    );
    this.#store.add(
      builds.onDidChange((build) => {
        this.#build = build;
        this.#update();
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    const { interfaces, plugins, candidates = [] } = this.#project.model;
    if (interfaces.length + plugins.length + candidates.length === 0) {
      this.#item.hide();
      return;
    }
    if (this.#build !== null) {
      const { packageName, done, total } = this.#build;
      const count = done === null || total === null ? "" : ` ${done}/${total}`;
      this.#item.text = `$(sync~spin) ${messages.building(labelText(packageName))}${count}`;
      this.#item.tooltip = undefined;
    } else if (!this.#trust.isTrusted) {
      this.#item.text = "$(workspace-untrusted) Fidius";
      this.#item.tooltip = messages.treeRestricted;
    } else if (this.#result !== null) {
      const { title, short, line, isGood } = this.#result;
      this.#item.text = `$(${isGood ? "pass" : "error"}) ${labelText(`${title} ${short}`)}`;
      this.#item.tooltip = labelText(line);
    } else {
      this.#item.text = "$(plug) Fidius";
      this.#item.tooltip = messages.statusTooltip(plugins.length, interfaces.length);
    }
    this.#item.show();
  }
}
