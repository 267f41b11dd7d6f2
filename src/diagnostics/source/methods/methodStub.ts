// Makes methods that an impl block lacks, each at the slot that the trait gives it.

import type { TextFix } from "../../../model/text/textFix.ts";
import type { TraitMethod } from "../../../rust/fidius/interfaces.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { parseType, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";
import { compareTypes } from "../types/compareTypes.ts";
import { partsOf, typesOf } from "../types/streamTypes.ts";
import type { ImplSubject } from "../subjects.ts";
import { before, behind, indentAt, textFix, textOf, type Replacement } from "../textFixes.ts";
import type { ImplOfInterface } from "./traitMethods.ts";

/** The fix for all that is missing; none where a type of the trait means something else in the impl block's module. */
export function implementMissing(
  subject: ImplSubject,
  { interface: found, methods, missing }: ImplOfInterface,
): readonly TextFix[] {
  const { placed, sources, module } = subject;
  const isSameType = (type: TypeSyntax): boolean =>
    compareTypes(sources.names, { type, module: found.module }, { type, module }) === "same" &&
    partsOf(type).every(isSameType);
  if (!missing.every(({ item }) => typesOf(item).every((type) => isSameType(parseType(type))))) {
    return [];
  }
  const ownByName = new Map(subject.methods.map((method) => [method.name, method]));
  const byAnchor = new Map<FunctionItem | null, TraitMethod[]>();
  for (const method of missing) {
    const previous = methods
      .slice(0, method.traitIndex)
      .findLast(({ item }) => ownByName.has(item.name));
    const anchor = previous === undefined ? null : (ownByName.get(previous.item.name) ?? null);
    byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), method]);
  }
  const changes = [...byAnchor].map(([anchor, added]) => insertion(subject, anchor, added, found));
  const names = missing.map(({ item }) => `\`${item.name}\``).join(", ");
  const place = missing.length === 1 ? "its slot" : "their slots";
  return textFix(placed, `Implement ${names} at ${place}`, ...changes);
}

/** Methods behind the one that they follow in the trait; before all others without one. */
function insertion(
  { placed, methods: own }: ImplSubject,
  anchor: FunctionItem | null,
  added: readonly TraitMethod[],
  found: ImplOfInterface["interface"],
): Replacement {
  const [first] = own;
  const outer = indentAt(placed, placed.item.start);
  const indent = first === undefined ? `${outer}    ` : indentAt(placed, first.start);
  const stubs = added.map((method) => indented(methodStub(method, found), indent));
  if (anchor !== null) {
    const newText = stubs.map((stub) => `\n\n${indent}${stub}`).join("");
    return { fragment: behind(anchor), newText };
  }
  if (first !== undefined) {
    const newText = stubs.map((stub) => `${stub}\n\n${indent}`).join("");
    return { fragment: before(first), newText };
  }
  const { item, chunk } = placed;
  const start = chunk.text.indexOf("{", item.selfType.end) + 1;
  const lines = stubs.map((stub) => `${indent}${stub}`).join("\n\n");
  return { fragment: { start, end: start }, newText: `\n${lines}\n${outer}` };
}

/** The signature as the trait has it, with a body to fill in. */
export function methodStub(
  { item, isRaw }: TraitMethod,
  { placed }: ImplOfInterface["interface"],
): string {
  const from = item.attributes.at(-1)?.end ?? item.start;
  const written = textOf(placed, { start: from, end: item.body?.start ?? item.end });
  const signature = written
    .replace(/^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/u, "")
    .replace(/[\s;{]*$/u, "");
  return `${isRaw ? "#[wire(raw)]\n" : ""}${signature} {\n    todo!()\n}`;
}

/** The lines behind the first, moved in. */
function indented(text: string, indent: string): string {
  return text.split("\n").join(`\n${indent}`);
}
