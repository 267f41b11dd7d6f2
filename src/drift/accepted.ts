// Changes that people have accepted, as they wrote them down.

import type { DriftChange } from "./change.ts";

export interface AcceptedEntry {
  /** Name or id of the interface. */
  readonly interface: string;
  /** Id of the rule. */
  readonly rule: string;
  /** Absent: whatever the methods. */
  readonly method?: string | undefined;
}

export interface JudgedChange extends DriftChange {
  readonly isAccepted: boolean;
}

export interface Judgement {
  readonly changes: readonly JudgedChange[];
  /** Entries that no change needs. */
  readonly unused: readonly AcceptedEntry[];
}

/** Sorts the accepted changes from the others. A change of several methods is accepted when each of them is. */
export function judge(
  changes: readonly DriftChange[],
  accepted: readonly AcceptedEntry[],
): Judgement {
  const used = new Set<AcceptedEntry>();
  const judged = changes.map((change): JudgedChange => {
    const entries = accepted.filter((entry) => concerns(entry, change));
    const isAccepted =
      entries.some(({ method }) => method === undefined) ||
      (change.methods.length > 0 &&
        change.methods.every((name) => entries.some(({ method }) => method === name)));
    if (isAccepted) {
      entries.forEach((entry) => used.add(entry));
    }
    return { ...change, isAccepted };
  });
  return { changes: judged, unused: accepted.filter((entry) => !used.has(entry)) };
}

function concerns(entry: AcceptedEntry, change: DriftChange): boolean {
  return (
    (entry.interface === change.interfaceName || entry.interface === change.interfaceId) &&
    entry.rule === change.rule &&
    (entry.method === undefined || change.methods.includes(entry.method))
  );
}
