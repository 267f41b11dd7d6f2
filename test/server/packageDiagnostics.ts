// What the Problems list shows of packages as they lie on the disk: the real server over stdio, after cargo has answered.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { DiagnosticSeverity } from "vscode-languageserver";
import { LspClient, messageOf } from "./lspClient.ts";

const severityNames = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
} as const;

/** One entry of the Problems list. */
export interface PackageDiagnostic {
  /** Relative to the folder. */
  readonly file: string;
  readonly line: number;
  readonly severity: (typeof severityNames)[DiagnosticSeverity];
  readonly code: string;
  readonly message: string;
}

/** Every diagnostic of a folder, by file and line. */
export async function packageDiagnostics(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly PackageDiagnostic[]> {
  await using client = await LspClient.start({ folders: [folder], environment });
  await client.settled();
  return [...client.allDiagnostics()]
    .flatMap(([uri, diagnostics]) =>
      diagnostics.map((diagnostic) => ({
        file: path.relative(folder, fileURLToPath(uri)),
        line: diagnostic.range.start.line + 1,
        severity: severityNames[diagnostic.severity ?? DiagnosticSeverity.Error],
        code: String(diagnostic.code),
        message: messageOf(diagnostic),
      })),
    )
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** `file:line: severity code: message`. */
export function diagnosticText(diagnostic: PackageDiagnostic): string {
  const { file, line, severity, code, message } = diagnostic;
  return `${file}:${String(line)}: ${severity} ${code}: ${message}`;
}
