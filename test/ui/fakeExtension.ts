// Runs in the test's page, before the panel: the other end of postMessage, speaking the real protocol. Tests steer it
// through `window.fake` and read there what the panel said.

import { createMessageConnection } from "vscode-jsonrpc/browser";
import { unreadValue } from "../../src/codec/long/longResult.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { serveNotifications, serveRequests } from "../../src/protocol/channel.ts";
import {
  panelEvents,
  panelNotifications,
  panelRequests,
  type PanelState,
  type RunPhase,
} from "../../src/protocol/panel.ts";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import type { StreamRowText, StreamUpdate } from "../../src/protocol/panelStream.ts";
import { PostMessageReader, PostMessageWriter } from "../../src/protocol/postMessage.ts";
import { describeFake, editFake, type FakeHostFunctions } from "./fakeHostFunctions.ts";

interface Received {
  readonly method: string;
  readonly params: unknown;
}

export interface FakeExtension {
  readonly received: Received[];
  readonly violations: string[];
  state: PanelState | undefined;
  /** The answer to pickFile; a promise when the user takes time. */
  pickedFile: string | null | Promise<string | null>;
  answerPick: ((file: string | null) => void) | undefined;
  sendState(state: PanelState): void;
  sendPhase(phase: RunPhase): void;
  /** An outcome that is news; with a call, what came of a remembered one. */
  sendOutcome(outcome: CallOutcome, call?: HistoryPlace | null, isNews?: boolean): void;
  offerArguments(text: string): void;
  sendStream(update: StreamUpdate | null): void;
  /** A result of many bytes, which the panel asks for; they are made in the page. */
  sendLong(bytes: Uint8Array): void;
  /** Of that result; null: it is not kept any more. */
  longBytes: Uint8Array | null;
  /** Holds back answers to resultBytes from this byte on. */
  longHeldFrom: number;
  releaseLong: (() => void) | undefined;
  /** The answers to streamSend and streamSendFile. */
  sendProblem: string | null;
  /** The answers to checkSerde and exampleSerde. */
  clipboard: string;
  serdeProblem: string | null;
  serdeExample: string | null;
  /** Of rows that the compiler is asked for: what it says of each; other rows have no answer. */
  rowTexts: Readonly<Record<number, Omit<StreamRowText, "sequence">>>;
  requestInvoke(): void;
  hostFunctions: FakeHostFunctions | undefined;
  /** Why edits of the file fail; null when they do not. */
  hostFileProblem: string | null;
  pickedModule: string | null;
  /** Tells the panel what the file says now. */
  sendHostFunctions(): void;
}

declare global {
  var fake: FakeExtension;
  /** Set by the test before the page loads. */
  var startState: PanelState | undefined;
}

const toExtension = new EventTarget();
const stored = "webview-state";

const port = {
  postMessage: (message: unknown) => {
    window.postMessage(message, "*");
  },
  onMessage: (listener: (message: unknown) => void) => {
    const onMessage = (event: Event) => {
      listener((event as CustomEvent<unknown>).detail);
    };
    toExtension.addEventListener("message", onMessage);
    return {
      dispose: () => {
        toExtension.removeEventListener("message", onMessage);
      },
    };
  },
};
const connection = createMessageConnection(
  new PostMessageReader(port),
  new PostMessageWriter(port),
);

/** Tests pass bytes as lists of numbers, because their own channel to the page is JSON. */
function withBytes(outcome: CallOutcome): CallOutcome {
  const { result } = outcome;
  return "bytes" in result
    ? { ...outcome, result: { ...result, bytes: Uint8Array.from(Object.values(result.bytes)) } }
    : outcome;
}

const fake: FakeExtension = {
  received: [],
  violations: [],
  state: globalThis.startState,
  pickedFile: "/data/input.bin",
  answerPick: undefined,
  sendState: (state) => {
    void connection.sendNotification(panelNotifications.stateChanged, {
      ...state,
      lastOutcome: state.lastOutcome === null ? null : withBytes(state.lastOutcome),
    });
  },
  sendPhase: (phase) => {
    void connection.sendNotification(panelNotifications.phaseChanged, phase);
  },
  sendOutcome: (outcome, call = null, isNews = true) => {
    void connection.sendNotification(panelNotifications.outcome, {
      outcome: withBytes(outcome),
      atMs: Date.now(),
      call,
      isNews,
    });
  },
  offerArguments: (text) => {
    void connection.sendNotification(panelNotifications.argumentsOffered, { text });
  },
  sendStream: (update) => {
    void connection.sendNotification(panelNotifications.stream, update);
  },
  longBytes: null,
  longHeldFrom: Infinity,
  releaseLong: undefined,
  sendLong: (bytes) => {
    fake.longBytes = bytes;
    void connection.sendNotification(panelNotifications.outcome, {
      outcome: {
        result: { kind: "ok", value: unreadValue, bytes: new Uint8Array(), ranges: [] },
        output: { stdout: "", stderr: "", droppedBytes: 0 },
        measurements: { totalMs: 1, callMs: 1, outputBytes: bytes.length },
        notes: [],
      },
      atMs: Date.now(),
      call: null,
      isNews: true,
    });
  },
  sendProblem: null,
  clipboard: "",
  serdeProblem: null,
  serdeExample: '"#000000"',
  rowTexts: {},
  hostFunctions: undefined,
  hostFileProblem: null,
  pickedModule: "./answers.mjs",
  sendHostFunctions: () => {
    if (fake.hostFunctions !== undefined) {
      const update = describeFake(fake.hostFunctions);
      void connection.sendNotification(panelNotifications.hostFunctions, update);
    }
  },
  requestInvoke: () => {
    void connection.sendNotification(panelNotifications.invokeRequested, { mode: "run" });
  },
};
globalThis.fake = fake;

const note = (method: string, params: unknown) => {
  fake.received.push({ method, params });
};
serveRequests(connection, panelRequests, {
  ready: () => {
    note("ready", null);
    if (fake.state === undefined) {
      throw new Error("no state");
    }
    const { lastOutcome } = fake.state;
    return { ...fake.state, lastOutcome: lastOutcome === null ? null : withBytes(lastOutcome) };
  },
  invoke: (params) => {
    note("invoke", params);
    return null;
  },
  cancel: () => {
    note("cancel", null);
    return null;
  },
  instance: (params) => {
    note("instance", params);
    return null;
  },
  hostFunctions: (command) => {
    note("hostFunctions", command);
    if (fake.hostFunctions === undefined || fake.hostFileProblem !== null) {
      return fake.hostFileProblem;
    }
    const problem = editFake(fake.hostFunctions, command);
    fake.sendHostFunctions();
    return problem;
  },
  pickModule: () => {
    note("pickModule", null);
    return fake.pickedModule;
  },
  pickFile: () => {
    note("pickFile", null);
    return fake.pickedFile;
  },
  clipboard: () => {
    note("clipboard", null);
    return fake.clipboard;
  },
  pickFolder: () => {
    note("pickFolder", null);
    return fake.pickedFile;
  },
  checkSerde: (params) => {
    note("checkSerde", params);
    return fake.serdeProblem;
  },
  exampleSerde: (params) => {
    note("exampleSerde", params);
    return fake.serdeExample;
  },
  streamSend: (params) => {
    note("streamSend", params);
    return fake.sendProblem;
  },
  streamSendFile: () => {
    note("streamSendFile", null);
    return fake.sendProblem;
  },
  resultBytes: async (params) => {
    note("resultBytes", params);
    if (params.from >= fake.longHeldFrom) {
      await new Promise<void>((resolve) => {
        fake.releaseLong = resolve;
      });
    }
    return fake.longBytes?.slice(params.from, params.from + params.length) ?? null;
  },
  streamTexts: (params) => {
    note("streamTexts", params);
    return params.sequences.flatMap((sequence) => {
      const text = fake.rowTexts[sequence];
      return text === undefined ? [] : [{ sequence, ...text }];
    });
  },
  streamValue: ({ sequence }) => {
    note("streamValue", sequence);
    return { value: String(sequence), problem: null, bytes: Uint8Array.of(1, 2, 3) };
  },
});
serveNotifications(connection, panelEvents, {
  draftChanged: (draft) => {
    note("draftChanged", draft);
  },
  action: (params) => {
    note("action", params);
  },
  openLocation: (params) => {
    note("openLocation", params);
  },
  showStream: (target) => {
    note("showStream", target);
  },
  streamCommand: (command) => {
    note("streamCommand", command);
  },
  streamExport: () => {
    note("streamExport", null);
  },
  chooseInterface: (params) => {
    note("chooseInterface", params);
  },
  history: (params) => {
    note("history", params);
  },
  keepResult: (params) => {
    note("keepResult", params);
  },
  copyText: (params) => {
    note("copyText", params);
  },
});
connection.listen();

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => {
      const detail: unknown = structuredClone(message);
      setTimeout(() => toExtension.dispatchEvent(new CustomEvent("message", { detail })), 0);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(stored) ?? "null"),
    setState: (state: unknown) => {
      sessionStorage.setItem(stored, JSON.stringify(state));
    },
  }),
});

document.addEventListener("securitypolicyviolation", (event) => {
  fake.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
