// What a user typed and did not send yet.

import type { RunOptionTexts } from "../model/runOptions.ts";
import type { JsonObject } from "../model/value/value.ts";

/** A user's unfinished request, kept per method by the extension. */
export interface Draft {
  /**
   * The method it belongs to, an opaque text of the extension. The panel hands it back unchanged, so that a draft on its
   * way while the panel turns to another method never becomes that method's.
   */
  readonly key?: string;
  /** Last valid value of all arguments by name; null before the first edit. */
  readonly arguments: JsonObject | null;
  /** The JSON tab's text when it differs from the value (it does not parse or does not fit); it is never lost. */
  readonly jsonText: string | null;
  readonly tab: "form" | "json";
  /** Seconds; 0 is no limit; null is the setting's value. */
  readonly timeoutSeconds: number | null;
  /** That the arguments were made from, as long as they are as it made them. */
  readonly seed?: number;
  /** How the method is to run; absent before anything of it was set. */
  readonly options?: RunOptionTexts;
  /** What the panel's form remembers beside the arguments; the extension keeps it and does not look into it. */
  readonly form?: JsonObject;
}
