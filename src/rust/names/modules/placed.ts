// Items with the places that they come from: a file, or what a macro gave out in one.

import type { SourceSpan } from "../../../model/text/span.ts";
import type { Segment } from "../../macros/transcribe.ts";
import type { Chunk } from "../../syntax/chunks.ts";
import { spanInFile, type FileSyntax } from "../../syntax/fileSyntax.ts";
import type {
  ConstItem,
  Fragment,
  FunctionItem,
  Item,
  MacroItem,
  ModuleItem,
  UseItem,
  UseLeaf,
} from "../../syntax/items/items.ts";

/** An item with the file and the chunk that its offsets count in. */
export interface Placed<T = Item> {
  readonly item: T;
  readonly file: FileSyntax;
  readonly chunk: Chunk;
  /** Set when a macro wrote it: the chunk is then what the macro gave out. */
  readonly origin?: MacroOrigin;
}

/** The call that an item comes from, and which parts of it stand in that call. */
export interface MacroOrigin {
  readonly call: Placed<MacroItem>;
  readonly segments: readonly Segment[];
}

/** A call that is too much in itself, or the first one after what the macros of its crate may make together. */
export interface UnexpandedCall {
  readonly reason: "call" | "crate";
  readonly call: Placed<MacroItem>;
}

/** One name of a `use` item. */
export interface PlacedLeaf {
  readonly leaf: UseLeaf;
  readonly placed: Placed<UseItem>;
}

/** Where a fragment of a placed item stands. */
export function spanOf(placed: Placed<unknown>, fragment: Fragment): SourceSpan {
  const { origin } = placed;
  if (origin !== undefined) {
    const { call } = origin;
    return spanOf(call, writtenFragment(origin, fragment) ?? call.item.pathSpan);
  }
  const { base } = placed.chunk;
  return spanInFile(placed.file, base + fragment.start, base + fragment.end);
}

/** Whether it stands in the source as it is, be it in the arguments of a macro. */
export function isWritten({ origin }: Placed<unknown>, fragment: Fragment): boolean {
  return (
    origin === undefined ||
    (writtenFragment(origin, fragment) !== undefined && isWritten(origin.call, origin.call.item))
  );
}

/** The part of the call that a fragment of the macro's text is; undefined when the macro itself has it. */
function writtenFragment({ segments }: MacroOrigin, fragment: Fragment): Fragment | undefined {
  const first = segments.find(({ start }) => start === fragment.start);
  const last = segments.findLast(({ end }) => end === fragment.end);
  return first === undefined || last === undefined || last.from < first.from
    ? undefined
    : { start: first.from, end: last.from + (last.end - last.start) };
}

/** A function or constant with items in its body. */
export type BodyItem = FunctionItem | ConstItem;

/** What in an item has a body with items in it: itself, or methods of it. */
export function bodyItems(item: Item): readonly BodyItem[] {
  switch (item.kind) {
    case "function":
    case "const":
      return item.block.length === 0 ? [] : [item];
    case "impl":
    case "trait":
      return item.items.flatMap(bodyItems);
    case "alias":
    case "enum":
    case "externCrate":
    case "macroCall":
    case "macroDefinition":
    case "module":
    case "struct":
    case "union":
    case "use":
      return [];
  }
}

export function isModule(placed: Placed): placed is Placed<ModuleItem> {
  return placed.item.kind === "module";
}

export function leavesOf(items: readonly Placed[]): readonly PlacedLeaf[] {
  return items
    .filter(isUse)
    .flatMap((placed) => placed.item.leaves.map((leaf) => ({ leaf, placed })));
}

function isUse(placed: Placed): placed is Placed<UseItem> {
  return placed.item.kind === "use";
}
