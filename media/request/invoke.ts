// Pressing Invoke: settles the two sides, and either sends the arguments or leads to what stands in the way.

import { readRunOptions } from "../../src/model/runOptions.ts";
import type { Repetition } from "../../src/model/repetition.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import type { InvokeMode, InvokeRequest } from "../../src/protocol/panel.ts";
import { openInstanceEditor, submitInstance } from "../instances/instanceEditor.ts";
import { fieldId } from "../form/fieldState.ts";
import type { AnswerForm } from "../hostFunctions/answerForm.ts";
import { focusProblem } from "./focusProblem.ts";
import type { PanelStore } from "../panelStore.ts";
import type { RequestStore } from "./requestStore.ts";

/** Invokes, or cancels when something runs: what the button, its key and the command do. */
export function invokeOrCancel(panel: PanelStore, mode: InvokeMode): void {
  if (panel.isRunning.value) {
    panel.extension.cancel();
  } else {
    invokeOnce(panel, { mode });
  }
}

/** Invokes again and again, for the times. */
export function invokeRepeatedly(panel: PanelStore, repetition: Repetition): void {
  if (!panel.isRunning.value) {
    invokeOnce(panel, { mode: "run", repetition });
  }
}

/** Invokes once with each of these, whatever the form has. */
export function invokeLimits(panel: PanelStore, sets: readonly JsonObject[]): void {
  const request = openRequest(panel);
  if (request !== null && isSetUp(panel, request)) {
    void send(panel, { arguments: {}, mode: "run", sets });
  }
}

type How = Omit<InvokeRequest, "arguments">;

function invokeOnce(panel: PanelStore, how: How): void {
  const request = openRequest(panel);
  if (request === null) {
    return;
  }
  if (request.textProblems.value.length > 0) {
    panel.narrowTab.value = "request";
    request.tab.value = "json";
    request.focusText.value++;
    return;
  }
  if (request.problems.value.size > 0) {
    request.hasTriedInvoke.value = true;
    focusProblem(panel, request, [...request.problems.value.keys()][0] ?? "");
    return;
  }
  request.hasTriedInvoke.value = false;
  if (isSetUp(panel, request)) {
    const { arguments: values, seed } = request.draft.value;
    void send(panel, { arguments: values ?? {}, ...how, ...(seed === undefined ? {} : { seed }) });
  }
}

/** The request, where nothing but what is written in it can be in the way; it leads to what is. */
function openRequest(panel: PanelStore): RequestStore | null {
  if (panel.isRunning.value || configureFirst(panel)) {
    return null;
  }
  const request = panel.request.value;
  if (request === null || panel.state.value?.plugin === null) {
    return null;
  }
  request.settle();
  if ((panel.state.value?.obstacle ?? null) !== null) {
    document.getElementById("obstacle")?.querySelector("button")?.focus();
    return null;
  }
  return request;
}

/** Whether all beside the arguments is right; if not, it leads there. */
function isSetUp(panel: PanelStore, request: RequestStore): boolean {
  const [option] = readRunOptions(request.options.value).problems.keys();
  const unanswered = panel.hostFunctions.incomplete;
  if (option !== undefined) {
    leadToOption(panel, request, option);
  } else if (unanswered !== undefined) {
    leadToAnswer(panel, unanswered);
  }
  return option === undefined && unanswered === undefined;
}

function leadToOption(panel: PanelStore, request: RequestStore, option: string): void {
  panel.narrowTab.value = "request";
  request.showsOptions.value = true;
  requestAnimationFrame(() => {
    document.getElementById(`option-${option}`)?.focus();
  });
}

/** The file has another answer than the one that is shown, which is not complete. */
function leadToAnswer(panel: PanelStore, form: AnswerForm): void {
  panel.narrowTab.value = "request";
  panel.hostFunctions.isOpen.value = true;
  form.value.hasTriedInvoke.value = true;
  const [pointer = form.pointer] = form.value.problems.value.keys();
  form.value.revealPlace(pointer);
  requestAnimationFrame(() => {
    const places = [fieldId(pointer, "input"), fieldId(form.pointer, "module")];
    const shown = places.flatMap((id) => document.getElementById(id) ?? []);
    const group = document.querySelector(`[data-host-function="${CSS.escape(form.place)}"]`);
    const target = shown[0] ?? group?.querySelector<HTMLElement>("input, textarea, button");
    target?.focus();
  });
}

/** Whether a configuration comes first: one that is being written, or the first one of a plugin that takes one. */
function configureFirst(panel: PanelStore): boolean {
  const editor = panel.instanceEditor.value;
  if (editor !== null) {
    submitInstance(panel, editor);
    return true;
  }
  const instances = panel.state.value?.instances ?? null;
  if (instances?.selected !== null) {
    return false;
  }
  openInstanceEditor(panel, null);
  return true;
}

async function send(panel: PanelStore, request: InvokeRequest): Promise<void> {
  panel.isStarting.value = true;
  panel.channelError.value = null;
  panel.narrowTab.value = "response";
  try {
    await panel.extension.invoke(request);
  } catch (error) {
    panel.isStarting.value = false;
    panel.channelError.value = error instanceof Error ? error.message : String(error);
  }
}

/** F8: the next (or previous) problem after the one that has the focus. */
export function stepProblem(panel: PanelStore, direction: 1 | -1): void {
  const request = panel.instanceEditor.value?.request ?? panel.request.value;
  const places = request === null ? [] : [...request.problems.value.keys()];
  if (request === null || places.length === 0) {
    return;
  }
  request.hasTriedInvoke.value = true;
  const current =
    document.activeElement?.closest<HTMLElement>("[data-pointer]")?.dataset["pointer"];
  const at = current === undefined ? -1 : places.indexOf(current);
  const next = at === -1 ? (direction === 1 ? 0 : places.length - 1) : at + direction;
  focusProblem(panel, request, places[(next + places.length) % places.length] ?? "");
}
