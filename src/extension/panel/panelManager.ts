// Opens the invoke panel, turns it to another method when a lens is clicked, and brings it back after a reload. There is one
// preview panel; a restored one becomes it.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { KeyValueStore } from "../platform/keyValueStore.ts";
import { methodKey } from "../methodKey.ts";
import type { InvokeMode } from "../../protocol/panel.ts";
import { asMethodTarget } from "../targets.ts";
import { InvokePanel } from "./invokePanel.ts";
import { panelOptions } from "./panelHtml.ts";
import type { PanelController } from "./panelController.ts";
import type { PanelServices } from "./panelServices.ts";

const panelViewType = "fidius.invoke";
const targetKey = "fidius.panelTarget";

export interface ShowOptions {
  /** Press Invoke, or Debug, once the page has checked the arguments. */
  readonly invoke: InvokeMode | null;
  /** Leave the focus in the editor. */
  readonly preserveFocus: boolean;
}

export class PanelManager implements vscode.WebviewPanelSerializer {
  readonly #services: PanelServices;
  readonly #state: KeyValueStore;
  readonly #store = new DisposableStore();
  #preview: InvokePanel | undefined;

  constructor(services: PanelServices, state: KeyValueStore) {
    this.#services = services;
    this.#state = state;
    this.#store.add(vscode.window.registerWebviewPanelSerializer(panelViewType, this));
  }

  /** Shows the method in the preview panel, beside the editor when it is opened now. */
  show(target: MethodTarget, { invoke, preserveFocus }: ShowOptions): void {
    const isOpen = this.#preview !== undefined;
    const panel = this.#preview ?? this.#open(target, preserveFocus);
    panel.show(target);
    void this.#state.update(targetKey, target);
    if (isOpen) {
      panel.reveal(preserveFocus);
    }
    if (invoke !== null) {
      panel.requestInvoke(invoke);
    }
  }

  /** Debugs the method with these arguments, else with those of its form. */
  debug(target: MethodTarget, argumentsText: string | undefined): void {
    this.show(target, { invoke: null, preserveFocus: false });
    if (argumentsText !== undefined) {
      this.#preview?.offerArguments(argumentsText);
    }
    this.#preview?.requestInvoke("debug");
  }

  /** Shows the method of a remembered call and does something with it there. */
  async showCall(
    { id, pluginId, method }: CallSummary,
    act: (id: string, panel: PanelController, services: PanelServices) => Promise<void>,
  ): Promise<void> {
    this.show({ pluginId, method }, { invoke: null, preserveFocus: false });
    if (this.#preview !== undefined) {
      await act(id, this.#preview, this.#services);
    }
  }

  /** The panel, when it is this method that it shows. */
  showing(target: MethodTarget): PanelController | undefined {
    const panel = this.#preview;
    return panel !== undefined && methodKey(panel.target) === methodKey(target) ? panel : undefined;
  }

  /** Whether arguments were typed for a method. */
  hasArguments(target: MethodTarget): boolean {
    return this.#services.drafts.get(methodKey(target)).arguments !== null;
  }

  /** Called by VS Code after a reload. Nothing is built or called by it. */
  deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = (state as { readonly target?: unknown } | null | undefined)?.target;
    const target = asMethodTarget(saved) ?? asMethodTarget(this.#state.get(targetKey));
    if (target === undefined || this.#preview !== undefined) {
      webviewPanel.dispose();
    } else {
      this.#adopt(webviewPanel, target);
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #open(target: MethodTarget, preserveFocus: boolean): InvokePanel {
    const panel = vscode.window.createWebviewPanel(
      panelViewType,
      "Invoke",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
      { ...panelOptions(this.#services.mediaFolder), enableFindWidget: true },
    );
    return this.#adopt(panel, target);
  }

  #adopt(webviewPanel: vscode.WebviewPanel, target: MethodTarget): InvokePanel {
    // Pictures, not a ThemeIcon: the oldest supported VS Code takes none here.
    const { mediaFolder } = this.#services;
    webviewPanel.iconPath = {
      light: vscode.Uri.joinPath(mediaFolder, "tab-light.svg"),
      dark: vscode.Uri.joinPath(mediaFolder, "tab-dark.svg"),
    };
    const panel = new InvokePanel(webviewPanel, target, this.#services);
    this.#preview = panel;
    this.#store.add(panel);
    const closed = this.#store.add(
      webviewPanel.onDidDispose(() => {
        this.#preview = undefined;
        this.#store.delete(panel);
        this.#store.delete(closed);
      }),
    );
    return panel;
  }
}
