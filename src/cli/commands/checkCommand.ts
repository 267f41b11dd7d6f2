// `fidius-call check`: every diagnostic of the editor, for scripts and CI. Builds nothing.

import { isAbsolute, relative } from "node:path";
import { readBuildChoice } from "../../cargo/graph/buildChoice.ts";
import type { ProjectDiagnostic } from "../../diagnostics/diagnostic.ts";
import { kebabCase } from "../../diagnostics/policy.ts";
import { nullLogger } from "../../model/logger.ts";
import type { CheckFormat } from "../output/checkFormat.ts";
import type { CheckArguments } from "../options/commandLine.ts";
import { loadDiagnostics, projectFolder } from "../options/project/loadProject.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import { jsonText } from "../output/jsonText.ts";
import { annotation } from "../output/annotation.ts";
import type { Terminal } from "../output/terminal.ts";

/** Prints what is wrong in the folder; errors are a failure. */
export async function runCheck(
  path: string | undefined,
  options: CheckArguments,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const folder = projectFolder(path, process.cwd());
  if (!folder.ok) {
    return folder.error;
  }
  const profile = options.release === true ? "release" : (options.profile ?? "dev");
  const choice = readBuildChoice(profile, options.features ?? [], []);
  const all = await loadDiagnostics(folder.value, nullLogger, choice);
  if (all === undefined) {
    return {
      exitCode: exitCodes.usage,
      kind: "usage",
      message: `No Rust package was found in ${folder.value}, so nothing was checked. Name the folder of a Cargo.toml that cargo can read.`,
    };
  }
  const found = diagnosticsInside(all, folder.value);
  terminal.result(...checkLines(found, options.format, process.cwd()));
  const summary = checkSummary(found);
  if (found.every(({ severity }) => severity !== "error")) {
    const clean = found.length === 0 ? "Nothing is wrong" : "No errors and no warnings";
    terminal.note(`${summary ?? clean}.`);
    return undefined;
  }
  return {
    exitCode: exitCodes.check,
    kind: "check",
    message: `${summary ?? ""} in ${folder.value}.`,
  };
}

/** The diagnostics in files of the folder, by file and place. Hints are advice and left out. */
function diagnosticsInside(
  diagnostics: readonly ProjectDiagnostic[],
  folder: string,
): readonly ProjectDiagnostic[] {
  const seen = new Set<string>();
  return diagnostics
    .filter(({ span, severity }) => {
      const path = relative(folder, span.file);
      return severity !== "hint" && !path.startsWith("..") && !isAbsolute(path);
    })
    .toSorted(
      ({ span: a }, { span: b }) =>
        a.file.localeCompare(b.file) ||
        a.start.line - b.start.line ||
        a.start.character - b.start.character,
    )
    .filter((diagnostic) => {
      const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** One line for each diagnostic; paths are relative to `currentFolder`, lines and columns count from 1. */
function checkLines(
  diagnostics: readonly ProjectDiagnostic[],
  format: CheckFormat,
  currentFolder: string,
): readonly string[] {
  return diagnostics.map((diagnostic) => {
    const { span, severity, message } = diagnostic;
    const code = kebabCase(diagnostic.code);
    const file = relative(currentFolder, span.file);
    const line = span.start.line + 1;
    const column = span.start.character + 1;
    switch (format) {
      case "text":
        return `${file}:${String(line)}:${String(column)}: ${severity}: ${message} [${code}]`;
      case "json":
        return jsonText({
          file,
          line,
          column,
          endLine: span.end.line + 1,
          endColumn: span.end.character + 1,
          severity,
          code,
          message,
        });
      case "github": {
        const level = severity === "information" ? "notice" : severity;
        return annotation(level, { file, line, endLine: span.end.line + 1, column }, code, message);
      }
    }
  });
}

/** "2 errors and 1 warning"; undefined without either. */
function checkSummary(diagnostics: readonly ProjectDiagnostic[]): string | undefined {
  const count = (severity: ProjectDiagnostic["severity"], noun: string): string[] => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return found === 0 ? [] : [`${String(found)} ${found === 1 ? noun : `${noun}s`}`];
  };
  const parts = [...count("error", "error"), ...count("warning", "warning")];
  return parts.length === 0 ? undefined : parts.join(" and ");
}
