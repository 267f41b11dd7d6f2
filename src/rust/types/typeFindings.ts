// Problems with types, held back until it is known what crosses: an argument of `PhantomData`, the hasher of a map and
// everything in a type that no method reaches are nobody's trouble.

import type { NamedType, TypeSchema } from "../../model/schema/schema.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { partsOf, partsOfNamed } from "../../model/schema/typeParts.ts";
import type { RustProblem } from "../fidius/facts.ts";
import { problemsOfNotes, type TypeCause, type TypeNotes, type TypeProblem } from "./typeNotes.ts";

/** The description of a type of the table; undefined while there is none. */
type Description = (id: string) => NamedType | undefined;

/** What a type that a method names is there for. */
export type TypeUse =
  | "argument"
  | "return"
  | "error"
  | "streamItem"
  | "config"
  | "hostFunction"
  /** The error of a host function. */
  | "hostError";

/** What the error of a result is there for, of a method or of a host function. */
function errorOf(use: TypeUse): TypeUse {
  return use === "hostFunction" ? "hostError" : "error";
}

/** Where a type is named; what is wrong with it or with anything in it is said there. */
export interface TypePlace {
  readonly span: SourceSpan;
  readonly use: TypeUse;
}

/** What keeps a type from crossing, for a rule to tell. */
export interface TypeFinding extends TypePlace {
  readonly cause: TypeCause;
  readonly message: string;
  /** Where in the type's declaration the cause stands; absent where it is the named type itself. */
  readonly source?: SourceSpan;
}

/** A finding that waits until its type is known to cross. */
export interface Waiting {
  readonly make: (describe: Description) => readonly TypeProblem[];
}

/** What one resolver finds, told once the types that it concerns are known to cross. */
export class TypeFindings {
  readonly problems: RustProblem[] = [];
  readonly found: TypeFinding[] = [];
  /** By the type in whose declaration they stand; null for a place in a method. */
  readonly #waiting = new Map<string | null, Waiting[]>();

  /** What resolving a type at a place brought. */
  add(owner: string | null, schema: TypeSchema, notes: TypeNotes, span: SourceSpan): void {
    if (notes.reasons.length > 0 || notes.warnings.length > 0) {
      const make: Waiting["make"] = (describe) =>
        problemsOfNotes(crossing(notes, schema, describe), span);
      this.hold(owner, [{ make }]);
    }
  }

  /** A problem of a type's declaration itself. */
  addProblem(owner: string | null, problem: TypeProblem | undefined): void {
    if (problem !== undefined) {
      this.hold(owner, [{ make: () => [problem] }]);
    }
  }

  hold(owner: string | null, findings: readonly Waiting[]): void {
    const waiting = this.#waiting.get(owner) ?? [];
    this.#waiting.set(owner, waiting);
    waiting.push(...findings);
  }

  /** What waits for the type `owner`. */
  heldFor(owner: string): readonly Waiting[] {
    return [...(this.#waiting.get(owner) ?? [])];
  }

  /**
   * Tells what concerns `root` and the types that it reaches; all of them are described by now. Without a place all of it is
   * said elsewhere already.
   */
  settle(root: TypeSchema, describe: Description, place: TypePlace | null): void {
    const isOnlyError =
      place?.use === "return" || place?.use === "hostFunction"
        ? onlyInError(root, describe)
        : () => false;
    this.#tell(null, describe, place, isOnlyError);
    for (const part of reachable(root, describe)) {
      if (part.kind === "named") {
        this.#tell(part.id, describe, place, () => isOnlyError(part.id));
      }
    }
  }

  #tell(
    owner: string | null,
    describe: Description,
    place: TypePlace | null,
    isOnlyError: (partOrMessage: string) => boolean,
  ): void {
    for (const { make } of place === null ? [] : (this.#waiting.get(owner) ?? [])) {
      for (const { cause, ...problem } of make(describe)) {
        if (cause === undefined || place === null) {
          this.problems.push(problem);
        } else {
          this.found.push({
            span: place.span,
            use: isOnlyError(problem.message) ? errorOf(place.use) : place.use,
            cause,
            message: problem.message,
            ...(owner === null ? {} : { source: problem.span }),
          });
        }
      }
    }
    this.#waiting.delete(owner);
  }
}

/** Whether a named type, or an unknown one by its reason, stands in the error of a result and nowhere else in it. */
function onlyInError(root: TypeSchema, describe: Description): (idOrReason: string) => boolean {
  if (root.kind !== "result") {
    return () => false;
  }
  const elsewhere = new Set<string>();
  for (const part of reachable(root.success, describe)) {
    elsewhere.add(part.kind === "named" ? part.id : "");
    elsewhere.add(part.kind === "unknown" ? part.reason : "");
  }
  return (idOrReason) => !elsewhere.has(idOrReason);
}

/** The notes on parts that the type's values have. */
function crossing(
  { reasons, warnings }: TypeNotes,
  type: TypeSchema,
  describe: Description,
): TypeNotes {
  const known = new Set<string>();
  for (const part of reachable(type, describe)) {
    if (part.kind === "unknown") {
      known.add(part.reason);
    }
    for (const { message } of part.warnings ?? []) {
      known.add(message);
    }
  }
  return {
    reasons: reasons.filter(({ message }) => known.has(message)),
    warnings: warnings.filter(({ message }) => known.has(message)),
  };
}

/** A type and all its parts, each named type once. */
function* reachable(root: TypeSchema, describe: Description): Generator<TypeSchema> {
  const seen = new Set<string>();
  const pending = [root];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind !== "named") {
      yield type;
      pending.push(...partsOf(type));
    } else if (!seen.has(type.id)) {
      seen.add(type.id);
      yield type;
      const named = describe(type.id);
      pending.push(...(named === undefined ? [] : partsOfNamed(named)));
    }
  }
}
