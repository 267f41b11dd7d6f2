// The request being edited: one lossless value that form and JSON text both show. The side edited last writes; the other
// follows after `followDelayMs`. Undo of the form is a stack of whole values (they share their unchanged parts).

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { defaultArguments } from "../../src/codec/values/defaults.ts";
import { formatArguments } from "../../src/codec/json/formatJson.ts";
import { hasSerdeText } from "../../src/codec/values/unknownParts.ts";
import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import { noRunOptions, type RunOptionTexts } from "../../src/model/runOptions.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { Draft } from "../../src/protocol/draft.ts";
import { memoryOfDraft, memoryWriter } from "../draft/formMemory.ts";
import { onlyKept } from "../draft/keptParts.ts";
import { reconcile, type DraftTypes, type FormState } from "../draft/reconcile.ts";
import { canonicalArguments, formArguments } from "../values/conform.ts";
import { pointerAncestors, withValueAt } from "../values/pointer.ts";
import { withSideEntry, type SideEntry } from "../values/sideTable.ts";
import { findProblems } from "./formProblems.ts";
import { readArguments, type ReadArguments, type TextProblem } from "./argumentsText.ts";

const followDelayMs = 150;
const maxUndoSteps = 200;
/** Places around one that is revealed. */
const mostOpened = 200;

/** A state of the form, with the types that it was of. */
interface PastState {
  readonly state: FormState;
  readonly types: DraftTypes;
  /** The JSON text, where it had no value and the form was not what it said. */
  readonly text: string | null;
}

/** Owns a timer: dispose it when another method takes the panel over. */
export class RequestStore {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly types: TypeTable;
  readonly defaults: JsonObject;
  /** Everything wrong with the form's value, by pointer (the first of each place). */
  readonly problems: ReadonlySignal<ReadonlyMap<string, string>>;
  /** The places whose message may be shown: left once, or all after a vain Invoke. */
  readonly touched = signal<ReadonlySet<string>>(new Set());
  readonly hasTriedInvoke = signal(false);
  readonly tab: Signal<"form" | "json">;
  /** Counts wishes to bring the focus to the JSON text's first problem. */
  readonly focusText = signal(0);
  readonly timeoutSeconds: Signal<number | null>;
  readonly options: Signal<RunOptionTexts>;
  /** The section on run options is open. */
  readonly showsOptions = signal(false);
  /** The bridge is there: JSON that the source knows nothing of is serde's. */
  asksSerde = false;
  readonly draft: ReadonlySignal<Draft>;

  /** The seeds of values that were drawn at random, as long as nobody changes them. */
  readonly #seeds = new WeakMap<JsonObject, number>();
  readonly #form: Signal<FormState>;
  readonly #jsonText: Signal<string>;
  readonly #textProblems = signal<readonly TextProblem[]>([]);
  readonly #schema: DraftTypes;
  /** Whether the text is as the user wrote it, rather than made from the form's value. */
  #isTextTyped = false;
  readonly #past: PastState[] = [];
  readonly #future: PastState[] = [];
  /** Where the last step changed a single value, to join keystrokes into one step. */
  #lastPlace: string | null = null;
  #lagging: "none" | "form" | "json" = "none";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Opens the request of a method with what is remembered of it. */
  constructor(plugin: PluginSchema, method: PluginMethod, draft: Draft) {
    const { types } = plugin;
    this.plugin = plugin;
    this.method = method;
    this.types = types;
    this.#schema = { method, types };
    this.defaults = formArguments(method, types, defaultArguments(method, types));
    this.#form = signal(this.#remembered(draft));
    if (draft.seed !== undefined) {
      this.#seeds.set(this.#form.value.value, draft.seed);
    }
    this.#jsonText = signal(draft.jsonText ?? this.#format());
    this.#isTextTyped = draft.jsonText !== null;
    this.tab = signal(draft.tab);
    this.timeoutSeconds = signal(draft.timeoutSeconds);
    this.options = signal(draft.options ?? noRunOptions);
    this.problems = computed(() => findProblems(method, types, this.#form.value.value));
    const memory = memoryWriter(this.#schema);
    this.draft = computed(() => {
      const { value, side } = this.#form.value;
      const seed = this.#seeds.get(value);
      return {
        ...(draft.key === undefined ? {} : { key: draft.key }),
        arguments: canonicalArguments(method, types, value),
        jsonText: this.#textProblems.value.length > 0 ? this.#jsonText.value : null,
        tab: this.tab.value,
        timeoutSeconds: this.timeoutSeconds.value,
        ...(seed === undefined ? {} : { seed }),
        ...(draft.options === undefined && this.options.value === noRunOptions
          ? {}
          : { options: this.options.value }),
        form: memory(side),
      };
    });
    if (draft.jsonText !== null) {
      this.#textProblems.value = this.#read(draft.jsonText).problems;
    }
  }

  #remembered(draft: Draft): FormState {
    const { side, writtenBy } = memoryOfDraft(draft.form);
    if (draft.arguments === null) {
      return { value: this.defaults, side };
    }
    const value =
      writtenBy === undefined
        ? draft.arguments
        : formArguments(writtenBy.method, writtenBy.types, draft.arguments);
    return reconcile({ value, side }, writtenBy, this.#schema);
  }

  /**
   * The same request after an edit of the method's source. What was typed in JSON stays to the letter, so that the editor
   * changes nothing under the user's hands.
   */
  withSchema(plugin: PluginSchema, method: PluginMethod): RequestStore {
    this.settle();
    const next = new RequestStore(plugin, method, { ...this.draft.value, arguments: null });
    next.#form.value = reconcile(this.#form.value, this.#schema, next.#schema);
    next.#past.push(...this.#past);
    next.#future.push(...this.#future);
    next.touched.value = this.touched.value;
    next.asksSerde = this.asksSerde;
    next.showsOptions.value = this.showsOptions.value;
    next.#jsonText.value = next.#format();
    if (this.#isTextTyped && this.tab.value === "json") {
      next.#jsonText.value = this.#jsonText.value;
      next.#isTextTyped = true;
      next.#readText();
    }
    return next;
  }

  get form(): ReadonlySignal<FormState> {
    return this.#form;
  }

  get jsonText(): ReadonlySignal<string> {
    return this.#jsonText;
  }

  /** Why the JSON text has no value; empty when form and text agree. */
  get textProblems(): ReadonlySignal<readonly TextProblem[]> {
    return this.#textProblems;
  }

  /** Replaces the value at a place; strokes at one place are one step of undo. */
  setAt(pointer: string, value: JsonValue): void {
    this.#takeTypedText();
    if (this.#lastPlace !== pointer || this.#past.length === 0) {
      this.#remember();
      this.#lastPlace = pointer;
    }
    const { form } = this;
    const whole = withValueAt(form.value.value, pointer, value) as JsonObject;
    this.#form.value = { ...form.value, value: whole };
    this.#lag("json");
  }

  /** Replaces value and side table in one undoable step. */
  edit(change: (state: FormState) => FormState): void {
    this.#takeTypedText();
    const next = change(this.#form.value);
    if (next !== this.#form.value) {
      this.#remember();
      this.#form.value = next;
      this.#lag("json");
    }
  }

  patchSide(pointer: string, patch: SideEntry): void {
    const { value, side } = this.#form.value;
    this.#form.value = { value, side: withSideEntry(side, pointer, patch) };
  }

  /** Replaces the whole request, and text that has no value with it, in one undoable step; `seed` is what it was drawn from. */
  fill(change: (state: FormState) => FormState, seed?: number): void {
    this.#takeTypedText();
    this.#remember();
    batch(() => {
      const next = change(this.#form.value);
      if (seed !== undefined) {
        this.#seeds.set(next.value, seed);
      }
      this.#form.value = next;
      this.#lagging = "json";
      this.settle();
    });
  }

  /** Takes the arguments that a text gives; one that gives none stands in the JSON tab to be mended. One step of undo. */
  takeText(text: string): void {
    this.settle();
    const read = this.#read(text);
    const { value } = read;
    if (value === undefined) {
      this.#remember();
      batch(() => {
        this.tab.value = "json";
        this.#isTextTyped = true;
        this.#jsonText.value = text;
        this.#textProblems.value = read.problems;
      });
      return;
    }
    this.fill(({ side }) => ({
      value: formArguments(this.method, this.types, value),
      side: onlyKept(side),
    }));
  }

  setJsonText(text: string): void {
    if (text !== this.#jsonText.value) {
      this.#isTextTyped = true;
      this.#jsonText.value = text;
      this.#lag("form");
    }
  }

  /** Gives up text that has no value: the text of the form's value takes its place. One step of undo. */
  discardJsonText(): void {
    if (this.#textProblems.value.length > 0) {
      this.#remember();
    }
    this.#lagging = "json";
    this.settle();
  }

  /** Brings the side that lags behind up to date at once. */
  settle(): void {
    clearTimeout(this.#timer);
    const lagging = this.#lagging;
    this.#lagging = "none";
    batch(() => {
      if (lagging === "json") {
        this.#isTextTyped = false;
        this.#jsonText.value = this.#format();
        this.#textProblems.value = [];
      } else if (lagging === "form") {
        this.#readText();
      }
    });
  }

  touch(pointer: string): void {
    if (!this.touched.value.has(pointer)) {
      this.touched.value = new Set([...this.touched.value, ...pointerAncestors(pointer)]);
    }
  }

  /** Opens everything above `pointer`. */
  revealPlace(pointer: string): void {
    let { side } = this.#form.value;
    // The form goes no deeper than this.
    for (const place of pointerAncestors(pointer).slice(0, mostOpened)) {
      side = withSideEntry(side, place, { isOpen: true });
    }
    this.#form.value = { ...this.#form.value, side };
  }

  undo(): boolean {
    return this.#step(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#step(this.#future, this.#past);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #format(): string {
    const { method, types } = this;
    const value = canonicalArguments(method, types, this.#form.value.value);
    return formatArguments(method, types, value, 2);
  }

  #read(text: string): ReadArguments {
    const { method, types } = this;
    const hasSerde = hasSerdeText(this.#form.peek().value);
    return readArguments(method, types, text, hasSerde || this.asksSerde);
  }

  #readText(): void {
    const { method, types } = this;
    const read = this.#read(this.#jsonText.value);
    this.#textProblems.value = read.problems;
    if (read.value !== undefined) {
      this.#remember();
      this.#form.value = {
        ...this.#form.value,
        value: formArguments(method, types, read.value),
      };
    }
  }

  /** An edit of the form may come late (a file was chosen): text typed meanwhile counts first. */
  #takeTypedText(): void {
    if (this.#lagging === "form") {
      this.settle();
    }
  }

  #lag(side: "form" | "json"): void {
    if (side === "json" && this.#textProblems.value.length > 0) {
      return; // text that has no value yet is the user's: only discarding it may replace it
    }
    this.#lagging = side;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.settle();
    }, followDelayMs);
  }

  #remember(): void {
    this.#past.push(this.#present);
    if (this.#past.length > maxUndoSteps) {
      this.#past.shift();
    }
    this.#future.length = 0;
    this.#lastPlace = null;
  }

  #step(from: PastState[], to: PastState[]): boolean {
    const past = from.pop();
    if (past === undefined) {
      return false;
    }
    this.#takeTypedText();
    to.push(this.#present);
    this.#lastPlace = null;
    batch(() => {
      this.#form.value =
        past.types === this.#schema ? past.state : reconcile(past.state, past.types, this.#schema);
      this.#textProblems.value = [];
      this.#lag("json");
      if (past.text !== null) {
        clearTimeout(this.#timer);
        this.#lagging = "none";
        this.#isTextTyped = true;
        this.#jsonText.value = past.text;
        this.#textProblems.value = this.#read(past.text).problems;
      }
    });
    return true;
  }

  get #present(): PastState {
    const hasProblems = this.#textProblems.value.length > 0;
    return {
      state: this.#form.value,
      types: this.#schema,
      text: hasProblems ? this.#jsonText.value : null,
    };
  }
}

export const RequestContext = createContext<RequestStore | null>(null);

export function useRequest(): RequestStore {
  const store = useContext(RequestContext);
  if (store === null) {
    throw new Error("no RequestContext");
  }
  return store;
}
