// What the host answers, checked field by field (R4): a plugin shares its process and could write anything into the pipe.

import type { LoadFailure, LoadFailureKind } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import type {
  CallRefusal,
  BindReply,
  CallReply,
  DroppedInstance,
  HelloResult,
  LoadedLibrary,
  OpenedInstance,
  OpenStreamReply,
  PullStreamReply,
  Surroundings,
} from "../../protocol/host.ts";
import { isReport } from "./checkReport.ts";
import { asFields, isCount, isDuration, isText } from "./fieldChecks.ts";
import type { Fields } from "./fieldChecks.ts";

export type ReplyCheck<T> = (value: unknown) => value is T;

/** By kind, so that a new kind does not compile until it is listed. */
const loadFailureKinds: Readonly<Record<LoadFailureKind, true>> = {
  notFound: true,
  notALibrary: true,
  wrongArchitecture: true,
  truncated: true,
  cannotLoad: true,
  noSymbol: true,
  badMagic: true,
  badRegistry: true,
  unsupportedAbi: true,
  badDescriptor: true,
  pluginNotFound: true,
  slotUnknown: true,
  configurationRefused: true,
  cacheUnusable: true,
  diedInConfigure: true,
  timedOut: true,
  diedWhileLoading: true,
};

const callRefusals: Readonly<Record<CallRefusal, true>> = {
  noInstance: true,
  noSlot: true,
  badOutput: true,
  outputTooLong: true,
  arenaTooSmall: true,
};

export function isHello(value: unknown): value is HelloResult {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    isCount(fields["protocolVersion"]) &&
    isCount(fields["pid"]) &&
    ["platform", "architecture", "nodeVersion", "koffiVersion"].every((name) =>
      isText(fields[name]),
    )
  );
}

export function isLoadReply(value: unknown): value is Result<LoadedLibrary, LoadFailure> {
  return isResult(value, (loaded) => isDuration(loaded["loadMs"]) && isReport(loaded["report"]));
}

export function isOpenReply(value: unknown): value is Result<OpenedInstance, LoadFailure> {
  return isResult(value, (opened) => isCount(opened["instance"]) && isDuration(opened["openMs"]));
}

export function isBindReply(value: unknown): value is BindReply {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    (fields["status"] === null || Number.isInteger(fields["status"])) &&
    Array.isArray(fields["problems"]) &&
    fields["problems"].every(isText)
  );
}

export function isDropReply(value: unknown): value is DroppedInstance {
  const fields = asFields(value);
  return (
    fields !== undefined && typeof fields["wasOpen"] === "boolean" && isDuration(fields["dropMs"])
  );
}

export function isCallReply(value: unknown): value is CallReply {
  const fields = asFields(value);
  if (fields?.["kind"] === "refused") {
    return isRefusal(fields);
  }
  return (
    fields?.["kind"] === "returned" &&
    Number.isInteger(fields["status"]) &&
    fields["output"] instanceof Uint8Array &&
    isDuration(fields["callMs"]) &&
    isCount(fields["runs"]) &&
    isCount(fields["arenaBytes"]) &&
    isChanges(fields["changes"])
  );
}

export function isOpenStreamReply(value: unknown): value is OpenStreamReply {
  const fields = asFields(value);
  switch (fields?.["kind"]) {
    case "opened":
      return isCount(fields["stream"]) && isChanges(fields["changes"]);
    case "returned":
      return (
        Number.isInteger(fields["status"]) &&
        isDuration(fields["callMs"]) &&
        isChanges(fields["changes"])
      );
    default:
      return fields?.["kind"] === "refused" && isRefusal(fields);
  }
}

const pullEnds: Readonly<Record<PullStreamReply["why"], true>> = {
  asked: true,
  ended: true,
  panicked: true,
  stuck: true,
  tooLong: true,
  badStatus: true,
  noStream: true,
};

export function isPullStreamReply(value: unknown): value is PullStreamReply {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    isText(fields["why"]) &&
    Object.hasOwn(pullEnds, fields["why"]) &&
    isCount(fields["items"]) &&
    Number.isInteger(fields["status"]) &&
    isCount(fields["itemBytes"]) &&
    isChanges(fields["changes"])
  );
}

function isRefusal({ reason, message }: Fields): boolean {
  return isText(reason) && Object.hasOwn(callRefusals, reason) && isText(message);
}

function isChanges(value: unknown): boolean {
  return value === null || isSurroundings(value);
}

function isResult(value: unknown, isValue: (value: Fields) => boolean): boolean {
  const fields = asFields(value);
  if (fields === undefined) {
    return false;
  }
  const part = asFields(fields["ok"] === true ? fields["value"] : fields["error"]);
  if (part === undefined || typeof fields["ok"] !== "boolean") {
    return false;
  }
  return fields["ok"] ? isValue(part) : isLoadFailure(part);
}

function isLoadFailure(fields: Fields): boolean {
  const { kind, message } = fields;
  return isText(kind) && Object.hasOwn(loadFailureKinds, kind) && isText(message);
}

function isSurroundings(value: unknown): value is Surroundings {
  const fields = asFields(value);
  return (
    fields !== undefined &&
    (fields["workingDirectory"] === null || isText(fields["workingDirectory"])) &&
    Array.isArray(fields["variables"]) &&
    fields["variables"].every(isText)
  );
}
