// The panel's state as signals: what the extension said last, the request being edited, and what the view itself keeps.
// Made once by main.tsx and handed down through PanelContext.

import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Shell } from "../src/copyAs/shell.ts";
import type { CallMeasurements, CallOutcome, SeriesCall } from "../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../src/model/plugin.ts";
import type {
  InvokeRequest,
  PanelActionId,
  PanelState,
  ResultDocument,
  RunPhase,
  SourceLocation,
} from "../src/protocol/panel.ts";
import type { Draft } from "../src/protocol/draft.ts";
import type { MethodTarget } from "../src/protocol/lsp.ts";
import type { SerdePlace, SerdeQuestion } from "../src/protocol/panelBridge.ts";
import type { HistoryCommand, HistoryPlace } from "../src/protocol/panelHistory.ts";
import type { InstanceCommand } from "../src/protocol/panelInstances.ts";
import type { HostFunctionCommand } from "../src/protocol/panelHostFunctions.ts";
import type { StreamCommand, StreamItemValue, StreamRowText } from "../src/protocol/panelStream.ts";
import type { JsonValue } from "../src/model/value/value.ts";
import { HostFunctionStore } from "./hostFunctions/hostFunctionStore.ts";
import type { InstanceEditor } from "./instances/editorState.ts";
import { LongStore } from "./long/longStore.ts";
import type { RequestStore } from "./request/requestStore.ts";
import type { OutcomeChange } from "./response/outcomeChange.ts";
import { StreamStore } from "./stream/streamStore.ts";

/** What the page can ask of the extension. */
export interface ExtensionPort {
  invoke(request: InvokeRequest): Promise<void>;
  cancel(): void;
  pickFile(): Promise<string | null>;
  pickFolder(): Promise<string | null>;
  clipboard(): Promise<string>;
  /** What serde says of an argument's JSON text; null when it takes it. */
  checkSerde(question: SerdeQuestion): Promise<string | null>;
  /** JSON text of some value of an argument. */
  exampleSerde(place: SerdePlace): Promise<string | null>;
  action(id: PanelActionId): void;
  openLocation(location: SourceLocation): void;
  copyText(text: string): void;
  /** Does something with remembered calls. */
  history(command: HistoryCommand): void;
  showStream(target: MethodTarget): void;
  chooseInterface(interfaceId: string): void;
  streamCommand(command: StreamCommand): void;
  /** Why the item was not taken over, or null. */
  streamSend(value: JsonValue): Promise<string | null>;
  streamSendFile(): Promise<string | null>;
  streamValue(sequence: number): Promise<StreamItemValue | null>;
  /** Rows in the JSON of their type's own serde. */
  streamTexts(serial: number, sequences: readonly number[]): Promise<readonly StreamRowText[]>;
  streamExport(): void;
  /** Bytes of the result that stayed unread; null when another took its place. */
  resultBytes(atMs: number, from: number, length: number): Promise<Uint8Array | null>;
  /** Saves the result that is shown, or opens it in an editor. */
  keepResult(as: ResultDocument): void;
  instance(command: InstanceCommand): void;
  /** Why it cannot be done, or null. */
  hostFunctions(command: HostFunctionCommand): Promise<string | null>;
  /** The path of a module as the file is to have it. */
  pickModule(): Promise<string | null>;
  saveDraft(draft: Draft): void;
}

export type ResponseTab = "value" | "json" | "hex" | "logs";
/** Under 480 px request and response are tabs too. */
export type NarrowTab = "request" | "response";

export interface ScrolledPanes {
  readonly page: number;
  readonly request: number;
  readonly response: number;
}

export interface ShownOutcome {
  readonly outcome: CallOutcome;
  readonly atMs: number | null;
  /** It came while the panel was open, so it is worth announcing. */
  readonly isNews: boolean;
  /** Against the outcome before it of the same method; null where there is none, or nothing to compare. */
  readonly change: OutcomeChange | null;
  /** What the outcome before it measured. */
  readonly before: CallMeasurements | null;
  /** Counts outcomes, so that equal ones in a row are told apart. */
  readonly serial: number;
  /** The method that gave it: its types explain the value even after an edit. */
  readonly plugin: PluginSchema | null;
  readonly method: PluginMethod | null;
}

export interface PanelStore {
  readonly extension: ExtensionPort;
  /** Null until the extension answered `ready`. */
  readonly state: Signal<PanelState | null>;
  readonly phase: Signal<RunPhase>;
  /** Invoke was pressed and the extension has not said a phase yet. */
  readonly isStarting: Signal<boolean>;
  readonly isRunning: ReadonlySignal<boolean>;
  readonly outcome: Signal<ShownOutcome | null>;
  /** The remembered call whose outcome is shown. */
  readonly call: Signal<HistoryPlace | null>;
  /** Calls that were made together last; they stay in view while one of them is shown. */
  readonly series: Signal<readonly SeriesCall[]>;
  /** The result that stayed unread. */
  readonly long: LongStore;
  /** The stream that runs or ran last; null for methods that have had none. */
  readonly stream: StreamStore;
  readonly hostFunctions: HostFunctionStore;
  /** A request to the extension failed: a bug, shown rather than swallowed. */
  readonly channelError: Signal<string | null>;
  readonly request: Signal<RequestStore | null>;
  /** The configuration that is being written, in the place of the request. */
  readonly instanceEditor: Signal<InstanceEditor | null>;
  readonly responseTab: Signal<ResponseTab>;
  readonly narrowTab: Signal<NarrowTab>;
  /** That the command line is written for. */
  readonly shell: Signal<Shell>;
  readonly showsCommandLine: Signal<boolean>;
  /** How far the panes are scrolled. */
  readonly scrolled: Signal<ScrolledPanes>;
  /** How far they were before the page was loaded anew; each is taken once. */
  readonly dueScroll: { -readonly [K in keyof ScrolledPanes]?: number | undefined };
  /** JSON pointer of the result's part that tree and hex view show as selected. */
  readonly selectedPointer: Signal<string>;
}

export function createPanelStore(extension: ExtensionPort): PanelStore {
  const phase = signal<RunPhase>({ kind: "idle" });
  const isStarting = signal(false);
  return {
    extension,
    state: signal(null),
    phase,
    isStarting,
    isRunning: computed(() => isStarting.value || phase.value.kind !== "idle"),
    outcome: signal(null),
    call: signal(null),
    series: signal([]),
    long: new LongStore((atMs, from, length) => extension.resultBytes(atMs, from, length)),
    stream: new StreamStore((serial, sequences) => extension.streamTexts(serial, sequences)),
    hostFunctions: new HostFunctionStore((command) => extension.hostFunctions(command)),
    channelError: signal(null),
    request: signal(null),
    instanceEditor: signal(null),
    responseTab: signal("value"),
    narrowTab: signal("request"),
    shell: signal(navigator.userAgent.includes("Windows") ? "powershell" : "bash"),
    showsCommandLine: signal(false),
    scrolled: signal({ page: 0, request: 0, response: 0 }),
    dueScroll: {},
    selectedPointer: signal(""),
  };
}

export const PanelContext = createContext<PanelStore | null>(null);

export function usePanel(): PanelStore {
  const store = useContext(PanelContext);
  if (store === null) {
    throw new Error("no PanelContext");
  }
  return store;
}
