// The Plugins view: what the server found in the sources, with Invoke beside every method. Needs no build.

import { manyLines, oneLine } from "../../model/foreignText.ts";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { DisposableStore } from "../../model/disposable.ts";
import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import type { ProjectClient } from "../projectClient.ts";
import type { Trust } from "../platform/trust.ts";
import type { OpenedLibraries } from "../libraries/openedLibraries.ts";
import type { TreeNode } from "./treeNode.ts";
import { treeNodes } from "./treeNodes.ts";

export class PluginTree implements vscode.TreeDataProvider<TreeNode> {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<undefined>());
  #roots: readonly TreeNode[];

  constructor(project: ProjectClient, opened: OpenedLibraries, trust: Trust) {
    this.#roots = treeNodes(project.model, opened.list);
    const view = this.#store.add(
      vscode.window.createTreeView("fidius.plugins", {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    const showTrust = (): void => {
      // An empty view says it in its welcome text.
      const isMessageDue = !trust.isTrusted && project.model.plugins.length > 0;
      view.message = isMessageDue ? messages.treeRestricted : "";
    };
    this.#store.add(
      project.onDidChangeModel(() => {
        showTrust();
        this.#refresh(treeNodes(project.model, opened.list));
      }),
    );
    this.#store.add(trust.onDidGrant(showTrust));
  }

  readonly onDidChangeTreeData: vscode.Event<undefined> = this.#changed.event;

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node === undefined ? this.#roots : node.children)];
  }

  /**
   * Tells VS Code only of what it would show differently: most new models differ in nothing that the view shows, and a refresh
   * that overtakes the one before it can leave open nodes without their children.
   */
  #refresh(roots: readonly TreeNode[]): void {
    if (!isDeepStrictEqual(roots, this.#roots)) {
      this.#roots = roots;
      this.#changed.fire(undefined);
    }
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
