// Ties the store to the channel: requests out, PanelState, phases and outcomes in, drafts back and into the webview's own
// state, so that neither hiding, reloading nor a restart of the extension host loses what was typed.

import { batch, effect } from "@preact/signals";
import type { MessageConnection } from "vscode-jsonrpc/browser";
import { maximumDepthAdvice, setMaximumDepth } from "../src/codec/kinds/depth.ts";
import type { CallOutcome } from "../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../src/model/plugin.ts";
import { serveNotifications } from "../src/protocol/channel.ts";
import type { JsonObject } from "../src/model/value.ts";
import { nestsDeeper, storedLevels } from "../src/model/nesting.ts";
import type { MethodTarget } from "../src/protocol/lsp.ts";
import type { Draft } from "../src/protocol/draft.ts";
import {
  panelEvents,
  panelNotifications,
  panelRequests,
  type PanelState,
} from "../src/protocol/panel.ts";
import {
  createPanelStore,
  type ExtensionPort,
  type PanelStore,
  type ResponseTab,
} from "./panelStore.ts";
import { hasSameTypes } from "./draft/sameTypes.ts";
import { closeInstanceEditor, followTypes } from "./instances/instanceEditor.ts";
import { invokeOrCancel } from "./request/invoke.ts";
import { RequestStore } from "./request/requestStore.ts";
import { bringResponseIntoView } from "./response/intoView.ts";
import { outcomeChange } from "./response/outcomeChange.ts";
import { connectToExtension, type VsCodeApi } from "./rpc.ts";

const saveDelayMs = 200;

/** What setState keeps. `target` names the method, for the extension's serializer. */
export interface SavedState {
  readonly target: MethodTarget;
  readonly draft: Draft;
  readonly responseTab: ResponseTab;
  /** The next item of a stream's input, as far as it is written. */
  readonly item?: JsonObject | null;
  /** The section on host functions is open. */
  readonly showsHostFunctions?: boolean;
}

export function connectPanel(api: VsCodeApi): PanelStore {
  const connection = connectToExtension(api);
  const notify = (send: Promise<void>) => {
    send.catch((error: unknown) => {
      panel.channelError.value = messageOf(error);
    });
  };
  const panel = createPanelStore({
    invoke: async (args, mode) => {
      saver.flush();
      await connection.sendRequest(panelRequests.invoke, { arguments: args, mode });
    },
    cancel: () => {
      notify(connection.sendRequest(panelRequests.cancel).then(() => undefined));
    },
    ...hostFunctionPort(connection),
    pickFile: () => connection.sendRequest(panelRequests.pickFile),
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
    outcome: ({ outcome, atMs }) => {
      showOutcome(panel, outcome, atMs, true);
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
): Pick<ExtensionPort, "openLocation" | "chooseInterface" | "copyText"> {
  return {
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
      showOutcome(panel, state.lastOutcome, state.lastOutcomeAtMs, !isFirst);
    }
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
  panel.narrowTab.value = "request";
}

function isRequestOf(
  request: RequestStore,
  plugin: PluginSchema | null,
  method: PluginMethod,
): boolean {
  return request.plugin.id === plugin?.id && request.method.name === method.name;
}

function showOutcome(
  panel: PanelStore,
  outcome: CallOutcome,
  atMs: number | null,
  isNews: boolean,
): void {
  const before = panel.outcome.value;
  batch(() => {
    panel.isStarting.value = false;
    panel.phase.value = isNews ? { kind: "idle" } : panel.phase.value;
    panel.selectedPointer.value = "";
    panel.outcome.value = {
      outcome,
      atMs,
      isNews,
      change:
        isNews && before !== null ? outcomeChange(before.outcome.result, outcome.result) : null,
      serial: (before?.serial ?? 0) + 1,
      plugin: panel.state.value?.plugin ?? panel.request.value?.plugin ?? null,
      method: panel.state.value?.method ?? panel.request.value?.method ?? null,
    };
    if (isNews) {
      panel.narrowTab.value = "response";
    }
  });
  if (isNews) {
    requestAnimationFrame(bringResponseIntoView);
  }
}

function readSaved(saved: unknown, target: MethodTarget): SavedState | null {
  const state = saved as Partial<SavedState> | null | undefined;
  const isOurs =
    state?.target?.pluginId === target.pluginId && state.target.method === target.method;
  return isOurs && state.draft !== undefined
    ? {
        target,
        draft: state.draft,
        responseTab: state.responseTab ?? "value",
        item: state.item ?? null,
        showsHostFunctions: state.showsHostFunctions ?? false,
      }
    : null;
}

interface Saver {
  flush(): void;
}

/** Saves a short while after each edit, and at once when the page is left or the method is called. */
function createSaver(panel: PanelStore, api: VsCodeApi, send: (draft: Draft) => void): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: (() => void) | undefined;
  const flush = () => {
    clearTimeout(timer);
    pending?.();
    pending = undefined;
  };
  let lastSent: Draft | undefined;
  let lastStore: RequestStore | null = null;
  effect(() => {
    const request = panel.request.value;
    const responseTab = panel.responseTab.value;
    if (request === null) {
      return;
    }
    const draft = request.draft.value;
    const showsHostFunctions = panel.hostFunctions.isOpen.value;
    const item = panel.stream.composer.value?.draft.value.arguments ?? null;
    if (lastStore !== request) {
      // What was just typed for the method before belongs to that one, and is not lost.
      flush();
      // What a method begins with is known to the extension already; what an edit of its source made of it is not.
      if (lastStore === null || !isRequestOf(lastStore, request.plugin, request.method)) {
        lastSent = draft;
      }
      lastStore = request;
    }
    pending = () => {
      const target = { pluginId: request.plugin.id, method: request.method.name };
      const shown = { responseTab, item, showsHostFunctions };
      const saved: SavedState = { target, draft, ...shown };
      // What VS Code keeps, it keeps as JSON; a deeper draft is with the extension.
      api.setState(nestsDeeper(saved, storedLevels) ? { target } : saved);
      if (draft !== lastSent) {
        lastSent = draft;
        send(draft);
      }
    };
    clearTimeout(timer);
    timer = setTimeout(flush, saveDelayMs);
  });
  const leave = () => {
    panel.request.value?.settle();
    panel.hostFunctions.flush();
    flush();
  };
  window.addEventListener("pagehide", leave);
  window.addEventListener("blur", leave);
  document.addEventListener("visibilitychange", leave);
  return {
    flush: () => {
      flush();
      panel.hostFunctions.flush();
    },
  };
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
        ?.focus();
    }
  });
}
