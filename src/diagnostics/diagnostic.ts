// What every rule gives: a diagnostic, in no protocol's words.

import type { ProjectSnapshot } from "../project/project.ts";
import type { SetupFix } from "../project/asyncRules/setupFinding.ts";
import type { PluginSchema } from "../model/plugin.ts";
import type { SourceSpan } from "../model/text/span.ts";
import type { TextFix } from "../model/text/textFix.ts";
import type { RelatedPlace } from "../rust/fidius/facts.ts";

/** One entry of the Problems list, not yet in LSP's words. */
export interface ProjectDiagnostic {
  /** The kind of the finding for the rules on async methods; the analyzer's codes pass through. */
  readonly code: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  readonly span: SourceSpan;
  /** Other places that belong to it. */
  readonly related: readonly RelatedPlace[];
  /** Edits that repair it, the preferred one first. */
  readonly fixes: readonly DiagnosticFix[];
  /** rust-analyzer shows it at the same place as it is typed. */
  readonly isLiveInRustAnalyzer?: boolean;
  /** The plugin that it is about, if any. */
  readonly plugin: PluginSchema | null;
}

/** An edit that a plugin's facts make, or one that is ready. */
export type DiagnosticFix = SetupFix | TextFix;

export type ProjectRule = (snapshot: ProjectSnapshot) => readonly ProjectDiagnostic[];
