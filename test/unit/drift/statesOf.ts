// Interfaces as the analyzer reads them from a text, as one side of a comparison.

import type { InterfaceState } from "../../../src/drift/interfaceState.ts";
import type { DriftChange } from "../../../src/drift/change.ts";
import { compareInterfaces } from "../../../src/drift/compareInterfaces.ts";
import type { MemberPlace } from "../../../src/drift/types/typeChange.ts";
import { interfaceStates } from "../../../src/revisions/interfaceStates.ts";
import { memberPlaces } from "../../../src/revisions/memberPlaces.ts";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import { analyzeGraph, filesOf, graphOf, oneCrate } from "../rust/inMemoryProject.ts";

export interface ReadText {
  readonly states: readonly InterfaceState[];
  readonly places: MemberPlace;
}

/** A crate of one file. */
export function readText(text: string): ReadText {
  const project = oneCrate(text);
  const texts = filesOf(project);
  const files = { read: (file: string): string | undefined => texts.get(file) };
  const graph = graphOf(project);
  const rust = analyzeGraph(createRustAnalyzer({ files }), graph);
  return {
    states: interfaceStates({ graph, rust }, "/ws"),
    places: memberPlaces({ graph, rust, files }),
  };
}

/** What changed from one text to the other. */
export function changesBetween(before: string, after: string): readonly DriftChange[] {
  const now = readText(after);
  return compareInterfaces(readText(before).states, now.states, now.places).flatMap(
    ({ changes }) => changes,
  );
}

/** `rule:method`, with what breaks. */
export function shortly(changes: readonly DriftChange[]): readonly string[] {
  return changes.map(
    ({ rule, methods, severity, category }) =>
      `${rule} ${methods.join("+")} ${severity} ${category}`,
  );
}
