// Problems with types, held back until it is known what crosses: an argument of `PhantomData`, the hasher of a map and
// everything in a type that no method reaches are nobody's trouble.

import type { NamedType, TypeSchema } from "../../model/schema.ts";
import type { SourceSpan } from "../../model/span.ts";
import { partsOf, partsOfNamed } from "../../model/typeParts.ts";
import type { RustProblem } from "../fidius/facts.ts";
import { problemsOfNotes, type TypeNotes } from "./typeNotes.ts";

/** The description of a type of the table; undefined while there is none. */
type Description = (id: string) => NamedType | undefined;

/** A finding that waits until its type is known to cross. */
export interface Waiting {
  readonly make: (describe: Description) => readonly RustProblem[];
}

/** What one resolver finds, told once the types that it concerns are known to cross. */
export class TypeFindings {
  readonly problems: RustProblem[] = [];
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
  addProblem(owner: string | null, problem: RustProblem): void {
    this.hold(owner, [{ make: () => [problem] }]);
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

  /** Tells what concerns `root` and the types that it reaches; all of them are described by now. */
  settle(root: TypeSchema, describe: Description): void {
    this.#tell(null, describe);
    for (const part of reachable(root, describe)) {
      if (part.kind === "named") {
        this.#tell(part.id, describe);
      }
    }
  }

  #tell(owner: string | null, describe: Description): void {
    for (const { make } of this.#waiting.get(owner) ?? []) {
      this.problems.push(...make(describe));
    }
    this.#waiting.delete(owner);
  }
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
    reasons: reasons.filter((reason) => known.has(reason)),
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
