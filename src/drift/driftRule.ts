// What a rule on changes of interfaces is. One rule a file; its page and its example stand with it, so that documentation and
// tests take the same text.

import type { SourceSpan } from "../model/text/span.ts";
import type { DriftCategory, DriftChange, DriftSeverity } from "./change.ts";
import type { ComparedInterface } from "./comparedInterface.ts";
import type { InterfaceState } from "./interfaceState.ts";

/** What a reader of the rule's page learns. */
export interface DriftPage {
  /** What the rule finds, in one sentence. */
  readonly finds: string;
  /** What happens to those who were not built or written again. */
  readonly why: string;
  /** What to do instead, or about it. */
  readonly instead: string;
  /** A whole `lib.rs` of then. */
  readonly before: string;
  /** The same with the change. */
  readonly after: string;
  readonly limits?: string;
}

export interface ReportDetails {
  /** The methods that it is about, by their names of today. */
  readonly methods?: readonly string[];
  /** Absent: the first of the methods, else the interface. */
  readonly span?: SourceSpan | undefined;
  /** When it is not the rule's own. */
  readonly severity?: DriftSeverity;
  readonly category?: DriftCategory;
}

export type Report = (message: string, details?: ReportDetails) => void;

export interface DriftRule {
  readonly id: string;
  readonly category: DriftCategory;
  readonly severity: DriftSeverity;
  readonly page: DriftPage;
  /** An interface that both sides have. */
  readonly compared?: (compared: ComparedInterface, report: Report) => void;
  /** An interface that only today's side has. */
  readonly added?: (state: InterfaceState, report: Report) => void;
  /** An interface that only the other side has. */
  readonly removed?: (state: InterfaceState, report: Report) => void;
  /** What all other rules found on an interface that both sides have. */
  readonly concluded?: (
    compared: ComparedInterface,
    changes: readonly DriftChange[],
    report: Report,
  ) => void;
}
