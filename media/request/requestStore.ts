// The request being edited: one lossless value that form and JSON text both show. The side edited last writes; the other
// follows after `followDelayMs`. Undo of the form is a stack of whole values (they share their unchanged parts).

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { defaultArguments } from "../../src/codec/defaults.ts";
import { encodeArguments } from "../../src/codec/encode.ts";
import { formatArguments } from "../../src/codec/formatJson.ts";
import { isJsonObject } from "../../src/model/jsonObject.ts";
import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value.ts";
import type { Draft } from "../../src/protocol/panel.ts";
import { canonicalArguments, formArguments } from "../values/conform.ts";
import { pointerAncestors, valueAt, withValueAt } from "../values/pointer.ts";
import { withSideEntry, type SideEntry, type SideTable } from "../values/sideTable.ts";
import { isFileReference, readArguments, type TextProblem } from "./argumentsText.ts";

const followDelayMs = 150;
const maxUndoSteps = 200;

export interface FormState {
  /** The form's value: as sent, but every map as pairs (values/conform.ts). */
  readonly value: JsonObject;
  readonly side: SideTable;
}

export interface RequestStore {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly types: TypeTable;
  readonly defaults: JsonObject;
  readonly form: ReadonlySignal<FormState>;
  /** Everything wrong with the form's value, by pointer (the first of each place). */
  readonly problems: ReadonlySignal<ReadonlyMap<string, string>>;
  /** The places whose message may be shown: left once, or all after a vain Invoke. */
  readonly touched: Signal<ReadonlySet<string>>;
  readonly hasTriedInvoke: Signal<boolean>;
  readonly jsonText: ReadonlySignal<string>;
  /** Why the JSON text has no value; empty when form and text agree. */
  readonly textProblems: ReadonlySignal<readonly TextProblem[]>;
  readonly tab: Signal<"form" | "json">;
  /** Counts wishes to bring the focus to the JSON text's first problem. */
  readonly focusText: Signal<number>;
  readonly timeoutSeconds: Signal<number | null>;
  readonly draft: ReadonlySignal<Draft>;
  setAt(pointer: string, value: JsonValue): void;
  /** Replaces value and side table in one undoable step. */
  edit(change: (state: FormState) => FormState): void;
  patchSide(pointer: string, patch: SideEntry): void;
  setJsonText(text: string): void;
  /** Gives up text that has no value: the text of the form's value takes its place. */
  discardJsonText(): void;
  /** Brings the side that lags behind up to date at once. */
  settle(): void;
  touch(pointer: string): void;
  /** Opens everything above `pointer`. */
  revealPlace(pointer: string): void;
  undo(): boolean;
  redo(): boolean;
  dispose(): void;
}

export const RequestContext = createContext<RequestStore | null>(null);

export function useRequest(): RequestStore {
  const store = useContext(RequestContext);
  if (store === null) {
    throw new Error("no RequestContext");
  }
  return store;
}

/** Opens the request of a method with what is remembered of it. */
export function createRequestStore(
  plugin: PluginSchema,
  method: PluginMethod,
  draft: Draft,
  side: SideTable,
): RequestStore {
  const { types } = plugin;
  const defaults = formArguments(method, types, defaultArguments(method, types));
  const canonical = (value: JsonObject) => canonicalArguments(method, types, value);
  const format = (value: JsonObject) => formatArguments(method, types, canonical(value), 2);
  const start = draft.arguments === null ? defaults : formArguments(method, types, draft.arguments);

  const form = signal<FormState>({ value: start, side });
  const jsonText = signal(draft.jsonText ?? format(start));
  const textProblems = signal<readonly TextProblem[]>([]);
  const touched = signal<ReadonlySet<string>>(new Set());
  const hasTriedInvoke = signal(false);
  const tab = signal(draft.tab);
  const timeoutSeconds = signal(draft.timeoutSeconds);

  const past: FormState[] = [];
  const future: FormState[] = [];
  /** Where the last step changed a single value, to join keystrokes into one step. */
  let lastPlace: string | null = null;
  let lagging: "none" | "form" | "json" = "none";
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The lagging side takes over what the other one says. */
  function follow(): void {
    clearTimeout(timer);
    if (lagging === "json") {
      jsonText.value = format(form.value.value);
      textProblems.value = [];
    } else if (lagging === "form") {
      readText();
    }
    lagging = "none";
  }

  function readText(): void {
    const read = readArguments(method, types, jsonText.value);
    batch(() => {
      textProblems.value = read.problems;
      if (read.value !== undefined && read.problems.length === 0) {
        const value = formArguments(method, types, read.value);
        remember();
        form.value = { ...form.value, value };
      }
    });
  }

  function lag(side: "form" | "json"): void {
    lagging = side;
    clearTimeout(timer);
    timer = setTimeout(follow, followDelayMs);
  }

  function remember(): void {
    past.push(form.value);
    if (past.length > maxUndoSteps) {
      past.shift();
    }
    future.length = 0;
    lastPlace = null;
  }

  function step(from: FormState[], to: FormState[]): boolean {
    const state = from.pop();
    if (state === undefined) {
      return false;
    }
    to.push(form.value);
    form.value = state;
    lastPlace = null;
    lag("json");
    return true;
  }

  const problems = computed(() => findProblems(method, types, form.value.value));

  const store: RequestStore = {
    plugin,
    method,
    types,
    defaults,
    form,
    problems,
    touched,
    hasTriedInvoke,
    jsonText,
    textProblems,
    tab,
    focusText: signal(0),
    timeoutSeconds,
    draft: computed(() => ({
      arguments: canonical(form.value.value),
      jsonText: textProblems.value.length > 0 ? jsonText.value : null,
      tab: tab.value,
      timeoutSeconds: timeoutSeconds.value,
    })),
    setAt: (pointer, value) => {
      if (lastPlace !== pointer || past.length === 0) {
        remember();
        lastPlace = pointer;
      }
      const whole = withValueAt(form.value.value, pointer, value) as JsonObject;
      form.value = { ...form.value, value: whole };
      lag("json");
    },
    edit: (change) => {
      const next = change(form.value);
      if (next !== form.value) {
        remember();
        form.value = next;
        lag("json");
      }
    },
    patchSide: (pointer, patch) => {
      form.value = { ...form.value, side: withSideEntry(form.value.side, pointer, patch) };
    },
    setJsonText: (text) => {
      if (text !== jsonText.value) {
        jsonText.value = text;
        lag("form");
      }
    },
    discardJsonText: () => {
      lagging = "json";
      follow();
    },
    settle: follow,
    touch: (pointer) => {
      if (!touched.value.has(pointer)) {
        touched.value = new Set([...touched.value, ...pointerAncestors(pointer)]);
      }
    },
    revealPlace: (pointer) => {
      let opened = form.value.side;
      for (const place of pointerAncestors(pointer)) {
        opened = withSideEntry(opened, place, { isOpen: true });
      }
      form.value = { ...form.value, side: opened };
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    dispose: () => {
      clearTimeout(timer);
    },
  };
  if (draft.jsonText !== null) {
    textProblems.value = readArguments(method, types, draft.jsonText).problems;
  }
  return store;
}

/** The codec's problems with a value; what a file will hold is not known yet, so it is no problem. */
function findProblems(
  method: PluginMethod,
  types: TypeTable,
  value: JsonObject,
): ReadonlyMap<string, string> {
  const encoded = encodeArguments(method, types, value);
  const found = new Map<string, string>();
  if (!encoded.ok) {
    for (const { pointer, message } of encoded.error) {
      const part = valueAt(value, pointer);
      if (!found.has(pointer) && !isFileReference(part)) {
        found.set(pointer, messageInForm(message, part));
      }
    }
  }
  return found;
}

/** The form shows bytes without their prefix, so a column that the codec counted moves by its length. */
function messageInForm(message: string, part: JsonValue | undefined): string {
  const text = isJsonObject(part) ? part["$raw"] : part;
  const prefix = typeof text === "string" ? /^(?:hex|base64):/.exec(text)?.[0] : undefined;
  return prefix === undefined
    ? message
    : message.replace(/\bcolumn (\d+)/, (_, column) => `column ${Number(column) - prefix.length}`);
}
