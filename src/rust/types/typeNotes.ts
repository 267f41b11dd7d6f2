// What is to be said of a type where it is written: why it cannot be known, and what bincode cannot carry of it.

import type { SourceSpan } from "../../model/span.ts";
import type { TypeSchema, TypeWarning } from "../../model/schema.ts";
import type { RustProblem } from "../fidius/facts.ts";

export interface TypeNotes {
  readonly reasons: string[];
  readonly warnings: TypeWarning[];
}

export function noNotes(): TypeNotes {
  return { reasons: [], warnings: [] };
}

/** Adds what a type itself says: warnings where it has some, for an unknown one without them the reason. */
export function noteType(notes: TypeNotes, schema: TypeSchema): void {
  const { warnings = [] } = schema;
  notes.warnings.push(...warnings);
  if (schema.kind === "unknown" && warnings.length === 0) {
    notes.reasons.push(schema.reason);
  }
}

export function addNotes(notes: TypeNotes, { reasons, warnings }: TypeNotes): void {
  notes.reasons.push(...reasons);
  notes.warnings.push(...warnings);
}

/** The notes as problems at a place: a type that no call can carry is a warning, one that is given as bytes is not. */
export function problemsOfNotes({ reasons, warnings }: TypeNotes, span: SourceSpan): RustProblem[] {
  const unique = new Map(warnings.map((warning) => [warning.message, warning]));
  const message = [...new Set(reasons)].join(" ");
  return [
    ...[...unique.values()].map(({ code, message: text }): RustProblem => ({
      code,
      severity: "warning",
      message: text,
      span,
    })),
    ...(message === ""
      ? []
      : [{ code: "unknownType", severity: "information", message, span } as const]),
  ];
}
