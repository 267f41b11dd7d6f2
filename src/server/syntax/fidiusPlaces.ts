// What of Fidius stands at a place of a source: the subject of hovers, of navigation and of refactorings.

import type { MethodSchema, PluginMethod } from "../../model/plugin.ts";
import type { Position, Range, SourceSpan } from "../../model/text/span.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { InterfaceFacts, PluginFacts } from "../../rust/fidius/facts.ts";

export interface SourcePlace {
  readonly file: string;
  readonly position: Position;
}

/** The innermost thing of Fidius around a place, and the part of it that the place is in. */
export type FidiusPlace =
  | {
      readonly kind: "interface";
      readonly facts: InterfaceFacts;
      /** The macro's attribute, the trait's name, or anywhere else in the trait. */
      readonly part: "attribute" | "name" | "body";
    }
  | {
      readonly kind: "interfaceMethod";
      readonly facts: InterfaceFacts;
      readonly method: MethodSchema;
      readonly part: MethodPart;
    }
  | { readonly kind: "plugin"; readonly facts: PluginFacts; readonly part: "attribute" | "name" }
  | {
      readonly kind: "pluginMethod";
      readonly facts: PluginFacts;
      readonly method: PluginMethod;
      readonly part: MethodPart;
    };

/** Before a method's name stand its attributes, behind it its types and its body. */
export type MethodPart = "head" | "name" | "rest";

/** Undefined where nothing of Fidius is. */
export function fidiusPlaceAt(
  { rust }: ProjectSnapshot,
  place: SourcePlace,
): FidiusPlace | undefined {
  for (const facts of [...rust.interfaces, ...rust.dependencyInterfaces]) {
    const found = inInterface(facts, place);
    if (found !== undefined) {
      return found;
    }
  }
  for (const facts of rust.plugins) {
    const found = inPlugin(facts, place);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function inInterface(facts: InterfaceFacts, place: SourcePlace): FidiusPlace | undefined {
  const { schema, attributeSpan } = facts;
  if (schema.nameSpan.file !== place.file) {
    return undefined;
  }
  if (isIn(attributeSpan, place)) {
    return { kind: "interface", facts, part: "attribute" };
  }
  if (isIn(schema.nameSpan, place)) {
    return { kind: "interface", facts, part: "name" };
  }
  const method = methodAt(schema.methods, place);
  if (method !== undefined) {
    return { kind: "interfaceMethod", facts, method, part: partOf(method, place) };
  }
  return schema.fullSpan !== undefined && isIn(schema.fullSpan, place)
    ? { kind: "interface", facts, part: "body" }
    : undefined;
}

function inPlugin(facts: PluginFacts, place: SourcePlace): FidiusPlace | undefined {
  const { schema, attributeSpan } = facts;
  if (schema.nameSpan.file !== place.file) {
    return undefined;
  }
  if (isIn(attributeSpan, place)) {
    return { kind: "plugin", facts, part: "attribute" };
  }
  if (isIn(schema.nameSpan, place)) {
    return { kind: "plugin", facts, part: "name" };
  }
  const method = methodAt(schema.methods, place);
  return method && { kind: "pluginMethod", facts, method, part: partOf(method, place) };
}

function methodAt<T extends MethodSchema>(
  methods: readonly T[],
  place: SourcePlace,
): T | undefined {
  return methods.find(({ fullSpan }) => isIn(fullSpan, place));
}

function partOf({ nameSpan }: MethodSchema, place: SourcePlace): MethodPart {
  if (isIn(nameSpan, place)) {
    return "name";
  }
  return isBefore(place.position, nameSpan.start) ? "head" : "rest";
}

/** A place right behind a span counts as in it, as editors ask about the word before the cursor. */
function isIn(span: SourceSpan, { file, position }: SourcePlace): boolean {
  return span.file === file && isWithin(span, position);
}

function isWithin({ start, end }: Range, position: Position): boolean {
  return !isBefore(position, start) && !isBefore(end, position);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}

/** The plugins that sources show for an interface. */
export function pluginsOf({ rust }: ProjectSnapshot, interfaceId: string): readonly PluginFacts[] {
  return rust.plugins.filter(({ schema }) => schema.interfaceId === interfaceId);
}

/** The interface of a plugin, where its source is known. */
export function interfaceOf(
  { rust }: ProjectSnapshot,
  { schema }: PluginFacts,
): InterfaceFacts | undefined {
  return [...rust.interfaces, ...rust.dependencyInterfaces].find(
    ({ schema: { id } }) => id === schema.interfaceId,
  );
}
