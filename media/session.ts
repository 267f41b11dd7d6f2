// Ties the store to the channel: requests out, PanelState, phases and outcomes in, drafts back and into the webview's own
// state, so that neither hiding, reloading nor a restart of the extension host loses what was typed.

import { batch } from "@preact/signals";
import type { MessageConnection } from "vscode-jsonrpc/browser";
import { isUnread } from "../src/codec/long/longResult.ts";
import { maximumDepthAdvice, setMaximumDepth } from "../src/codec/kinds/depth.ts";
import type { CallOutcome } from "../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../src/model/plugin.ts";
import { serveNotifications } from "../src/protocol/channel.ts";
import type { Draft } from "../src/protocol/draft.ts";
import {
  panelEvents,
  panelNotifications,
  panelRequests,
  type PanelState,
} from "../src/protocol/panel.ts";
import type { HistoryPlace } from "../src/protocol/panelHistory.ts";
import {
  createPanelStore,
  type ExtensionPort,
  type PanelStore,
  type ShownOutcome,
} from "./panelStore.ts";
import { hasSameTypes } from "./draft/sameTypes.ts";
import { closeInstanceEditor, followTypes } from "./instances/instanceEditor.ts";
import { invokeOrCancel } from "./request/invoke.ts";
import { RequestStore } from "./request/requestStore.ts";
import { bringResponseIntoView } from "./response/intoView.ts";
import { outcomeChange } from "./response/outcomeChange.ts";
import { connectToExtension, type VsCodeApi } from "./rpc.ts";
import { createSaver, isRequestOf, readSaved, type SavedState } from "./saver.ts";

export function connectPanel(api: VsCodeApi): PanelStore {
  const connection = connectToExtension(api);
  const notify = (send: Promise<void>) => {
    send.catch((error: unknown) => {
      panel.channelError.value = messageOf(error);
    });
  };
  const panel = createPanelStore({
    invoke: async (request) => {
      saver.flush();
      await connection.sendRequest(panelRequests.invoke, request);
    },
    cancel: () => {
      notify(connection.sendRequest(panelRequests.cancel).then(() => undefined));
    },
    ...hostFunctionPort(connection),
    pickFile: () => connection.sendRequest(panelRequests.pickFile),
    clipboard: () => connection.sendRequest(panelRequests.clipboard),
    pickFolder: () => connection.sendRequest(panelRequests.pickFolder),
    resultBytes: (atMs, from, length) =>
      connection.sendRequest(panelRequests.resultBytes, { atMs, from, length }),
    checkSerde: (question) => connection.sendRequest(panelRequests.checkSerde, question),
    exampleSerde: (place) => connection.sendRequest(panelRequests.exampleSerde, { place }),
    action: (id) => {
      saver.flush();
      notify(connection.sendNotification(panelEvents.action, { id }));
    },
    instance: (command) => {
      saver.flush();
      notify(
        connection.sendRequest(panelRequests.instance, command).then(() => {
          panel.isStarting.value = false;
        }),
      );
    },
    saveDraft: (draft) => {
      notify(connection.sendNotification(panelEvents.draftChanged, draft));
    },
    ...streamPort(connection, notify),
    ...eventPort(connection, notify),
  });
  const saver = createSaver(panel, api, (draft) => {
    notify(connection.sendNotification(panelEvents.draftChanged, draft));
  });

  serveNotifications(connection, panelNotifications, {
    stateChanged: (state) => {
      applyState(panel, state, api);
    },
    phaseChanged: (phase) => {
      batch(() => {
        panel.isStarting.value = false;
        panel.phase.value = phase;
      });
    },
    outcome: ({ outcome, atMs, call, isNews }) => {
      showOutcome(panel, outcome, atMs, { isNews, call });
    },
    argumentsOffered: ({ text }) => {
      panel.narrowTab.value = "request";
      panel.request.value?.takeText(text);
    },
    stream: (update) => {
      panel.stream.apply(update);
    },
    hostFunctions: (update) => {
      panel.hostFunctions.apply(update);
    },
    invokeRequested: ({ mode }) => {
      // A command asks for a call; it never ends one.
      if (!panel.isRunning.value) {
        invokeOrCancel(panel, mode);
      }
    },
  });
  connection.listen();
  begin(panel, connection, api);
  return panel;
}

function begin(panel: PanelStore, connection: MessageConnection, api: VsCodeApi): void {
  connection.sendRequest(panelRequests.ready).then(
    (state) => {
      applyState(panel, state, api);
      focusFirst();
      // While nobody waits for it: the first look at JSON is to be a quick one.
      requestIdleCallback(() => void import("./json/codeMirror.ts"));
    },
    (error: unknown) => {
      panel.channelError.value = messageOf(error);
    },
  );
}

/** What the page can ask of the extension about host functions. */
function hostFunctionPort(
  connection: MessageConnection,
): Pick<ExtensionPort, "hostFunctions" | "pickModule"> {
  return {
    hostFunctions: (command) => connection.sendRequest(panelRequests.hostFunctions, command),
    pickModule: () => connection.sendRequest(panelRequests.pickModule),
  };
}

/** What the page tells the extension without an answer. */
function eventPort(
  connection: MessageConnection,
  notify: (send: Promise<void>) => void,
): Pick<ExtensionPort, "openLocation" | "chooseInterface" | "copyText" | "history" | "keepResult"> {
  return {
    keepResult: (as) => {
      notify(connection.sendNotification(panelEvents.keepResult, { as }));
    },
    history: (command) => {
      notify(connection.sendNotification(panelEvents.history, command));
    },
    openLocation: (location) => {
      notify(connection.sendNotification(panelEvents.openLocation, location));
    },
    chooseInterface: (interfaceId) => {
      notify(connection.sendNotification(panelEvents.chooseInterface, { interfaceId }));
    },
    copyText: (text) => {
      notify(connection.sendNotification(panelEvents.copyText, { text }));
    },
  };
}

type StreamPort = Pick<
  ExtensionPort,
  | "showStream"
  | "streamCommand"
  | "streamSend"
  | "streamSendFile"
  | "streamValue"
  | "streamTexts"
  | "streamExport"
>;

/** What the page can ask of the extension about a stream. */
function streamPort(
  connection: MessageConnection,
  notify: (send: Promise<void>) => void,
): StreamPort {
  return {
    showStream: (target) => {
      notify(connection.sendNotification(panelEvents.showStream, target));
    },
    streamCommand: (command) => {
      notify(connection.sendNotification(panelEvents.streamCommand, command));
    },
    streamSend: (value) => connection.sendRequest(panelRequests.streamSend, { value }),
    streamSendFile: () => connection.sendRequest(panelRequests.streamSendFile),
    streamValue: (sequence) => connection.sendRequest(panelRequests.streamValue, { sequence }),
    streamTexts: (serial, sequences) =>
      connection.sendRequest(panelRequests.streamTexts, { serial, sequences }),
    streamExport: () => {
      notify(connection.sendNotification(panelEvents.streamExport, null));
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Takes over a whole state. The draft in it counts only for a method that is new here: else ours is the newer one. */
function applyState(panel: PanelStore, state: PanelState, api: VsCodeApi): void {
  const open = panel.request.value;
  if (open !== null && state.method !== null && !isRequestOf(open, state.plugin, state.method)) {
    open.settle(); // before the batch: the saver must see what was typed last for the method that goes
  }
  setMaximumDepth(state.maximumDepth, maximumDepthAdvice);
  batch(() => {
    const isFirst = panel.state.value === null;
    panel.state.value = state;
    panel.phase.value = state.phase;
    panel.hostFunctions.show(state.plugin, state.hostInterfaces);
    // A phase says that the call is under way, an obstacle that it will not be.
    if (state.phase.kind !== "idle" || state.obstacle !== null) {
      panel.isStarting.value = false;
    }
    const { plugin, method } = state;
    if (plugin !== null && method !== null) {
      showMethod(panel, plugin, method, state.draft, isFirst ? api.getState() : null);
      const request = panel.request.value;
      if (request !== null) {
        request.asksSerde = state.bridge?.isReady === true;
      }
      followTypes(panel);
      const editor = panel.instanceEditor.value;
      if (editor !== null) {
        editor.request.asksSerde = state.instances?.bridge?.isReady === true;
      }
    }
    if (state.lastOutcome !== null && state.lastOutcomeAtMs !== panel.outcome.value?.atMs) {
      // The outcome of a method before is no news when the panel turns to it.
      const isNews = !isFirst && state.lastCall === null;
      showOutcome(panel, state.lastOutcome, state.lastOutcomeAtMs, {
        isNews,
        call: state.lastCall,
      });
    }
    panel.call.value = state.lastCall;
  });
}

/** Opens the method's request, or keeps it when nothing about the method changed. `saved` is what setState kept. */
function showMethod(
  panel: PanelStore,
  plugin: PluginSchema,
  method: PluginMethod,
  draft: Draft,
  saved: unknown,
): void {
  const before = panel.request.value;
  if (before !== null && isRequestOf(before, plugin, method)) {
    if (!hasSameTypes(before, plugin, method)) {
      panel.request.value = before.withSchema(plugin, method);
      before.dispose();
    }
    return;
  }
  before?.dispose();
  closeInstanceEditor(panel);
  const ours = readSaved(saved, { pluginId: plugin.id, method: method.name });
  panel.stream.restoredItem = ours?.item ?? null;
  panel.hostFunctions.isOpen.value = ours?.showsHostFunctions ?? panel.hostFunctions.isOpen.value;
  panel.request.value = new RequestStore(plugin, method, ours?.draft ?? draft);
  panel.responseTab.value = ours?.responseTab ?? panel.responseTab.value;
  panel.isStarting.value = false;
  panel.outcome.value = null;
  showAsBefore(panel, ours);
}

/** The view as it was before a reload; for another method it begins anew. */
function showAsBefore(panel: PanelStore, saved: SavedState | null): void {
  panel.narrowTab.value = saved?.narrowTab ?? "request";
  panel.shell.value = saved?.shell ?? panel.shell.value;
  panel.showsCommandLine.value = saved?.showsCommandLine ?? panel.showsCommandLine.value;
  Object.assign(panel.dueScroll, saved?.scrolled);
}

/** The types of today do not explain what another interface gave. */
function explainedBy(
  panel: PanelStore,
  call: HistoryPlace | null,
): Pick<ShownOutcome, "plugin" | "method"> {
  const [state, request] = [panel.state.value, panel.request.value];
  return {
    plugin: state?.plugin ?? request?.plugin ?? null,
    method: call?.isOtherInterface === true ? null : (state?.method ?? request?.method ?? null),
  };
}

/** The calls that were made together with the one that is shown. */
function seriesAround(
  { series }: PanelStore,
  outcome: CallOutcome,
  call: HistoryPlace | null,
): PanelStore["series"]["value"] {
  const isOneOfThem = call !== null && series.value.some(({ id }) => id === call.id);
  return outcome.series ?? (isOneOfThem ? series.value : []);
}

function showOutcome(
  panel: PanelStore,
  outcome: CallOutcome,
  atMs: number | null,
  { isNews, call }: { readonly isNews: boolean; readonly call: HistoryPlace | null },
): void {
  const before = panel.outcome.value;
  batch(() => {
    panel.call.value = call;
    panel.isStarting.value = false;
    panel.phase.value = isNews ? { kind: "idle" } : panel.phase.value;
    panel.selectedPointer.value = "";
    panel.series.value = seriesAround(panel, outcome, call);
    panel.outcome.value = {
      outcome,
      atMs,
      isNews,
      change:
        isNews && before !== null ? outcomeChange(before.outcome.result, outcome.result) : null,
      before: isNews ? (before?.outcome.measurements ?? null) : null,
      serial: (before?.serial ?? 0) + 1,
      ...explainedBy(panel, call),
    };
    if (isNews) {
      panel.narrowTab.value = "response";
    }
    fetchLong(panel, outcome, atMs);
  });
  if (isNews) {
    requestAnimationFrame(bringResponseIntoView);
  }
}

/** Fetches a value that stayed unread, and lets go of the one before. */
function fetchLong(
  panel: PanelStore,
  { result, measurements }: CallOutcome,
  atMs: number | null,
): void {
  const shown = panel.outcome.value;
  const { outputBytes: total } = measurements;
  if (result.kind !== "ok" || !isUnread(result.value)) {
    panel.long.clear();
  } else if (atMs !== null && total !== undefined && shown !== null && shown.method !== null) {
    const types = shown.plugin?.types ?? {};
    panel.long.begin({ atMs, total, method: shown.method, types }).catch((error: unknown) => {
      panel.channelError.value = messageOf(error);
    });
  }
}

/** A new panel begins in its first field; without arguments, on Invoke. */
function focusFirst(): void {
  requestAnimationFrame(() => {
    const isIdle = document.activeElement === document.body || document.activeElement === null;
    if (isIdle) {
      document
        .querySelector<HTMLElement>(
          ".form input, .form textarea, .form select, vscode-button.invoke",
        )
        // What was scrolled to before a reload stays in view.
        ?.focus({ preventScroll: true });
    }
  });
}
