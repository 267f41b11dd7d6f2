// The invoke panel's channel: webview ↔ extension over postMessage. Outcomes arrive as notifications and are kept in
// PanelState by the extension, because a hidden webview receives no messages and a reloaded one starts from `ready`.

import { NotificationType, RequestType, RequestType0 } from "vscode-jsonrpc";
import type { CallOutcome } from "../model/outcome.ts";
import type { HostInterfaceSchema, PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { Repetition } from "../model/repetition.ts";
import type { JsonObject, JsonValue } from "../model/value/value.ts";
import type { Draft } from "./draft.ts";
import type { MethodTarget } from "./lsp.ts";
import type { HistoryCommand, HistoryPlace } from "./panelHistory.ts";
import type { PanelBridge, SerdeQuestion } from "./panelBridge.ts";
import { hostFunctionNotifications, hostFunctionRequests } from "./panelHostFunctions.ts";
import type { InstanceCommand, PanelInstances } from "./panelInstances.ts";
import type {
  OpenStream,
  StreamCommand,
  StreamItemValue,
  StreamRowText,
  StreamUpdate,
} from "./panelStream.ts";

/** What runs now. `done`/`total` are cargo's own counts of compile units. */
export type RunPhase =
  | { readonly kind: "idle" }
  | {
      readonly kind: "building";
      readonly packageName: string;
      readonly done: number | null;
      readonly total: number | null;
      readonly crateName: string | null;
      /** cargo waits for another cargo's lock. */
      readonly isWaitingForLock: boolean;
      readonly startedAtMs: number;
    }
  | { readonly kind: "loading"; readonly startedAtMs: number }
  /** A debugger was asked for: the host waits for it. */
  | { readonly kind: "attaching"; readonly startedAtMs: number }
  | { readonly kind: "calling"; readonly startedAtMs: number }
  /** One of several calls; no total where the time decides. */
  | {
      readonly kind: "repeating";
      readonly startedAtMs: number;
      readonly done: number;
      readonly total: number | null;
    }
  /** The method runs without a limit of time, because a debugger is attached to its host. */
  | { readonly kind: "debugging"; readonly startedAtMs: number; readonly isPaused: boolean };

/** `debug`: the call runs in a host of its own with a debugger attached. */
export type InvokeMode = "run" | "debug";

/** What pressing a button of the request asks for. */
export interface InvokeRequest {
  readonly arguments: JsonObject;
  readonly mode: InvokeMode;
  /** That the arguments were made from, when they are random. */
  readonly seed?: number;
  /** The call is made so often. */
  readonly repetition?: Repetition;
  /** Instead of `arguments`, a call with each of these. */
  readonly sets?: readonly JsonObject[];
}

/** Why the method cannot be invoked now, with the action that helps; null when it can. */
export interface Obstacle {
  readonly message: string;
  readonly action: { readonly label: string; readonly id: PanelActionId } | null;
}

/** The binary's state against the sources, for the header. */
/** `opened`: a library that the user opened by itself; nothing here builds it. */
export type BuildState =
  "unknown" | "fresh" | "stale" | "missing" | "building" | "failed" | "opened";

/** Everything the panel shows. The extension sends it whole whenever anything but the phase changes. */
export interface PanelState {
  /** Null when the method no longer exists in the source: the panel stays readable with the last schema it had. */
  readonly plugin: PluginSchema | null;
  readonly method: PluginMethod | null;
  /** `Trait::method`, also when the method is gone. */
  readonly title: string;
  readonly draft: Draft;
  readonly lastOutcome: CallOutcome | null;
  /** Wall clock of the last outcome, milliseconds since the epoch. */
  readonly lastOutcomeAtMs: number | null;
  /** The remembered call that it belongs to; null when it is not remembered. */
  readonly lastCall: HistoryPlace | null;
  readonly phase: RunPhase;
  readonly build: BuildState;
  readonly profile: string;
  readonly defaultTimeoutSeconds: number;
  /** Names of settings that change how calls run and that no option of fidius-call stands for. */
  readonly settingsApart: readonly string[];
  /** The levels that values may nest. */
  readonly maximumDepth: number;
  readonly obstacle: Obstacle | null;
  /** Interfaces of the sources that plugins may call their host by; they explain the log of host functions. */
  readonly hostInterfaces: readonly HostInterfaceSchema[];
  /** Null for a plugin without configuration. */
  readonly instances: PanelInstances | null;
  /** Absent for a method whose types the source tells, and where nothing could build it. */
  readonly bridge?: PanelBridge;
  /** The async set-up misses a feature: shown as a banner with the fix beside it. */
  readonly asyncFix: { readonly message: string } | null;
  /** Streams of other methods that go on. */
  readonly openStreams: readonly OpenStream[];
}

/** Things a button of the panel asks the extension to do. */
export type PanelActionId =
  | "addAsyncFeature"
  | "showLog"
  | "showProblems"
  | "showPluginOutput"
  | "manageTrust"
  | "openSettings"
  | "goToImpl"
  | "goToTrait"
  | "buildPlugin"
  | "restartHost"
  | "invokeWithoutLimit"
  | "invokeWithBacktrace"
  | "invokeDebugged"
  | "focusDebugger"
  | "askCompiler"
  | "askCompilerOfConfiguration";

/** Where a result can go: a file of its user's choice, an editor with its JSON, a hex editor with its bytes. */
export type ResultDocument = "file" | "editor" | "hexEditor";

export interface SourceLocation {
  /** Absolute, or relative to the cargo workspace root. */
  readonly file: string;
  /** One-based, as rustc prints them. */
  readonly line: number;
  readonly column: number;
}

/** Panel → extension. */
export const panelRequests = {
  /** The webview is up: everything it needs to show. */
  ready: new RequestType0<PanelState, void>("panel/ready"),
  /** Starts build-and-call with the given arguments; resolves when accepted. The outcome comes as a notification. */
  invoke: new RequestType<InvokeRequest, null, void>("panel/invoke"),
  /** Ends what runs (build or call) for real. */
  cancel: new RequestType0<null, void>("panel/cancel"),
  /** Offers an item to the stream's input; why it cannot be, or null. */
  streamSend: new RequestType<{ readonly value: JsonValue }, string | null, void>(
    "panel/streamSend",
  ),
  /** Asks for an NDJSON file and offers its lines; what stopped it, or null. Resolves when all were taken. */
  streamSendFile: new RequestType0<string | null, void>("panel/streamSendFile"),
  /** A whole item of the stream; null when it is not kept any more. */
  streamValue: new RequestType<{ readonly sequence: number }, StreamItemValue | null, void>(
    "panel/streamValue",
  ),
  /** Rows through the bridge; those that are not kept any more are left out. Nothing is built for it. */
  streamTexts: new RequestType<
    { readonly serial: number; readonly sequences: readonly number[] },
    readonly StreamRowText[],
    void
  >("panel/streamTexts"),
  /** What serde says of an argument's JSON text; null when it takes it. */
  checkSerde: new RequestType<SerdeQuestion, string | null, void>("panel/checkSerde"),
  /** JSON text of some value of an argument's type; null when serde makes none. */
  exampleSerde: new RequestType<Pick<SerdeQuestion, "place">, string | null, void>(
    "panel/exampleSerde",
  ),
  /** Does something with the instances of the plugin; what is built comes as an outcome. */
  instance: new RequestType<InstanceCommand, null, void>("panel/instance"),
  /** Asks for a file; its absolute path, or null when the user gave none. */
  pickFile: new RequestType0<string | null, void>("panel/pickFile"),
  /** The text on the clipboard, which a page cannot read. */
  clipboard: new RequestType0<string, void>("panel/clipboard"),
  /** Asks for a folder to call in: its path, absolute; null when the user gave none. */
  pickFolder: new RequestType0<string | null, void>("panel/pickFolder"),
  /** Bytes of the result that stayed unread and came at that time; null when it is not kept any more. */
  resultBytes: new RequestType<
    { readonly atMs: number; readonly from: number; readonly length: number },
    Uint8Array | null,
    void
  >("panel/resultBytes"),
  ...hostFunctionRequests,
} as const;

/** Panel → extension, without an answer. */
export const panelEvents = {
  draftChanged: new NotificationType<Draft>("panel/draftChanged"),
  action: new NotificationType<{ readonly id: PanelActionId }>("panel/action"),
  openLocation: new NotificationType<SourceLocation>("panel/openLocation"),
  streamCommand: new NotificationType<StreamCommand>("panel/streamCommand"),
  /** Turns the panel to a method whose stream goes on. */
  showStream: new NotificationType<MethodTarget>("panel/showStream"),
  /** Asks for a file and writes the kept items into it as NDJSON. */
  streamExport: new NotificationType<null>("panel/streamExport"),
  /** Takes the types of the plugin from another interface of its name and hash. */
  chooseInterface: new NotificationType<{ readonly interfaceId: string }>("panel/chooseInterface"),
  copyText: new NotificationType<{ readonly text: string }>("panel/copyText"),
  /** Saves the result that is shown, or opens it in an editor. */
  keepResult: new NotificationType<{ readonly as: ResultDocument }>("panel/keepResult"),
  /** Does something with remembered calls of the method. */
  history: new NotificationType<HistoryCommand>("panel/history"),
} as const;

/** Extension → panel. */
export const panelNotifications = {
  stateChanged: new NotificationType<PanelState>("panel/stateChanged"),
  phaseChanged: new NotificationType<RunPhase>("panel/phaseChanged"),
  /** An outcome to show: of the call that is over, or, when it is no news, of a remembered one. */
  outcome: new NotificationType<{
    readonly outcome: CallOutcome;
    readonly atMs: number;
    readonly call: HistoryPlace | null;
    readonly isNews: boolean;
  }>("panel/outcome"),
  /** Arguments for the form, as JSON text; undone like other edits. */
  argumentsOffered: new NotificationType<{ readonly text: string }>("panel/argumentsOffered"),
  /** The stream that runs, or ran last: its state and rows; null when the method has none. */
  stream: new NotificationType<StreamUpdate | null>("panel/stream"),
  /** A lens or a command asks for a call: as if Invoke (or Debug) was pressed, and nothing while a call runs. */
  invokeRequested: new NotificationType<{ readonly mode: InvokeMode }>("panel/invokeRequested"),
  ...hostFunctionNotifications,
} as const;
