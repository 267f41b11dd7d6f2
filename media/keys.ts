// Keys that work everywhere in the panel. All are letter-free or with Ctrl/Cmd, so they never take what is being typed.

import type { PanelStore, ResponseTab } from "./panelStore.ts";
import { invokeOrCancel, stepProblem } from "./request/invoke.ts";

const responseTabs: readonly ResponseTab[] = ["value", "json", "hex", "logs"];

/** Binds the keys; the function it returns unbinds them. */
export function bindKeys(panel: PanelStore): () => void {
  // Before the focused element sees it: a button would take Enter for a click of its own.
  const onInvokeKey = (event: KeyboardEvent) => {
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && isMod && !event.altKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      invokeOrCancel(panel, event.shiftKey ? "debug" : "run");
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.defaultPrevented && (handleCommand(panel, event) || handlePlace(panel, event))) {
      event.preventDefault();
    }
  };
  document.addEventListener("keydown", onInvokeKey, { capture: true });
  document.addEventListener("keydown", onKeyDown);
  return () => {
    document.removeEventListener("keydown", onInvokeKey, { capture: true });
    document.removeEventListener("keydown", onKeyDown);
  };
}

function handleCommand(panel: PanelStore, event: KeyboardEvent): boolean {
  const isMod = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case "Escape":
      if (panel.isRunning.value) {
        panel.extension.cancel();
        return true;
      }
      return leaveListRow(event);
    case "F8":
      stepProblem(panel, event.shiftKey ? -1 : 1);
      return true;
    case "z":
    case "Z":
    case "y":
      return isMod && !event.altKey && undoForm(panel, event);
    default:
      return false;
  }
}

function handlePlace(panel: PanelStore, event: KeyboardEvent): boolean {
  if (event.key === "F6") {
    stepRegion(event.shiftKey ? -1 : 1);
    return true;
  }
  const digit =
    event.altKey && !event.ctrlKey && !event.metaKey ? /^Digit([1-6])$/.exec(event.code) : null;
  if (digit === null) {
    return false;
  }
  const number = Number(digit[1]);
  const request = panel.instanceEditor.value?.request ?? panel.request.value;
  if (number <= 2 && request !== null) {
    request.settle();
    request.tab.value = number === 1 ? "form" : "json";
    panel.narrowTab.value = "request";
  } else if (number > 2) {
    panel.responseTab.value = responseTabs[number - 3] ?? "value";
    panel.narrowTab.value = "response";
  }
  return true;
}

/** From anywhere in a list row to its handle, where the keys for rows work. */
function leaveListRow(event: KeyboardEvent): boolean {
  const row = event.target instanceof Element ? event.target.closest(".list-row") : null;
  const handle = row?.querySelector<HTMLElement>(".row-handle") ?? null;
  if (handle === null || handle === event.target) {
    return false;
  }
  handle.focus();
  return true;
}

/** Text boxes and the JSON text undo by themselves; everywhere else the form takes its last step back. */
function undoForm(panel: PanelStore, event: KeyboardEvent): boolean {
  const { target } = event;
  const own = target instanceof Element ? panel.hostFunctions.formOf(target) : undefined;
  const request = own === undefined ? panel.request.value : (own.request ?? null);
  const isText =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === "text") ||
    (target instanceof Element && target.closest(".json-editor") !== null);
  if (request === null || isText || request.tab.value !== "form") {
    return false;
  }
  const isRedo = event.key === "y" || event.shiftKey;
  return isRedo ? request.redo() : request.undo();
}

/** F6: header, request, response, and round again. */
function stepRegion(direction: 1 | -1): void {
  const regions = [
    document.querySelector<HTMLElement>(".head"),
    document.querySelector<HTMLElement>(".pane.request"),
    document.querySelector<HTMLElement>(".pane.response"),
  ].filter((region) => region !== null && region.offsetParent !== null);
  const active = document.activeElement;
  const at = regions.findIndex((region) => region?.contains(active) === true);
  const next = regions[(at + direction + regions.length) % regions.length] ?? regions[0];
  next
    ?.querySelector<HTMLElement>(
      "h1, input, textarea, select, [role=tree], [role=tab][tabindex='0'], button, vscode-button",
    )
    ?.focus();
}
