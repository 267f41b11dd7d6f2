// A comparison in one sentence or two, for people and for the end of a log.

import type { JudgedChange } from "./accepted.ts";
import type { InterfaceDrift } from "./compareInterfaces.ts";
import { versionAdvice } from "./versionStep.ts";

export interface DriftCounts {
  readonly breaking: number;
  /** Of the breaking ones, those that break what is built already. */
  readonly binary: number;
  readonly warnings: number;
  readonly safe: number;
  readonly accepted: number;
}

export function countChanges(changes: readonly JudgedChange[]): DriftCounts {
  const open = changes.filter(({ isAccepted }) => !isAccepted);
  const count = (severity: JudgedChange["severity"]): number =>
    open.filter((change) => change.severity === severity).length;
  return {
    breaking: count("breaking"),
    binary: open.filter(
      ({ severity, category }) => severity === "breaking" && category === "binary",
    ).length,
    warnings: count("warning"),
    safe: count("safe"),
    accepted: changes.length - open.length,
  };
}

/** "2 breaking changes since v0.3 (1 of them for what is built already), 1 accepted. Raise `Tool` from version 1 to 2." */
export function summaryText(
  drifts: readonly InterfaceDrift[],
  changes: readonly JudgedChange[],
  against: string,
): string {
  const counts = countChanges(changes);
  const advice = versionAdvice(drifts);
  const step =
    advice.length === 0
      ? changes.length === 0
        ? ""
        : " The versions are raised as far as they have to be."
      : ` ${capitalized(listed(advice))}.`;
  return `${capitalized(countsText(counts, against))}.${step}`;
}

/** "2 breaking changes since v0.3". */
export function breakingText(breaking: number, against: string): string {
  return `${counted(breaking, "breaking change")} ${against}`;
}

function countsText(counts: DriftCounts, against: string): string {
  const { breaking, binary, warnings, safe, accepted } = counts;
  if (breaking + warnings + safe + accepted === 0) {
    return `No interface changed ${against}`;
  }
  const ofBinary =
    breaking === 0 ? "" : ` (${String(binary)} binary, ${String(breaking - binary)} source only)`;
  const others = [
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
    ...(safe === 0 ? [] : [counted(safe, "safe change")]),
    ...(accepted === 0 ? [] : [`${String(accepted)} accepted`]),
  ];
  return [`${breakingText(breaking, against)}${ofBinary}`, ...others].join(", ");
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function listed(clauses: readonly string[]): string {
  const last = clauses.at(-1) ?? "";
  return clauses.length < 2 ? last : `${clauses.slice(0, -1).join(", ")}, and ${last}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
