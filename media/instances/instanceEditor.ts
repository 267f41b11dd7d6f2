// The configuration that is being written: of a new instance, or another one for an instance that there is. It is a request of
// its own, whose only argument is the configuration.

import { effect, signal, type Signal } from "@preact/signals";
import { configurationArgument, configureMethod } from "../../src/model/instance.ts";
import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import type { Draft } from "../../src/protocol/draft.ts";
import type { PanelInstance } from "../../src/protocol/panelInstances.ts";
import type { PanelStore } from "../panelStore.ts";
import { hasSameTypes } from "../draft/sameTypes.ts";
import { focusProblem } from "../request/focusProblem.ts";
import { RequestStore } from "../request/requestStore.ts";
import type { InstanceEditor } from "./editorState.ts";

const emptyDraft: Draft = { arguments: null, jsonText: null, tab: "form", timeoutSeconds: null };

/** Opens the editor: with what was written before for a new instance, with the instance's own configuration for another. */
export function openInstanceEditor(panel: PanelStore, changed: PanelInstance | null): void {
  const plugin = pluginOf(panel);
  const method = plugin === null ? undefined : methodOf(plugin);
  if (plugin === null || method === undefined) {
    return;
  }
  const request = new RequestStore(plugin, method, draftOf(panel, changed));
  request.asksSerde = panel.state.value?.instances?.bridge?.isReady === true;
  closeInstanceEditor(panel);
  edit(panel, changed?.id ?? null, signal(changed?.name ?? ""), request);
  panel.narrowTab.value = "request";
}

function edit(
  panel: PanelStore,
  id: string | null,
  name: Signal<string>,
  request: RequestStore,
): void {
  const stopSaving = id === null ? saveDraft(panel, request) : (): void => undefined;
  panel.instanceEditor.value = {
    id,
    name,
    request,
    dispose: () => {
      request.settle();
      stopSaving();
      request.dispose();
    },
  };
}

/** The source gives the configuration other types now: what is written stays. */
export function followTypes(panel: PanelStore): void {
  const editor = panel.instanceEditor.value;
  const plugin = pluginOf(panel);
  const method = plugin === null ? undefined : methodOf(plugin);
  if (editor === null || plugin === null || method === undefined) {
    return;
  }
  if (!hasSameTypes(editor.request, plugin, method)) {
    const next = editor.request.withSchema(plugin, method);
    editor.dispose();
    edit(panel, editor.id, editor.name, next);
  }
}

function pluginOf(panel: PanelStore): PluginSchema | null {
  return panel.state.value?.plugin ?? panel.request.value?.plugin ?? null;
}

function draftOf(panel: PanelStore, changed: PanelInstance | null): Draft {
  return changed === null
    ? (panel.state.value?.instances?.draft ?? emptyDraft)
    : { ...emptyDraft, arguments: { [configurationArgument]: changed.configuration } };
}

export function closeInstanceEditor(panel: PanelStore): void {
  panel.instanceEditor.value?.dispose();
  panel.instanceEditor.value = null;
}

/** Sends the configuration when it fits; else shows what does not. False when there is something to mend. */
export function submitInstance(panel: PanelStore, editor: InstanceEditor): boolean {
  const { request } = editor;
  request.settle();
  if (request.textProblems.value.length > 0) {
    request.tab.value = "json";
    request.focusText.value++;
    return false;
  }
  if (request.problems.value.size > 0) {
    request.hasTriedInvoke.value = true;
    focusProblem(panel, request, [...request.problems.value.keys()][0] ?? "");
    return false;
  }
  const configuration = request.draft.value.arguments?.[configurationArgument] ?? null;
  panel.extension.instance(
    editor.id === null
      ? { kind: "add", name: editor.name.value, configuration }
      : { kind: "change", id: editor.id, configuration },
  );
  panel.isStarting.value = true;
  closeInstanceEditor(panel);
  return true;
}

function methodOf(plugin: PluginSchema): PluginMethod | undefined {
  const method = configureMethod(plugin);
  return method === undefined ? undefined : { ...method, slot: -1 };
}

function saveDraft(panel: PanelStore, request: RequestStore): () => void {
  const key = panel.state.value?.instances?.draft.key;
  let isFirst = true;
  return effect(() => {
    const draft = request.draft.value;
    if (!isFirst && key !== undefined) {
      panel.extension.saveDraft({ ...draft, key });
    }
    isFirst = false;
  });
}
