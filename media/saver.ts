// Keeps what the page shows where a reload finds it: the draft with the extension, draft and view in the webview's own state.

import { effect } from "@preact/signals";
import type { PluginMethod, PluginSchema } from "../src/model/plugin.ts";
import type { JsonObject } from "../src/model/value/value.ts";
import { nestsDeeper, storedLevels } from "../src/model/text/nesting.ts";
import type { Shell } from "../src/copyAs/shell.ts";
import type { MethodTarget } from "../src/protocol/lsp.ts";
import type { Draft } from "../src/protocol/draft.ts";
import type { NarrowTab, PanelStore, ResponseTab, ScrolledPanes } from "./panelStore.ts";
import type { RequestStore } from "./request/requestStore.ts";
import type { VsCodeApi } from "./rpc.ts";

const saveDelayMs = 200;

/** What setState keeps. `target` names the method, for the extension's serializer. */
export interface SavedState {
  readonly target: MethodTarget;
  readonly draft: Draft;
  readonly responseTab: ResponseTab;
  readonly narrowTab?: NarrowTab;
  readonly scrolled?: ScrolledPanes;
  /** The next item of a stream's input, as far as it is written. */
  readonly item?: JsonObject | null;
  /** The section on host functions is open. */
  readonly showsHostFunctions?: boolean;
  readonly shell?: Shell;
  readonly showsCommandLine?: boolean;
}

export function isRequestOf(
  request: RequestStore,
  plugin: PluginSchema | null,
  method: PluginMethod,
): boolean {
  return request.plugin.id === plugin?.id && request.method.name === method.name;
}

export function readSaved(saved: unknown, target: MethodTarget): SavedState | null {
  const state = saved as Partial<SavedState> | null | undefined;
  const isOurs =
    state?.target?.pluginId === target.pluginId && state.target.method === target.method;
  return isOurs && state.draft !== undefined
    ? {
        target,
        draft: state.draft,
        responseTab: state.responseTab ?? "value",
        narrowTab: state.narrowTab ?? "request",
        scrolled: state.scrolled ?? { page: 0, request: 0, response: 0 },
        item: state.item ?? null,
        showsHostFunctions: state.showsHostFunctions ?? false,
        ...(state.shell === undefined ? {} : { shell: state.shell }),
        showsCommandLine: state.showsCommandLine ?? false,
      }
    : null;
}

interface Saver {
  flush(): void;
}

/** Saves a short while after each edit, and at once when the page is left or the method is called. */
export function createSaver(
  panel: PanelStore,
  api: VsCodeApi,
  send: (draft: Draft) => void,
): Saver {
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
    const narrowTab = panel.narrowTab.value;
    const scrolled = panel.scrolled.value;
    if (request === null) {
      return;
    }
    const draft = request.draft.value;
    const showsHostFunctions = panel.hostFunctions.isOpen.value;
    const shell = panel.shell.value;
    const showsCommandLine = panel.showsCommandLine.value;
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
      const view = { responseTab, narrowTab, scrolled, item, showsHostFunctions };
      const shown = { ...view, shell, showsCommandLine };
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
