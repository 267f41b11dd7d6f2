// What the panel's page may send, checked at run time; another message is refused before anything is done for it. A message without a
// check does not compile.

import type {
  HostFunctionAnswer,
  HostFunctionEdit,
  HostFunctionError,
} from "../model/hostFunctions.ts";
import type { Repetition } from "../model/repetition.ts";
import type { RunOptionTexts } from "../model/runOptions.ts";
import type { RequestChecks, NotificationChecks } from "./channel.ts";
import {
  anyOf,
  isCount,
  isJson,
  isJsonObject,
  isNothing,
  isNumber,
  isText,
  listOf,
  members,
  nullOr,
  oneOf,
  type Check,
} from "./checks.ts";
import type { Draft } from "./draft.ts";
import type { MethodTarget } from "./lsp.ts";
import type {
  InvokeRequest,
  PanelActionId,
  panelEvents,
  panelRequests,
  SourceLocation,
} from "./panel.ts";
import type { SerdePlace, SerdeQuestion } from "./panelBridge.ts";
import type { HostFunctionCommand } from "./panelHostFunctions.ts";
import type { HistoryCommand } from "./panelHistory.ts";
import type { InstanceCommand } from "./panelInstances.ts";
import type { StreamCommand } from "./panelStream.ts";

const actionIds: Readonly<Record<PanelActionId, true>> = {
  addAsyncFeature: true,
  showLog: true,
  showProblems: true,
  showPluginOutput: true,
  manageTrust: true,
  openSettings: true,
  goToImpl: true,
  goToTrait: true,
  buildPlugin: true,
  restartHost: true,
  invokeWithoutLimit: true,
  invokeWithBacktrace: true,
  invokeDebugged: true,
  focusDebugger: true,
  askCompiler: true,
  askCompilerOfConfiguration: true,
};

const isAction: Check<PanelActionId> = (value): value is PanelActionId =>
  typeof value === "string" && Object.hasOwn(actionIds, value);

const isSerdePlace: Check<SerdePlace> = (value): value is SerdePlace =>
  typeof value === "string" &&
  /^(?:argument (?:0|[1-9][0-9]{0,3})|streamArgument|configuration)$/u.test(value);

/** What a user wrote on how a method runs. */
export const isRunOptionTexts = members<RunOptionTexts>({
  environment: isText,
  workingDirectory: isText,
  profile: isText,
  features: isText,
  memory: isText,
  repeat: isText,
  warmUp: isText,
});

const isDraft = members<Draft>(
  {
    arguments: nullOr(isJsonObject),
    jsonText: nullOr(isText),
    tab: oneOf(["form", "json"]),
    timeoutSeconds: nullOr(isNumber),
  },
  { key: isText, form: isJsonObject, seed: isCount, options: isRunOptionTexts },
);

const isLocation = members<SourceLocation>({ file: isText, line: isCount, column: isCount });

const isTarget = members<MethodTarget>({ pluginId: isText, method: isText });

const isStreamCommand = anyOf<StreamCommand>(
  members({ kind: oneOf(["next"]), count: isCount }),
  members({ kind: oneOf(["run", "pause", "finishInput", "drop"]) }),
);

const isHistoryCommand = anyOf<HistoryCommand>(
  members({ kind: oneOf(["step"]), direction: oneOf(["older", "newer"]) }),
  members({ kind: oneOf(["useLast"]) }),
  members({
    kind: oneOf(["use", "open", "runAgain", "comparePrevious", "copyAs", "pin", "rename"]),
    id: isText,
  }),
);

const isRepetition = members<Repetition>({
  calls: nullOr(isCount),
  durationMs: nullOr(isCount),
  warmUp: isCount,
});

const isInstanceCommand = anyOf<InstanceCommand>(
  members({ kind: oneOf(["add"]), name: isText, configuration: isJson }),
  members({ kind: oneOf(["change"]), id: isText, configuration: isJson }),
  members({ kind: oneOf(["rename"]), id: isText, name: isText }),
  members({ kind: oneOf(["select"]), id: isText }),
  members({ kind: oneOf(["build"]), id: isText }),
  members({ kind: oneOf(["drop"]), id: isText }),
  members({ kind: oneOf(["remove"]), id: isText }),
);

const isAnswer = anyOf<HostFunctionAnswer>(
  members({ kind: oneOf(["value"]), value: isJson }),
  members({
    kind: oneOf(["error"]),
    error: members<HostFunctionError>({ code: isText, message: isText, details: nullOr(isText) }),
  }),
  members({ kind: oneOf(["module"]), module: isText }),
);

const isHostFunctionEdit = anyOf<HostFunctionEdit>(
  members<Extract<HostFunctionEdit, { readonly kind: "answer" }>>(
    {
      kind: oneOf(["answer"]),
      interfaceName: isText,
      functionName: isText,
      answer: nullOr(isAnswer),
    },
    { before: isJson },
  ),
  members({ kind: oneOf(["module"]), interfaceName: isText, module: nullOr(isText) }),
  members({ kind: oneOf(["defaults"]), interfaceName: isText }),
);

const isHostFunctionCommand = anyOf<HostFunctionCommand>(
  members({ kind: oneOf(["edit"]), file: isText, edit: isHostFunctionEdit }),
  members<Extract<HostFunctionCommand, { readonly kind: "openFile" }>>(
    { kind: oneOf(["openFile"]) },
    { line: isCount, column: isCount },
  ),
  members({ kind: oneOf(["openModule"]), module: isText }),
);

/** Of every request. */
export const panelRequestChecks: RequestChecks<typeof panelRequests> = {
  ready: isNothing,
  invoke: members<InvokeRequest>(
    { arguments: isJsonObject, mode: oneOf(["run", "debug"]) },
    { seed: isCount, repetition: isRepetition, sets: listOf(isJsonObject) },
  ),
  clipboard: isNothing,
  cancel: isNothing,
  streamSend: members({ value: isJson }),
  streamSendFile: isNothing,
  streamValue: members({ sequence: isCount }),
  streamTexts: members({ serial: isCount, sequences: listOf(isCount) }),
  checkSerde: members<SerdeQuestion>({ place: isSerdePlace, text: isText }),
  exampleSerde: members({ place: isSerdePlace }),
  instance: isInstanceCommand,
  pickFile: isNothing,
  pickFolder: isNothing,
  hostFunctions: isHostFunctionCommand,
  pickModule: isNothing,
  resultBytes: members({ atMs: isCount, from: isCount, length: isCount }),
};

/** Of every message without an answer. */
export const panelEventChecks: NotificationChecks<typeof panelEvents> = {
  draftChanged: isDraft,
  action: members({ id: isAction }),
  openLocation: isLocation,
  streamCommand: isStreamCommand,
  showStream: isTarget,
  streamExport: isNothing,
  keepResult: members({ as: oneOf(["file", "editor", "hexEditor"]) }),
  chooseInterface: members({ interfaceId: isText }),
  copyText: members({ text: isText }),
  history: isHistoryCommand,
};
