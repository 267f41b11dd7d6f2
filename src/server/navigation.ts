// Ways between a trait, its methods and what implements them. Where rust-analyzer is active it knows those between names in the
// source; ours are then only those that it lacks: from the macros' attributes, and to plugins that macros make.

import type { SourceSpan } from "../model/text/span.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import { offsetAt } from "./minimalEdit.ts";
import {
  fidiusPlaceAt,
  interfaceOf,
  pluginsOf,
  type FidiusPlace,
  type SourcePlace,
} from "./syntax/fidiusPlaces.ts";
import { placeInTokens, tokenAt } from "./syntax/sourceTokens.ts";

/** The impl blocks of a trait, or the methods that implement one of its methods. */
export function implementationsAt(
  place: SourcePlace,
  snapshot: ProjectSnapshot,
  isRustAnalyzerActive: boolean,
): readonly SourceSpan[] {
  return implementations(place, snapshot, isRustAnalyzerActive).toSorted(
    (left, right) => compare(left.file, right.file) || left.start.line - right.start.line,
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function implementations(
  place: SourcePlace,
  snapshot: ProjectSnapshot,
  isRustAnalyzerActive: boolean,
): readonly SourceSpan[] {
  const found = fidiusPlaceAt(snapshot, place);
  switch (found?.kind) {
    case "interface": {
      const { id } = found.facts.schema;
      const written = pluginsOf(snapshot, id).map(({ schema }) => schema.nameSpan);
      const isOurs = found.part === "attribute" || !isRustAnalyzerActive;
      return found.part === "body"
        ? []
        : [...(isOurs ? written : []), ...madeByMacros(snapshot, id)];
    }
    case "interfaceMethod":
      return found.part === "name" && !isRustAnalyzerActive
        ? methodsNamed(found.method.name, found.facts.schema.id, snapshot)
        : [];
    case "pluginMethod": {
      const { interfaceId } = found.facts.schema;
      return found.part === "name" && !isRustAnalyzerActive && interfaceId !== undefined
        ? methodsNamed(found.method.name, interfaceId, snapshot)
        : [];
    }
    case "plugin":
    case undefined:
      return [];
  }
}

function methodsNamed(
  name: string,
  interfaceId: string,
  snapshot: ProjectSnapshot,
): readonly SourceSpan[] {
  return pluginsOf(snapshot, interfaceId).flatMap(({ schema }) =>
    schema.methods.filter((method) => method.name === name).map(({ nameSpan }) => nameSpan),
  );
}

/** The macro calls that make plugins of an interface, each once. */
function madeByMacros({ model }: ProjectSnapshot, id: string): readonly SourceSpan[] {
  const places = model.plugins
    .filter(({ interfaceId, library }) => interfaceId === id && library?.candidateId !== undefined)
    .map(({ nameSpan }) => nameSpan);
  return [...new Map(places.map((span) => [JSON.stringify(span), span])).values()];
}

/** The trait's method of an impl block's, and the trait that an attribute names. */
export function definitionAt(
  place: SourcePlace,
  snapshot: ProjectSnapshot,
  isRustAnalyzerActive: boolean,
): SourceSpan | undefined {
  const found = fidiusPlaceAt(snapshot, place);
  if (found?.kind === "pluginMethod") {
    return found.part === "name" && !isRustAnalyzerActive ? found.method.traitSpan : undefined;
  }
  return found?.kind === "plugin" && found.part === "attribute"
    ? namedTrait(found, place, snapshot)
    : undefined;
}

function namedTrait(
  { facts }: Extract<FidiusPlace, { kind: "plugin" }>,
  place: SourcePlace,
  snapshot: ProjectSnapshot,
): SourceSpan | undefined {
  const text = snapshot.files.read(place.file);
  const around =
    text === undefined ? undefined : placeInTokens(text, offsetAt(text, place.position));
  const token = around && tokenAt(around, around.offset);
  return token?.text === facts.schema.interfaceName
    ? interfaceOf(snapshot, facts)?.schema.nameSpan
    : undefined;
}
