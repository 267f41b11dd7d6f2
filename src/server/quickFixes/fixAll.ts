// The preferred fixes of many diagnostics as one edit: each once, and none that changes what another one changes. What is left is
// mended by asking again.

import type { ProjectDiagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { TextChange, TextFix } from "../../model/text/textFix.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { type PluginFix, setupChanges } from "./index.ts";

/** Diagnostics that are mended at once. */
const most = 500;

export interface AllFixes extends Pick<TextFix, "changes"> {
  /** How many diagnostics they are for. */
  readonly count: number;
}

/** Errors and warnings count; what is said for information is left to its reader. */
export function fixAll(
  diagnostics: readonly ProjectDiagnostic[],
  snapshot: ProjectSnapshot,
): AllFixes {
  const wanted = diagnostics
    .filter(({ severity, fixes }) => ["error", "warning"].includes(severity) && fixes.length > 0)
    .slice(0, most);
  const setup = new Map<string, PluginFix>();
  for (const { fixes, plugin: of } of wanted) {
    const [fix] = fixes;
    const plugin = snapshot.rust.plugins.find(({ schema }) => schema.id === of?.id);
    if (fix !== undefined && fix.kind !== "changeText") {
      setup.set(JSON.stringify([fix, "manifestPath" in fix ? "" : of?.id]), { fix, plugin });
    }
  }
  const changes = [...(setupChanges([...setup.values()], snapshot.files) ?? [])];
  const done = new Set<string>();
  for (const { fixes } of wanted) {
    const [fix] = fixes;
    const key = JSON.stringify(fix);
    if (fix?.kind === "changeText" && !done.has(key) && isFree(fix.changes, changes)) {
      done.add(key);
      changes.push(...fix.changes);
    }
  }
  const count = wanted.filter(
    ({ fixes: [fix] }) => fix?.kind !== "changeText" || done.has(JSON.stringify(fix)),
  ).length;
  return { count: changes.length === 0 ? 0 : count, changes };
}

function isFree(changes: readonly TextChange[], taken: readonly TextChange[]): boolean {
  return changes.every(({ span }) => taken.every((other) => isApart(span, other.span)));
}

function isApart(left: SourceSpan, right: SourceSpan): boolean {
  return left.file !== right.file || isBefore(left, right) || isBefore(right, left);
}

function isBefore({ end }: SourceSpan, { start }: SourceSpan): boolean {
  return end.line < start.line || (end.line === start.line && end.character < start.character);
}
