// Changes of interfaces as lines: for people, for scripts, and for GitHub Actions.

import { relative } from "node:path";
import type { JudgedChange } from "../../drift/accepted.ts";
import type { DriftCounts } from "../../drift/summary.ts";
import type { CheckFormat } from "./checkFormat.ts";
import { annotation } from "./annotation.ts";
import { jsonText } from "./jsonText.ts";

/** One line for each change; paths are relative to `currentFolder`, lines and columns count from 1. */
export function driftLines(
  changes: readonly JudgedChange[],
  format: CheckFormat,
  currentFolder: string,
): readonly string[] {
  return changes.map((change) => {
    const { rule, severity, category, span, message, isAccepted } = change;
    const place = span && {
      file: relative(currentFolder, span.file),
      line: span.start.line + 1,
      endLine: span.end.line + 1,
      column: span.start.character + 1,
    };
    const kind = kindText(change);
    switch (format) {
      case "text": {
        const at =
          place === undefined
            ? change.interfaceName
            : `${place.file}:${String(place.line)}:${String(place.column)}`;
        return `${at}: ${rule}: ${message} [${kind}]`;
      }
      case "json":
        return jsonText({
          ...(span === undefined || place === undefined
            ? {}
            : { ...place, endColumn: span.end.character + 1 }),
          rule,
          category,
          severity,
          accepted: isAccepted,
          interface: change.interfaceId,
          methods: change.methods,
          message,
        });
      case "github": {
        const level = { breaking: "error", warning: "warning", safe: "notice" } as const;
        return annotation(
          isAccepted ? "notice" : level[severity],
          place,
          `${rule} (${kind})`,
          message,
        );
      }
    }
  });
}

/** "breaking, binary". */
function kindText({ severity, category, isAccepted }: JudgedChange): string {
  const words = severity === "safe" ? [severity] : [severity, category];
  return [...words, ...(isAccepted ? ["accepted"] : [])].join(", ");
}

/** The summary as the last line. */
export function summaryLine(summary: string, counts: DriftCounts, format: CheckFormat): string {
  switch (format) {
    case "text":
      return summary;
    case "json":
      return jsonText({ summary, ...counts });
    case "github":
      return annotation(counts.breaking > 0 ? "error" : "notice", undefined, "summary", summary);
  }
}
