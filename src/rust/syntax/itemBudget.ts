// How much of one file is read: so many tokens of an item, and so many items with their parts. What is beyond is named where it
// stands; a file that people write comes nowhere near. Tokens are made in portions, so that those of a large file are never
// there all at once.

import { tokenizeRust, type RustToken } from "../../abi/rustTokens.ts";
import type { BodySource, Item, VariantSource } from "./items/items.ts";

/** Tokens that are made at once, unless an item has more. */
const tokensOfPortion = 50_000;

/** Tokens of one item, and of a file whose brackets do not match. */
const mostTokens = 800_000;

/** Tokens that an item with more is known by. */
const tokensOfHead = 200_000;

/** Items of a file, with their parts. */
const mostParts = 80_000;

/** Parts of one item. */
const mostPartsOfItem = 20_000;

/** Each file that a module may be in is looked for. */
const partsOfModuleFile = 50;

/** A method is held against those of other blocks. */
const partsOfMethod = 4;

/** A module has tables of its own. */
const partsOfBlock = 5;

/** Every name that is looked up may lead through each glob. */
const partsOfGlob = 10;

/** A few of them cost nothing. */
const freeAttributes = 16;
const freeParameters = 16;
const tokensOfPart = 20;

/** A portion of a text's tokens. */
export interface TokenPortion {
  readonly tokens: readonly RustToken[];
  /** How it ends: with an item, with the text, with a bracket too many, or inside of an item that is too large. */
  readonly end: "item" | "text" | "mismatch" | "tooLarge";
}

/** Where the item at an offset ends, whatever is in it; the text's end when it has none. */
export function endOfItem(text: string, from: number): number {
  let depth = 0;
  for (let at = from; ;) {
    const tokens = tokenizeRust(text, tokensOfPortion, at);
    for (const { kind, text: mark, end } of tokens) {
      depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
      if (depth <= 0 && (mark === ";" || mark === "}")) {
        return end;
      }
    }
    at = tokens.at(-1)?.end ?? text.length;
    if (tokens.length < tokensOfPortion) {
      return text.length;
    }
  }
}

/** The tokens from an offset on, up to the end of an item. */
export function tokenPortion(text: string, from: number): TokenPortion {
  for (let most = tokensOfPortion; ; most = mostTokens) {
    const tokens = tokenizeRust(text, most, from);
    if (tokens.length < most) {
      return { tokens, end: "text" };
    }
    const whole = wholeItems(tokens);
    if (whole === undefined) {
      return { tokens, end: "mismatch" };
    }
    if (whole > 0) {
      return { tokens: tokens.slice(0, whole), end: "item" };
    }
    if (most >= mostTokens) {
      return { tokens: tokens.slice(0, tokensOfHead), end: "tooLarge" };
    }
  }
}

/** How many tokens belong to items that are whole; undefined where a bracket is closed that was not opened. */
function wholeItems(tokens: readonly RustToken[]): number | undefined {
  let depth = 0;
  let whole = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    depth += kind === "open" ? 1 : kind === "close" ? -1 : 0;
    if (depth < 0) {
      return undefined;
    }
    if (depth === 0 && (text === ";" || text === "}")) {
      whole = index + 1;
    }
  }
  return whole;
}

/** The tokens of a text whose brackets do not match, as far as they are read. */
export function unmatchedTokens(text: string): RustToken[] {
  return tokenizeRust(text, mostTokens);
}

/** Whether something stands in `text` from an offset on. */
export function hasMore(text: string, from: number): boolean {
  return tokenizeRust(text, 1, from).length > 0;
}

/** What is left to be read in one file. */
export class ItemBudget {
  #left = mostParts;

  /** Nothing more of the file is read. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** The item, or as much of it as is read: none of one that means nothing without all of its parts. */
  take(item: Item): Item | undefined {
    const most = Math.min(this.#left, mostPartsOfItem);
    return this.#spend(partsOf(item) <= most ? item : limited(item, most));
  }

  /** As much as is told by the beginning of an item, of which the rest is not read. */
  takeHead(item: Item): Item | undefined {
    return this.#spend(limited(item, Math.min(this.#left, mostPartsOfItem)));
  }

  #spend(taken: Item | undefined): Item | undefined {
    this.#left -= taken === undefined ? 1 : partsOf(taken);
    return taken;
  }
}

/** What stays of an item that is not read in full. */
function limited(item: Item, most: number): Item | undefined {
  switch (item.kind) {
    case "struct":
      return item.body.kind === "unit"
        ? undefined
        : { ...item, body: { ...item.body, fields: [] }, isPartial: true };
    case "enum":
      return { ...item, variants: [], isPartial: true };
    case "module":
      return item.items === null
        ? undefined
        : { ...item, items: upTo(item.items, most, partsOf), isPartial: true };
    case "impl":
    case "trait":
      return { ...item, items: [], isPartial: true };
    case "alias":
    case "const":
    case "externCrate":
    case "function":
    case "macroCall":
    case "macroDefinition":
    case "union":
    case "use":
      return undefined;
  }
}

function upTo<T>(all: readonly T[], most: number, parts: (one: T) => number): readonly T[] {
  let left = most;
  const end = all.findIndex((one) => (left -= parts(one)) < 0);
  return end === -1 ? all : all.slice(0, end);
}

/** An item with all that is in it. */
function partsOf(item: Item): number {
  const attributes = Math.max(0, item.attributes.length - freeAttributes);
  return 1 + attributes + partsInside(item);
}

function partsInside(item: Item): number {
  switch (item.kind) {
    case "struct":
      return partsOfBody(item.body);
    case "enum":
      return sum(item.variants, partsOfVariant);
    case "trait":
    case "impl":
      return sum(item.items, (inner) => partsOf(inner) * partsOfMethod);
    case "module":
      return item.items === null ? partsOfModuleFile : partsOfBlock + sum(item.items, partsOf);
    case "use":
      return sum(item.leaves, ({ isGlob }) => (isGlob ? partsOfGlob : 1));
    case "function":
      return Math.max(0, item.parameters.length - freeParameters) + sum(item.block, partsOf);
    case "const":
      return sum(item.block, partsOf);
    case "macroCall":
    case "macroDefinition":
      return item.content.length / tokensOfPart;
    case "alias":
    case "externCrate":
    case "union":
      return 0;
  }
}

function partsOfVariant({ body }: VariantSource): number {
  return 1 + partsOfBody(body);
}

function partsOfBody(body: BodySource): number {
  return body.kind === "unit" ? 0 : body.fields.length;
}

function sum<T>(all: readonly T[], parts: (one: T) => number): number {
  return all.reduce((total, one) => total + parts(one), 0);
}
