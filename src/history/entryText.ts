// Entries as text on disk, and back. The index has one line for each entry and for each change; a line that does not read is
// left out, whatever made it so, and nothing else is lost with it.

import type { CallResult } from "../model/outcome.ts";
import type { RepeatTimes } from "../model/repetition.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { CallDetail, CallSummary, EntryChange } from "./callEntry.ts";

type IndexLine =
  | { readonly call: CallSummary }
  | { readonly change: string; readonly to: EntryChange }
  | { readonly gone: readonly string[] };

/** A line of the index, with its end. */
export function indexLine(line: IndexLine): string {
  return `${JSON.stringify(line)}\n`;
}

export interface ReadIndex {
  /** Oldest first. */
  readonly entries: Map<string, CallSummary>;
  readonly lines: number;
  /** The last line has its end, so another one may follow. */
  readonly isWhole: boolean;
}

export function readIndex(text: string): ReadIndex {
  const entries = new Map<string, CallSummary>();
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  for (const line of lines) {
    takeLine(entries, line);
  }
  return { entries, lines: lines.length, isWhole: rest === "" };
}

function takeLine(entries: Map<string, CallSummary>, text: string): void {
  const line = parsed(text) as
    | {
        readonly call?: unknown;
        readonly change?: unknown;
        readonly to?: unknown;
        readonly gone?: unknown;
      }
    | undefined;
  if (isSummary(line?.call)) {
    entries.set(line.call.id, line.call);
  } else if (typeof line?.change === "string" && isObject(line.to)) {
    const entry = entries.get(line.change);
    const changed = { ...entry, ...line.to };
    if (entry !== undefined && isSummary(changed)) {
      entries.set(entry.id, changed);
    }
  } else if (Array.isArray(line?.gone)) {
    for (const id of line.gone as unknown[]) {
      entries.delete(String(id));
    }
  }
}

const textMembers = [
  "id",
  "pluginId",
  "pluginName",
  "interfaceName",
  "method",
  "profile",
  "kind",
  "outcome",
  "argumentsPreview",
  "resultPreview",
] as const;
const numberMembers = ["atMs", "detailBytes", "resultBytes"] as const;
const nullableNumbers = ["callMs", "inputBytes", "outputBytes"] as const;

function isSummary(value: unknown): value is CallSummary {
  if (!isObject(value)) {
    return false;
  }
  return (
    textMembers.every((name) => typeof value[name] === "string") &&
    /^[0-9a-z-]{1,64}$/u.test(String(value["id"])) &&
    numberMembers.every((name) => typeof value[name] === "number") &&
    nullableNumbers.every((name) => value[name] === null || typeof value[name] === "number") &&
    [value["name"], value["interfaceHash"]].every(
      (text) => text === null || typeof text === "string",
    ) &&
    typeof value["isPinned"] === "boolean" &&
    (value["repeat"] === undefined || isTimes(value["repeat"]))
  );
}

function isTimes(value: unknown): value is RepeatTimes {
  return (
    isObject(value) &&
    ["calls", "p50", "p95", "p99"].every((name) => typeof value[name] === "number")
  );
}

export function detailText(detail: CallDetail): string {
  return JSON.stringify(detail);
}

export function readDetail(text: string): CallDetail | undefined {
  const value = parsed(text);
  return isObject(value) &&
    typeof value["arguments"] === "string" &&
    typeof value["signature"] === "string" &&
    isObject(value["about"]) &&
    isObject(value["about"]["output"]) &&
    isObject(value["about"]["measurements"]) &&
    Array.isArray(value["about"]["notes"])
    ? (value as unknown as CallDetail)
    : undefined;
}

/** Bytes are base64; everything else of a result is JSON as it is. The error: it nests deeper than JSON is written. */
export function resultText(result: CallResult): Result<string, "tooDeep"> {
  const plain =
    "bytes" in result ? { ...result, bytes: Buffer.from(result.bytes).toString("base64") } : result;
  try {
    return ok(JSON.stringify(plain));
  } catch {
    return err("tooDeep");
  }
}

export function readResult(text: string): CallResult | undefined {
  const value = parsed(text);
  if (!isObject(value) || typeof value["kind"] !== "string") {
    return undefined;
  }
  const { bytes } = value;
  // Not a view of a pool: the page gets it as it is.
  return (
    typeof bytes === "string"
      ? { ...value, bytes: new Uint8Array(Buffer.from(bytes, "base64")) }
      : value
  ) as CallResult;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
