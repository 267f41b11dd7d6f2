// The resolvers of one crate, one for each direction, and what they found together.

import type { WireDirection } from "../syntax/items/direction.ts";
import type { RustProblem } from "../fidius/facts.ts";
import type { Names } from "../names/names.ts";
import { TypeResolver } from "./resolveType.ts";
import type { TypeFinding } from "./typeFindings.ts";

export interface TypeResolvers extends Readonly<Record<WireDirection, TypeResolver>> {
  readonly names: Names;
}

export function typeResolvers(names: Names): TypeResolvers {
  return {
    names,
    reading: new TypeResolver(names, "reading"),
    writing: new TypeResolver(names, "writing"),
  };
}

/** What both found, in the order of finding; what both say about one place is said once by {@link uniqueProblems}. */
export function problemsOf({ reading, writing }: TypeResolvers): RustProblem[] {
  return [...reading.findings.problems, ...writing.findings.problems];
}

/** What keeps types from crossing, in either direction. */
export function typeFindingsOf({ reading, writing }: TypeResolvers): TypeFinding[] {
  return [...reading.findings.found, ...writing.findings.found];
}
