// What the page may ask of the extension, one handler each; a missing one does not compile.

import * as vscode from "vscode";
import { packageFolderOf } from "../../calls/packageFolder.ts";
import type { Disposable, MessageConnection } from "vscode-jsonrpc/node";
import { serveNotifications, serveRequests, type RequestHandlers } from "../../protocol/channel.ts";
import type { SerdePlace } from "../../protocol/panelBridge.ts";
import {
  panelEvents,
  panelRequests,
  type PanelActionId,
  type ResultDocument,
} from "../../protocol/panel.ts";
import { panelEventChecks, panelRequestChecks } from "../../protocol/panelChecks.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import { addAsyncFeature } from "../asyncFeature.ts";
import type { BridgeSubject } from "../bridge/bridgeService.ts";
import { checkSerde, exampleSerde } from "../bridge/serdeQuestions.ts";
import { PanelItems } from "../bridge/streamItems.ts";
import { commandIds } from "../commandIds.ts";
import { goToLocation, goToSpan } from "../goTo.ts";
import { methodKey } from "../methodKey.ts";
import { runHistoryCommand } from "../history/panelCommands.ts";
import { invoke, invokeAgain } from "../invoke/panelRuns.ts";
import type { PanelController } from "./panelController.ts";
import { runInstanceCommand } from "./instanceCommands.ts";
import { keepResult } from "./keptResult.ts";
import { panelMessages } from "./panelMessages.ts";
import type { PanelServices } from "./panelServices.ts";
import type { FoundMethod } from "./panelState.ts";
import { exportItems, sendFile } from "./streamFiles.ts";
import { showErrorMessage } from "../platform/notify.ts";

/** Binds all handlers; dispose what it returns to unbind them. */
export function bindPanelHandlers(
  connection: MessageConnection,
  panel: PanelController,
  services: PanelServices,
): readonly Disposable[] {
  return [
    ...serveRequests(
      connection,
      panelRequests,
      {
        ready: () => panel.ready(),
        ...callHandlers(panel, services),
        pickFile: () => pickFile(panel, services),
        pickFolder: () => pickFolder(panel),
        clipboard: async () => vscode.env.clipboard.readText(),
        hostFunctions: (command) => panel.hostFunctions.run(command),
        pickModule: () => panel.hostFunctions.pickModule(),
        checkSerde: (question) =>
          askSerde(panel, services, question.place, (method, open) =>
            checkSerde(method, question, open),
          ),
        exampleSerde: ({ place }) =>
          askSerde(panel, services, place, (method, open) => exampleSerde(method, place, open)),
        streamSend: ({ value }) => itemsOf(panel, services)?.send(value) ?? null,
        streamSendFile: () => sendItems(panel, services),
        streamValue: ({ sequence }) => itemsOf(panel, services)?.value(sequence) ?? null,
        streamTexts: ({ serial, sequences }) =>
          panel.stream.current?.serial === serial
            ? (itemsOf(panel, services)?.rowTexts(sequences) ?? [])
            : [],
        resultBytes: (wanted) => resultBytes(panel, services, wanted),
      },
      panelRequestChecks,
    ),
    ...serveNotifications(
      connection,
      panelEvents,
      {
        draftChanged: (draft) => {
          const key = draft.key ?? methodKey(panel.target);
          const before = services.drafts.get(key).options;
          services.drafts.set(key, draft);
          if (JSON.stringify(draft.options) !== JSON.stringify(before)) {
            // Another profile has another library.
            panel.refresh();
          }
        },
        action: ({ id }) => {
          void runAction(id, panel, services);
        },
        openLocation: (location) => {
          const folder = panel.found?.plugin.crate.workspaceRoot ?? "";
          void goToLocation(location, folder, vscode.ViewColumn.One);
        },
        showStream: (target) => {
          void vscode.commands.executeCommand(commandIds.invoke, target);
        },
        streamCommand: (command) => {
          panel.stream.current?.command(command);
        },
        streamExport: () => {
          void exportStream(panel, services);
        },
        chooseInterface: ({ interfaceId }) => {
          void chooseInterface(panel, services, interfaceId);
        },
        history: (command) => {
          void runHistoryCommand(command, panel, services);
        },
        keepResult: ({ as }) => {
          void keepShown(panel, services, as);
        },
        copyText: ({ text }) => {
          void vscode.env.clipboard.writeText(text);
        },
      },
      panelEventChecks,
      refusedBy(services),
    ),
  ];
}

/** What starts and ends something. */
function callHandlers(
  panel: PanelController,
  services: PanelServices,
): Pick<RequestHandlers<typeof panelRequests>, "invoke" | "cancel" | "instance"> {
  return {
    invoke: ({ arguments: values, ...how }) => {
      void invoke(panel, services, values, how);
      return null;
    },
    cancel: () => {
      panel.session.cancel();
      return null;
    },
    instance: async (command) => {
      await runInstanceCommand(command, panel, services);
      return null;
    },
  };
}

function refusedBy({ log }: PanelServices): (method: string) => void {
  return (method) => {
    log.warn(`the panel's page sent ${method} in a form that it does not have`);
  };
}

async function readyBridge(
  { plugin }: FoundMethod,
  { bridges }: PanelServices,
): Promise<OpenBridge | undefined> {
  return (await bridges.isReady(plugin)) ? bridges.opener(plugin, () => undefined) : undefined;
}

async function keepShown(
  { target, found }: PanelController,
  { outcomes, log }: PanelServices,
  as: ResultDocument,
): Promise<void> {
  const last = outcomes.get(methodKey(target));
  try {
    await (last && found && keepResult(last.outcome.result, found, as));
  } catch (error) {
    log.error("the result was neither saved nor opened", error);
  }
}

/** Bytes of the result that is shown; null when another one took its place. */
function resultBytes(
  { target }: PanelController,
  { outcomes }: PanelServices,
  { atMs, from, length }: { readonly atMs: number; readonly from: number; readonly length: number },
): Uint8Array | null {
  const last = outcomes.get(methodKey(target));
  const result = last?.atMs === atMs ? last.outcome.result : undefined;
  // A copy: what travels has a buffer of its own.
  return result?.kind === "ok" ? result.bytes.slice(from, from + length) : null;
}

/** Asks a bridge that is built; building it is asked for by a button of its own. */
async function askSerde(
  { found }: PanelController,
  { bridges }: PanelServices,
  place: SerdePlace,
  ask: (method: MethodSchema, open: OpenBridge) => Promise<string | null>,
): Promise<string | null> {
  const subject = place === "configuration" ? "configuration" : "interface";
  const open = found && bridges.opener(found.plugin, () => undefined, subject);
  return found !== undefined && open !== undefined && (await bridges.isReady(found.plugin, subject))
    ? ask(found.method, open)
    : null;
}

/** Builds a bridge; with that of the method's interface a result that is shown as bytes is read. */
function askCompiler(
  panel: PanelController,
  { drafts, outcomes, trust }: PanelServices,
  subject: BridgeSubject = "interface",
): void {
  if (!trust.require() || panel.session.isRunning) {
    return;
  }
  const key = methodKey(panel.target);
  void panel.session.invoke({
    arguments: panel.session.lastRequest?.arguments ?? drafts.get(key).arguments ?? {},
    timeoutMs: null,
    asksCompiler: {
      last: subject === "interface" ? outcomes.get(key)?.outcome : undefined,
      subject,
    },
  });
}

async function chooseInterface(
  { found, session }: PanelController,
  services: PanelServices,
  interfaceId: string,
): Promise<void> {
  try {
    if (found !== undefined && !session.isRunning) {
      await services.chooseInterface(found.plugin, interfaceId);
    }
  } catch (error) {
    services.log.error("the interface was not chosen", error);
  }
}

/** The items of the stream that is shown, with the bridge as it is. */
function itemsOf(
  { stream: { current }, found }: PanelController,
  services: PanelServices,
): PanelItems | undefined {
  return current === undefined || found === undefined
    ? undefined
    : new PanelItems(current, found.plugin, () => readyBridge(found, services));
}

function sendItems(panel: PanelController, services: PanelServices): Promise<string | null> | null {
  const items = itemsOf(panel, services);
  return items === undefined ? null : sendFile(items, panel.found);
}

async function exportStream(panel: PanelController, services: PanelServices): Promise<void> {
  const { current } = panel.stream;
  const items = itemsOf(panel, services);
  if (current === undefined || items === undefined || panel.found === undefined) {
    return;
  }
  try {
    await exportItems(current, items, panel.found);
  } catch (error) {
    services.log.error("the stream's items were not written", error);
    const reason = error instanceof Error ? error.message : String(error);
    await showErrorMessage(panelMessages.notExported(reason));
  }
}

async function pickFile(
  panel: PanelController,
  { files: consent }: PanelServices,
): Promise<string | null> {
  const { found } = panel;
  const folder = found === undefined ? undefined : packageFolderOf(found.plugin);
  const files = await vscode.window.showOpenDialog({
    canSelectMany: false,
    openLabel: panelMessages.useFile,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(folder) }),
  });
  const file = files?.[0]?.fsPath ?? null;
  if (file !== null) {
    consent.choose(file);
  }
  return file;
}

async function pickFolder({ found }: PanelController): Promise<string | null> {
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: panelMessages.useFolder,
    ...(found === undefined ? {} : { defaultUri: vscode.Uri.file(packageFolderOf(found.plugin)) }),
  });
  return folders?.[0]?.fsPath ?? null;
}

type Action = (panel: PanelController, services: PanelServices) => void | Promise<void>;

const run =
  (command: string): Action =>
  async () => {
    await vscode.commands.executeCommand(command);
  };

const actions: Readonly<Record<PanelActionId, Action>> = {
  addAsyncFeature: async ({ target }, { project }) => {
    await addAsyncFeature(target.pluginId, project);
  },
  showLog: run(commandIds.showLog),
  showProblems: run("workbench.actions.view.problems"),
  showPluginOutput: (_panel, { pluginOutput }) => {
    pluginOutput.show();
  },
  manageTrust: (_panel, { trust }) => trust.manage(),
  openSettings: async () => {
    await vscode.commands.executeCommand("workbench.action.openSettings", "fidius.");
  },
  goToImpl: async ({ found }) => {
    if (found !== undefined) {
      await goToSpan(found.method.nameSpan, vscode.ViewColumn.One);
    }
  },
  goToTrait: async ({ found }) => {
    if (found?.method.traitSpan !== undefined) {
      await goToSpan(found.method.traitSpan, vscode.ViewColumn.One);
    }
  },
  buildPlugin: async ({ target }) => {
    await vscode.commands.executeCommand(commandIds.buildPlugin, { pluginId: target.pluginId });
  },
  restartHost: run(commandIds.restartHost),
  invokeWithoutLimit: (panel, services) => {
    invokeAgain(panel, services, { hasLimit: false });
  },
  invokeDebugged: (panel, services) => {
    invokeAgain(panel, services, { mode: "debug" });
  },
  focusDebugger: run("workbench.view.debug"),
  askCompiler: (panel, services) => {
    askCompiler(panel, services);
  },
  askCompilerOfConfiguration: (panel, services) => {
    askCompiler(panel, services, "configuration");
  },
  invokeWithBacktrace: (panel, services) => {
    invokeAgain(panel, services, { environment: { RUST_BACKTRACE: "1" } });
  },
};

async function runAction(
  id: PanelActionId,
  panel: PanelController,
  services: PanelServices,
): Promise<void> {
  try {
    await actions[id](panel, services);
  } catch (error) {
    services.log.error(`the panel's action ${id} failed`, error);
  }
}
