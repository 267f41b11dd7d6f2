// What a rule is: a function from the project's state to findings in files. One rule a file beside this one.

import type { ProjectSnapshot } from "../../project/project.ts";
import type { SetupFix } from "../../project/setupFinding.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/span.ts";

/** One entry of the Problems list, not yet in LSP's words. */
export interface ProjectDiagnostic {
  /** The kind of the finding for the rules on async methods; the analyzer's codes pass through. */
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly span: SourceSpan;
  /** Other places that belong to it. */
  readonly related: readonly RelatedPlace[];
  /** Edits that repair it, the preferred one first. */
  readonly fixes: readonly SetupFix[];
  /** The plugin that it is about, if any. */
  readonly plugin: PluginSchema | null;
}

export interface RelatedPlace {
  readonly span: SourceSpan;
  readonly message: string;
}

export type DiagnosticRule = (snapshot: ProjectSnapshot) => readonly ProjectDiagnostic[];
