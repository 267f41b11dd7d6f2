// Keys that work everywhere in the panel. All are letter-free or with Ctrl/Cmd, so they never take what is being typed.

import type { PanelStore } from "./panelStore.ts";
import { invokeOrCancel, stepProblem } from "./request/invoke.ts";

/** Binds the keys; the function it returns unbinds them. */
export function bindKeys(panel: PanelStore): () => void {
  // Before the focused element sees it: a button would take Enter for a click of its own.
  const onInvokeKey = (event: KeyboardEvent) => {
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && isMod && !event.altKey) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!sendItem(event.target)) {
        invokeOrCancel(panel, event.shiftKey ? "debug" : "run");
      }
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      !event.defaultPrevented &&
      (handleCommand(panel, event) || handlePlace(event) || stepCall(panel, event))
    ) {
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

/** In the item of a stream, Ctrl+Enter means the item and not the call. */
function sendItem(target: EventTarget | null): boolean {
  const composer = target instanceof Element ? target.closest(".stream-composer") : null;
  const send = composer?.querySelector<HTMLElement>('[data-testid="stream-send"]');
  send?.click();
  return composer !== null;
}

const system = navigator.userAgent;
const isWindows = system.includes("Windows");
const isMac = system.includes("Mac OS");

/** What the strip of calls says of its keys. VS Code goes back and forth with Alt and arrows on Windows, so they are its own there. */
export const callKeys = isWindows
  ? { older: "Alt+PageUp", newer: "Alt+PageDown" }
  : { older: isMac ? "Option+Left" : "Alt+Left", newer: isMac ? "Option+Right" : "Alt+Right" };

/** Alt with an arrow, or with Page Up or Down: the call before or after the one that is shown. */
function stepCall(panel: PanelStore, event: KeyboardEvent): boolean {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return false;
  }
  // In text of a Mac the arrows go from word to word.
  const isArrowFree = !isWindows && !(isMac && isTextPlace(event.target));
  const direction =
    event.key === "PageUp" || (isArrowFree && event.key === "ArrowLeft")
      ? "older"
      : event.key === "PageDown" || (isArrowFree && event.key === "ArrowRight")
        ? "newer"
        : undefined;
  if (direction === undefined || panel.isRunning.value) {
    return false;
  }
  panel.extension.history({ kind: "step", direction });
  return true;
}

function isTextPlace(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLInputElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** F7 goes from region to region, F9 from tab to tab: keys that VS Code has no use for outside of its editors. */
function handlePlace(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const direction = event.shiftKey ? -1 : 1;
  switch (event.key) {
    case "F7":
      stepRegion(direction);
      return true;
    case "F9":
      return stepTab(event.target, direction);
    default:
      return false;
  }
}

/** The next tab of the pane that has the focus. */
function stepTab(target: EventTarget | null, direction: 1 | -1): boolean {
  const focused = target instanceof Element ? target.closest(".pane") : null;
  const pane = focused ?? document.querySelector(".pane.request");
  const tabs = [...(pane?.querySelectorAll<HTMLElement>(".pane-head [role=tab]") ?? [])];
  const at = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  const next = tabs[(at + direction + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
  return next !== undefined;
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

/** The JSON text undoes by itself, and a text box what was typed in it; for everything else the form takes its last step back. */
function undoForm(panel: PanelStore, event: KeyboardEvent): boolean {
  const { target } = event;
  const own = target instanceof Element ? panel.hostFunctions.formOf(target) : undefined;
  const shown = panel.instanceEditor.value?.request ?? panel.request.value;
  const request = own === undefined ? shown : (own.request ?? null);
  const isJsonText = target instanceof Element && target.closest(".json-editor") !== null;
  if (request === null || isJsonText) {
    return false;
  }
  const isRedo = event.key.toLowerCase() === "y" || event.shiftKey;
  const step = () => (isRedo ? request.redo() : request.undo());
  const isText =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === "text");
  if (!isText) {
    return step();
  }
  const before = target.value;
  setTimeout(() => {
    if (target.value === before) {
      step();
    }
  });
  return false;
}

/** Header, request, response, and round again. */
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
