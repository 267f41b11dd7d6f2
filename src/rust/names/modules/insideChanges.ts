// What an edit changes inside of items, when it changes nothing that following names, macros and impl blocks can see: then only
// what looked into those items need be described anew. Where there is doubt an edit counts as one that everybody sees.

import { tokenizeRust } from "../../../abi/rustTokens.ts";
import type { Chunk } from "../../syntax/chunks.ts";
import { spanInFile, type FileSyntax } from "../../syntax/fileSyntax.ts";
import type { BodySource, Fragment, FunctionItem, Item } from "../../syntax/items/items.ts";
import { bodyItems, type Placed } from "./placed.ts";

/** The items of one chunk: the same object for as long as its text stays. */
export type ChunkItems = readonly Item[];

/** The chunks of `before` that are others now, or stand elsewhere; null when more than the inside of items is another. */
export function insideChanges(before: FileSyntax, now: FileSyntax): ReadonlySet<ChunkItems> | null {
  const changed = new Set<ChunkItems>();
  if (before.chunks.length !== now.chunks.length) {
    return null;
  }
  for (const [index, old] of before.chunks.entries()) {
    const next = now.chunks[index];
    if (next === undefined || (next.items !== old.items && !looksAlike(old, next))) {
      return null;
    }
    if (next.items !== old.items || placeOf(before, old) !== placeOf(now, next)) {
      changed.add(old.items);
    }
  }
  return changed;
}

function placeOf(file: FileSyntax, { base, items, start }: Chunk): string {
  const at = base + (items[0]?.start ?? start);
  const { line, character } = spanInFile(file, at, at).start;
  return `${String(line)}:${String(character)}`;
}

function looksAlike(a: Chunk, b: Chunk): boolean {
  return [a, b].every(
    ({ error, tooDeepAt, tooLarge }) =>
      error === null && tooDeepAt === null && tooLarge === undefined,
  )
    ? outlineOf(a) === outlineOf(b)
    : false;
}

/** The text outside of what only those see who look into an item. */
function outlineOf({ text, items, start, end }: Chunk): string {
  let outline = "";
  let at = items.every(({ kind }) => documented.has(kind)) ? codeStart(text, start, end) : start;
  for (const part of items.flatMap(insideOf)) {
    outline += `${text.slice(at, part.start)}\0`;
    at = part.end;
  }
  return outline + text.slice(at, end);
}

/** Where what stands before an item as its documentation, or as a comment, ends. */
function codeStart(text: string, start: number, end: number): number {
  const code = tokenizeRust(text.slice(start, end)).find(({ kind }) => kind !== "doc");
  return start + (code?.start ?? 0);
}

/** What is looked into for its documentation; macros write down what is in theirs. */
const documented: ReadonlySet<Item["kind"]> = new Set([
  "enum",
  "function",
  "impl",
  "struct",
  "trait",
]);

/** The parts of an item that nobody sees who only follows names to it or past it. */
function insideOf(item: Item): readonly Fragment[] {
  switch (item.kind) {
    case "struct":
      return fieldsOf(item.body);
    case "enum":
      // Globs bring the variants' names, and constants may be their numbers.
      return item.variants.flatMap(({ body }) => fieldsOf(body));
    case "trait":
    case "impl":
      // Constants and types of it are found through other items.
      return item.items.filter(
        (inner) => inner.kind === "function" && bodyItems(inner).length === 0,
      );
    case "function":
      return bodyOf(item);
    case "module":
      return item.items?.flatMap(insideOf) ?? [];
    case "alias":
    case "const":
    case "externCrate":
    case "macroCall":
    case "macroDefinition":
    case "union":
    case "use":
      return [];
  }
}

function fieldsOf(body: BodySource): readonly Fragment[] {
  return body.kind === "unit" ? [] : body.fields;
}

/** A body in which impl blocks may stand tells of the types that they are for. */
function bodyOf(item: FunctionItem): readonly Fragment[] {
  const { body } = item;
  return body === null || bodyItems(item).length > 0 || /\bimpl\b/u.test(body.text) ? [] : [body];
}

/** Makes the items of a module what stands in their places now; false when they are no longer the same ones. */
export function takeOverItems(before: readonly Placed[], now: readonly Placed[]): boolean {
  return (
    before.length === now.length &&
    before.every((placed, index) => {
      const next = now[index];
      const isSame =
        placed.item.kind === next?.item.kind &&
        placed.item.name === next.item.name &&
        !mayMakeTypes(placed);
      if (isSame) {
        Object.assign(placed, next); // who holds it sees what is there now
      }
      return isSame;
    })
  );
}

/** The same for what macros made, whose calls have been taken over. */
export function takeOverMade(made: readonly Placed[]): boolean {
  return made.every((placed) => {
    const { origin } = placed;
    if (placed.file.file !== origin?.call.file.file || mayMakeTypes(placed)) {
      return false;
    }
    Object.assign(placed, { file: origin.call.file });
    return true;
  });
}

/** A call whose text is read as types: those have places of their own. */
function mayMakeTypes({ item }: Placed): boolean {
  return (
    item.kind === "macroCall" &&
    item.content.some(({ text }) => text === "struct" || text === "impl")
  );
}
