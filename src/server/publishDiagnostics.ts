// Sends the Problems entries of each file when they change, and an empty list when their cause is gone.

import { type Connection, type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { ProjectDiagnostic } from "../diagnostics/diagnostic.ts";
import { kebabCase } from "../diagnostics/policy.ts";
import { groupBy } from "../model/groupBy.ts";
import { manyLines } from "../model/text/foreignText.ts";
import type { PageOf } from "./pages.ts";
import type { Documents } from "./documents.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

export interface DiagnosticsPublisher {
  publish(diagnostics: readonly ProjectDiagnostic[]): void;
}

export function createDiagnosticsPublisher(
  connection: Connection,
  documents: Documents,
  pageOf: PageOf,
): DiagnosticsPublisher {
  /** What each file shows now, as JSON, to send only what changed. */
  const shown = new Map<string, string>();
  return {
    publish: (diagnostics) => {
      const byFile = groupBy(diagnostics, ({ span }) => span.file);
      for (const file of new Set([...shown.keys(), ...byFile.keys()])) {
        const ofFile = byFile.get(file) ?? [];
        const entries = [
          ...shownOf(ofFile).map((entry) => toLsp(entry, documents, pageOf)),
          ...noteOnOthers(ofFile),
        ];
        const uri = documents.uriOf(file);
        const state = JSON.stringify([uri, entries]);
        if (shown.get(file) === state || (entries.length === 0 && !shown.has(file))) {
          continue;
        }
        if (entries.length === 0) {
          shown.delete(file);
        } else {
          shown.set(file, state);
        }
        const open = documents.find(file);
        void connection.sendDiagnostics({
          uri,
          diagnostics: entries,
          ...(open === undefined ? {} : { version: open.version }),
        });
      }
    },
  };
}

/** So many of a file are shown: editors show no more, and each costs them time. */
const mostOfFile = 1000;

/** The gravest, where there are more than are shown. */
function shownOf(entries: readonly ProjectDiagnostic[]): readonly ProjectDiagnostic[] {
  return entries.length <= mostOfFile
    ? entries
    : entries
        .toSorted((one, other) => severities[one.severity] - severities[other.severity])
        .slice(0, mostOfFile);
}

function noteOnOthers(entries: readonly ProjectDiagnostic[]): readonly Diagnostic[] {
  const others = entries.length - mostOfFile;
  const place = { line: 0, character: 0 };
  return others <= 0
    ? []
    : [
        {
          range: { start: place, end: place },
          severity: DiagnosticSeverity.Information,
          source: "fidius",
          message: `${others.toLocaleString("en")} more diagnostics of this file are not shown. Mend some of the others to see them.`,
        },
      ];
}

/** One entry in LSP's words. What it quotes, such as a name, a path or cargo's error, gives the editor no orders. */
export function toLsp(entry: ProjectDiagnostic, documents: Documents, pageOf: PageOf): Diagnostic {
  const { span, related } = entry;
  const code = kebabCase(entry.code);
  const href = pageOf(code);
  return {
    range: { start: span.start, end: span.end },
    severity: severities[entry.severity],
    source: "fidius",
    code,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    message: manyLines(entry.message),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map(({ span: place, message }) => ({
            location: {
              uri: documents.uriOf(place.file),
              range: { start: place.start, end: place.end },
            },
            message: manyLines(message),
          })),
        }),
  };
}
