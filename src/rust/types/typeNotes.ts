// What is to be said of a type where it is written: why it cannot be known, and what bincode cannot carry of it.

import type { TypeWarning } from "../../model/schema/schema.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { RustProblem } from "../fidius/facts.ts";
import type { Resolved, SerdeLack } from "./resolved.ts";

/** Why a type's bytes cannot be known. */
export interface UnknownReason {
  readonly message: string;
  /** Set where the type implements no trait of serde. */
  readonly lack?: SerdeLack | undefined;
}

export interface TypeNotes {
  readonly reasons: UnknownReason[];
  readonly warnings: TypeWarning[];
}

/** A problem of a type, with what rules need to know to say it where a method names the type. */
export interface TypeProblem extends RustProblem {
  /** Absent where nothing is wrong with the type: its bytes are only not known, or may be others. */
  readonly cause?: TypeCause;
}

export type TypeCause =
  | { readonly kind: "withoutSerde"; readonly lack: SerdeLack }
  /** It compiles, and bincode cannot carry it. */
  | { readonly kind: "notBincode" };

export function noNotes(): TypeNotes {
  return { reasons: [], warnings: [] };
}

/** Adds what a type itself says: warnings where it has some, for an unknown one without them the reason. */
export function noteType(notes: TypeNotes, { schema, lack }: Resolved): void {
  const { warnings = [] } = schema;
  notes.warnings.push(...warnings);
  if (schema.kind === "unknown" && warnings.length === 0) {
    notes.reasons.push({ message: schema.reason, lack });
  }
  // An alias such as `std::io::Result<T>` names its error nowhere else.
  if (schema.kind === "result" && schema.failure.kind === "unknown" && lack !== undefined) {
    notes.reasons.push({ message: schema.failure.reason, lack });
  }
}

export function addNotes(notes: TypeNotes, { reasons, warnings }: TypeNotes): void {
  notes.reasons.push(...reasons);
  notes.warnings.push(...warnings);
}

/** The notes as problems at a place, each once. */
export function problemsOfNotes({ reasons, warnings }: TypeNotes, span: SourceSpan): TypeProblem[] {
  const said = new Map(
    warnings.map((warning) => [warning.message, problemOfWarning(warning, span)]),
  );
  for (const { message, lack } of reasons) {
    if (lack !== undefined && !said.has(message)) {
      const cause = { kind: "withoutSerde", lack } as const;
      said.set(message, { ...unknown(message, span), cause });
    }
  }
  const others = new Set(reasons.map(({ message }) => message).filter((text) => !said.has(text)));
  return [...said.values(), ...(others.size === 0 ? [] : [unknown([...others].join(" "), span)])];
}

/** Of a part that a `cfg` may leave out, nothing is wrong. */
export function problemOfWarning({ code, message }: TypeWarning, span: SourceSpan): TypeProblem {
  const problem = { code, severity: "warning", message, span } as const;
  return code === "cfg" ? problem : { ...problem, cause: { kind: "notBincode" } };
}

function unknown(message: string, span: SourceSpan): RustProblem {
  return { code: "unknownType", severity: "information", message, span };
}
