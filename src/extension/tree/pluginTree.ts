// The Plugins view: what the server found in the sources, with Invoke beside every method. Needs no build; what is known of builds
// stands beside the plugins, and a badge counts those that failed.

import { manyLines, oneLine } from "../../model/text/foreignText.ts";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { LibraryState } from "../../calls/pluginBuilder.ts";
import { DisposableStore } from "../../model/disposable.ts";
import { isSource, type BuildService } from "../build/buildService.ts";
import { isBuiltHere } from "../buildables.ts";
import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { OneAtATime } from "../platform/oneAtATime.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { Trust } from "../platform/trust.ts";
import type { OpenedLibraries } from "../libraries/openedLibraries.ts";
import type { TreeNode } from "./treeNode.ts";
import { withBuildStates } from "./buildStates.ts";
import { treeNodes } from "./treeNodes.ts";

/** Longer than VS Code itself collects changes of a view. */
const refreshPauseMs = 400;

export class PluginTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  readonly #project: ProjectClient;
  readonly #opened: OpenedLibraries;
  readonly #builds: BuildService;
  readonly #view: vscode.TreeView<TreeNode>;
  #states: ReadonlyMap<string, LibraryState> = new Map();
  #roots: readonly TreeNode[];
  readonly #looks = new OneAtATime(() => this.#readStates());
  #nextRefresh: NodeJS.Timeout | undefined;

  constructor(project: ProjectClient, opened: OpenedLibraries, builds: BuildService, trust: Trust) {
    this.#project = project;
    this.#opened = opened;
    this.#builds = builds;
    this.#roots = treeNodes(project.model, opened.list);
    const view = this.#store.add(
      vscode.window.createTreeView("fidius.plugins", {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.#view = view;
    const showTrust = (): void => {
      // An empty view says it in its welcome text.
      const isMessageDue = !trust.isTrusted && project.model.plugins.length > 0;
      view.message = isMessageDue ? messages.treeRestricted : "";
    };
    this.#store.add(
      project.onDidChangeModel(() => {
        showTrust();
        this.#show();
        this.#looks.ask();
      }),
    );
    this.#store.add(
      builds.onDidChange((build) => {
        if (build === null) {
          this.#looks.ask();
        }
      }),
    );
    this.#store.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (isSource(uri)) {
          this.#looks.ask();
        }
      }),
    );
    this.#store.add(trust.onDidGrant(showTrust));
  }

  readonly onDidChangeTreeData: vscode.Event<undefined> = this.#changed.event;

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node === undefined ? this.#roots : node.children)];
  }

  #show(): void {
    const nodes = treeNodes(this.#project.model, this.#opened.list);
    this.#refresh(withBuildStates(nodes, this.#states));
  }

  /** Looks at the libraries that this window has built. */
  async #readStates(): Promise<void> {
    const states = new Map<string, LibraryState>();
    for (const plugin of this.#project.model.plugins.filter(isBuiltHere)) {
      const state = await this.#builds.libraryState(plugin).catch(() => "unknown" as const);
      states.set(plugin.id, state);
    }
    if (this.#store.isDisposed) {
      return;
    }
    this.#states = states;
    const failed = [...states.values()].filter((state) => state === "failed").length;
    this.#view.badge =
      failed === 0 ? undefined : { value: failed, tooltip: messages.failedBuilds(failed) };
    this.#show();
  }

  /**
   * Tells VS Code only of what it would show differently: most new models differ in nothing that the view shows. Two refreshes are
   * some time apart, because one that overtakes the one before it can leave open nodes without their children.
   */
  #refresh(roots: readonly TreeNode[]): void {
    if (isDeepStrictEqual(roots, this.#roots)) {
      return;
    }
    this.#roots = roots;
    this.#nextRefresh ??= setTimeout(() => {
      this.#nextRefresh = undefined;
      this.#changed.fire(undefined);
    }, refreshPauseMs);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem(oneLine(node.label), collapsibleStateOf(node));
    item.id = node.id;
    item.description = oneLine(node.description);
    item.tooltip = manyLines(node.tooltip);
    item.accessibilityInformation = { label: oneLine(node.accessibilityLabel) };
    item.iconPath =
      node.icon === "warning"
        ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
        : new vscode.ThemeIcon(node.icon);
    item.contextValue = contextValueOf(node);
    if (
      node.kind === "pluginMethod" ||
      node.kind === "interfaceMethod" ||
      node.kind === "leftOut"
    ) {
      item.command = {
        command: commandIds.goToSource,
        title: "Go to Source",
        arguments: [node],
      };
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.#nextRefresh);
    this.#store.dispose();
  }
}

/** What the menus of package.json tell nodes apart by. */
function contextValueOf(node: TreeNode): string {
  if (node.kind === "pluginMethod" && !node.isCallable) {
    return "uncallableMethod";
  }
  if (node.kind !== "plugin") {
    return node.kind;
  }
  if (!node.isCallable) {
    return "uncallablePlugin";
  }
  return `${node.isOpened ? "openedPlugin" : "plugin"}${node.hasChoice ? ".choice" : ""}`;
}

function collapsibleStateOf(node: TreeNode): vscode.TreeItemCollapsibleState {
  switch (node.kind) {
    case "crate":
    case "library":
    case "plugin":
      return vscode.TreeItemCollapsibleState.Expanded;
    case "interface":
      return vscode.TreeItemCollapsibleState.Collapsed;
    case "candidate":
    case "openedPackage":
    case "unmatched":
    case "pluginMethod":
    case "interfaceMethod":
    case "leftOut":
      return vscode.TreeItemCollapsibleState.None;
  }
}
