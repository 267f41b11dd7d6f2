// Remembered calls in the panel: where the one that is shown stands among those of its method, and what its buttons ask for.

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
  /** What came of it in a few words; a result that is not kept any more leaves only them. */
  readonly outcome: string;
  readonly isResultKept: boolean;
  /** Its interface had another hash: the types of today need not explain its value. */
  readonly isOtherInterface: boolean;
}

/** What a button or a key asks for. */
export type HistoryCommand =
  /** The call before or after the one that is shown. */
  | { readonly kind: "step"; readonly direction: "older" | "newer" }
  /** With a call: its arguments into the form; called again; compared with the one before; copied; pinned or not; named. */
  | {
      readonly kind: "use" | "runAgain" | "comparePrevious" | "copyAs" | "pin" | "rename";
      readonly id: string;
    };
