// What a rule on Fidius code is. One rule a file, in the folder of what it looks at; its page and its examples stand with it,
// so that the documentation and the test against the compiler take the same text.

import type { ManifestFix } from "../model/manifestFix.ts";
import type { TextFix } from "../model/text/textFix.ts";
import type { RelatedPlace, RustProblem } from "../rust/fidius/facts.ts";
import type { CrateSources } from "../rust/fidius/crateCheck.ts";
import type { Fragment } from "../rust/syntax/items/items.ts";
import type { Placed } from "../rust/names/modules/modules.ts";
import type { TypeFinding } from "../rust/types/typeFindings.ts";
import type { HostInterfaceSubject, ImplSubject, InterfaceSubject } from "./source/subjects.ts";

export type Severity = RustProblem["severity"];

/** What a reader of the rule's page learns. */
export interface RulePage {
  /** What the rule finds, in one sentence. */
  readonly finds: string;
  /** Why that matters to an author. */
  readonly why: string;
  /** A whole `lib.rs` with the mistake, as the compiler test builds it. */
  readonly bad: string;
  /** The same without it. */
  readonly good: string;
  /** The release that the examples are built with; absent: the newest. */
  readonly fidius?: string;
  /** What the examples' manifest calls Fidius; absent: `fidius`. */
  readonly fidiusName?: string;
  /** The examples are libraries that others link, no cdylib. */
  readonly isLinkedOnly?: true;
  /** What the rule leaves alone, and why. */
  readonly limits?: string;
}

/** More about a diagnostic than its place and its sentence. */
export interface ReportDetails {
  /** The item that the fragment counts in, when it is another than the rule looks at. */
  readonly placed?: Placed<unknown>;
  /** When it is not the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly (TextFix | ManifestFix)[];
  /** rust-analyzer shows this one at the same place as it is typed, whatever the rule's word. */
  readonly isLiveInRustAnalyzer?: boolean;
}

/** Adds a diagnostic at a fragment of what the rule looks at. */
export type Report = (fragment: Fragment, message: string, details?: ReportDetails) => void;

/** Adds a diagnostic where a method names a type. */
export type ReportType = (
  message: string,
  details?: Pick<ReportDetails, "related" | "fixes" | "severity">,
) => void;

/** Adds a diagnostic anywhere in the crate. */
export type ReportAt = (placed: Placed<unknown>, ...rest: Parameters<Report>) => void;

/** A rule; it looks at one kind of thing or at several. */
export interface SourceRule {
  /** The diagnostic's code, such as `impl-order`. */
  readonly id: string;
  readonly severity: Severity;
  /**
   * Who else says it: a macro of Fidius, whose errors rust-analyzer shows live; rustc, at the attribute or in terms of generated
   * code; or nobody, because it compiles.
   */
  readonly word: "macro" | "rustc" | "silent";
  readonly page: RulePage;
  readonly interface?: (subject: InterfaceSubject, report: Report) => void;
  readonly impl?: (subject: ImplSubject, report: Report) => void;
  readonly hostInterface?: (subject: HostInterfaceSubject, report: Report) => void;
  readonly type?: (finding: TypeFinding, report: ReportType) => void;
  readonly crate?: (sources: CrateSources, report: ReportAt) => void;
}
