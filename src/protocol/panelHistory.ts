// Remembered calls in the panel: where the one that is shown stands among those of its method, and what its buttons ask for.

import type { RepeatTimes } from "../model/repetition.ts";

/** The remembered call whose outcome is shown. */
export interface HistoryPlace {
  readonly id: string;
  /** From 1, the oldest of the method. */
  readonly position: number;
  readonly count: number;
  /** Given by the user. */
  readonly name: string | null;
  readonly isPinned: boolean;
  /** What it was called with, as the JSON tab writes it; null when it cannot be read any more. */
  readonly arguments: string | null;
  /** The outcome in a few words; a result that is not kept any more leaves only them. */
  readonly outcome: string;
  readonly isResultKept: boolean;
  /** Its interface had another hash: the types of today need not explain its value. */
  readonly isOtherInterface: boolean;
  /** Times of the method's newest repeated calls before this one, one of each profile; absent where it was not repeated. */
  readonly repeatsBefore?: readonly PastRepeat[];
}

/** A repeated call of before. */
export interface PastRepeat extends RepeatTimes {
  readonly profile: string;
  readonly atMs: number;
}

/** What a button or a key asks for. */
export type HistoryCommand =
  /** The call before or after the one that is shown. */
  | { readonly kind: "step"; readonly direction: "older" | "newer" }
  /** The arguments of the newest call into the form. */
  | { readonly kind: "useLast" }
  /** With a call: its arguments into the form; shown; called again; compared with the one before; copied; pinned or not; named. */
  | {
      readonly kind: "use" | "open" | "runAgain" | "comparePrevious" | "copyAs" | "pin" | "rename";
      readonly id: string;
    };
