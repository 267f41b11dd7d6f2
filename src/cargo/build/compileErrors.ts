// Compile errors for the panel and the Problems view, from rustc's JSON diagnostics.

import { isAbsolute, resolve } from "node:path";
import type { CompileError } from "../../model/outcome.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { DiagnosticMessage, RustcSpan } from "./buildMessages.ts";

/** The diagnostic as a CompileError; undefined for warnings, notes and the closing "aborting due to …". */
export function toCompileError(
  { message }: DiagnosticMessage,
  workspaceRoot: string,
): CompileError | undefined {
  if (!message.level.startsWith("error") || message.message.startsWith("aborting due to ")) {
    return undefined;
  }
  const primary = message.spans.find((span) => span.is_primary);
  const related = relatedPlaces(message, workspaceRoot);
  return {
    rendered: message.rendered ?? message.message,
    message: message.message,
    ...(message.code ? { code: message.code.code } : {}),
    ...(primary === undefined ? {} : { span: toSourceSpan(userSpan(primary), workspaceRoot) }),
    ...(primary?.label ? { label: primary.label } : {}),
    ...(related.length === 0 ? {} : { related }),
  };
}

/** More would fill the list of problems. */
const mostPlaces = 10;

/** The other labelled spans, and those of notes: `the item is gated behind the \`net\` feature`. */
function relatedPlaces(
  { spans, children }: DiagnosticMessage["message"],
  workspaceRoot: string,
): NonNullable<CompileError["related"]> {
  const labelled = spans.filter(({ is_primary: isPrimary, label }) => !isPrimary && label);
  const noted = children.flatMap(({ spans: ofChild }) => ofChild.filter(({ label }) => label));
  return [...labelled, ...noted].slice(0, mostPlaces).map((span) => ({
    span: toSourceSpan(span, workspaceRoot),
    message: span.label ?? "",
  }));
}

/** Follows macro expansions from a foreign crate out to the user's own line. rustc names workspace files relatively. */
function userSpan(span: RustcSpan): RustcSpan {
  let current: RustcSpan | undefined = span;
  while (current !== undefined) {
    if (!isAbsolute(current.file_name) && !current.file_name.startsWith("<")) {
      return current;
    }
    current = current.expansion?.span;
  }
  return span;
}

function toSourceSpan(span: RustcSpan, workspaceRoot: string): SourceSpan {
  return {
    file: resolve(workspaceRoot, span.file_name),
    start: {
      line: span.line_start - 1,
      character: toUtf16(span.text[0]?.text, span.column_start - 1),
    },
    end: {
      line: span.line_end - 1,
      character: toUtf16(span.text.at(-1)?.text, span.column_end - 1),
    },
  };
}

/** rustc counts characters, spans count UTF-16 units. */
function toUtf16(line: string | undefined, characters: number): number {
  return line === undefined ? characters : Array.from(line).slice(0, characters).join("").length;
}
