// What becomes of a diagnostic after a rule gave it: the user's severities, comments that allow it, and what rust-analyzer says
// already.

import type { ProjectSnapshot } from "../project/project.ts";
import type { ProjectDiagnostic } from "./diagnostic.ts";

/** What the user and the editor ask for. */
export interface DiagnosticPolicy {
  /** By code; `off` hides it. */
  readonly severities: Readonly<Record<string, ProjectDiagnostic["severity"] | "off">>;
  /** rust-analyzer shows some errors as they are typed, those of macros above all: what only repeats them is not published. */
  readonly isRustAnalyzerActive: boolean;
}

export const plainPolicy: DiagnosticPolicy = { severities: {}, isRustAnalyzerActive: false };

/** Codes as people know them from other servers: `missing-async-feature`. */
export function kebabCase(code: string): string {
  return code.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

/** The diagnostics that are shown, in the severities that the user wants. */
export function withPolicy(
  diagnostics: readonly ProjectDiagnostic[],
  files: ProjectSnapshot["files"],
  { severities, isRustAnalyzerActive }: DiagnosticPolicy,
): readonly ProjectDiagnostic[] {
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const known = lines.get(file) ?? splitIfAllowing(files.read(file) ?? "");
    lines.set(file, known);
    return known;
  };
  return diagnostics.flatMap((diagnostic) => {
    const id = kebabCase(diagnostic.code);
    const severity = Object.hasOwn(severities, id) ? severities[id] : diagnostic.severity;
    const isSaid = isRustAnalyzerActive && diagnostic.isLiveInRustAnalyzer === true;
    const { file, start } = diagnostic.span;
    if (severity === undefined || severity === "off" || isSaid) {
      return [];
    }
    return isAllowed(linesOf(file)[start.line - 1] ?? "", id) ? [] : [{ ...diagnostic, severity }];
  });
}

/** Lines of a text that allows something; of others none. */
function splitIfAllowing(text: string): readonly string[] {
  return text.includes("fidius:allow(") ? text.split(/\r\n|\n|\r/u) : [];
}

/** `// fidius:allow(impl-order, task-outlives-call)`, in a manifest with `#`. */
function isAllowed(line: string, id: string): boolean {
  const listed = /^\s*(?:\/\/|#)\s*fidius:allow\((?<ids>[^)]*)\)/u.exec(line)?.groups?.["ids"];
  return listed?.split(",").some((each) => each.trim() === id) ?? false;
}
