// Types that the macro of the crate bitflags makes: its calls read as the structs that they expand to, with their flags.
// 1.x makes `struct Name { bits: T }`, 2.x a newtype around T; derived serde writes the bits of both as a T (its src/external/serde.rs).

import { matchGroups, type RustToken } from "../../abi/rustTokens.ts";
import { readOuter } from "../syntax/items/attributes.ts";
import { flagsMacroVersion } from "./bitflagsMacro.ts";
import { HeadReader, readVisibility } from "../syntax/items/itemHead.ts";
import type { FlagSource, MacroItem, StructItem } from "../syntax/items/items.ts";
import type { Module, Placed } from "./modules/modules.ts";
import type { Names } from "./names.ts";
import { takeExpression, takeUntil } from "../syntax/items/readParts.ts";
import { plainName, TokenCursor } from "../syntax/items/tokenCursor.ts";

interface MadeType {
  readonly placed: Placed<MacroItem>;
  readonly item: StructItem;
  /** `impl Name: T { … }`: the struct itself is declared beside the macro. */
  readonly isImpl: boolean;
}

const madeByModule = new WeakMap<Module, readonly MadeType[]>();

/** The struct called `name` that a call of `bitflags!` in `module` makes. */
export function flagsStruct(
  names: Names,
  module: Module,
  name: string,
): Placed<StructItem> | undefined {
  const made = madeTypes(module).find(({ item, isImpl }) => !isImpl && item.name === name);
  return made && withVersion(names, module, made);
}

/** Whether some macro call in `module` looks like one that makes a struct called `name`. */
export function hasFlags(module: Module, name: string): boolean {
  return madeTypes(module).some(({ item, isImpl }) => !isImpl && item.name === name);
}

/** The flags that `bitflags! { impl Name: T { … } }` gives to a struct declared in `module`. */
export function flagsOfStruct(names: Names, module: Module, name: string): StructItem["flags"] {
  const made = madeTypes(module).find(({ item, isImpl }) => isImpl && item.name === name);
  return made && withVersion(names, module, made)?.item.flags;
}

function withVersion(
  names: Names,
  module: Module,
  { placed, item }: MadeType,
): Placed<StructItem> | undefined {
  const version = flagsMacroVersion(names, module, placed.item.path);
  if (version === undefined || item.flags === undefined) {
    return undefined;
  }
  return { ...placed, item: { ...item, flags: { ...item.flags, version } } };
}

/** What calls of macros in the module may make, by their syntax alone. */
function madeTypes(module: Module): readonly MadeType[] {
  const known = madeByModule.get(module);
  if (known !== undefined) {
    return known;
  }
  const made = module.items.flatMap(({ item, ...place }): readonly MadeType[] =>
    item.kind === "macroCall"
      ? readFlags(item.content).map((found) => ({ placed: { item, ...place }, ...found }))
      : [],
  );
  madeByModule.set(module, made);
  return made;
}

/** All `struct Name: T { const FLAG = value; … }` in the macro's input; none where it is something else. */
function readFlags(content: readonly RustToken[]): readonly Omit<MadeType, "placed">[] {
  const cursor = new TokenCursor({
    text: textOf(content),
    tokens: content,
    partners: matchGroups(content),
  });
  const made: Omit<MadeType, "placed">[] = [];
  while (!cursor.isAtEnd) {
    const found = readStruct(cursor);
    if (found === undefined) {
      return made;
    }
    made.push(found);
  }
  return made;
}

function readStruct(cursor: TokenCursor): Omit<MadeType, "placed"> | undefined {
  const outer = readOuter(cursor);
  const reader = new HeadReader(cursor, outer, readVisibility(cursor));
  const isImpl = cursor.take("impl") !== undefined;
  if (!isImpl && cursor.take("struct") === undefined) {
    return undefined;
  }
  const name = cursor.takeIdentifier();
  if (name === undefined || cursor.take(":") === undefined) {
    return undefined;
  }
  const type = takeUntil(cursor, "{");
  const body = cursor.enter("{");
  if (body === undefined) {
    return undefined;
  }
  const place = { start: name.start, end: name.end };
  const head = reader.head(plainName(name.text), place);
  const field = { ...head, name: "bits", attributes: [], doc: null, type };
  const item: StructItem = {
    kind: "struct",
    generics: [],
    body: { kind: "tuple", fields: [field] },
    flags: { version: null, named: readConstants(body) },
    ...head,
  };
  return { item, isImpl };
}

/** `const FLAG = value;`; a flag called `_` has no name. */
function readConstants(cursor: TokenCursor): FlagSource[] {
  const flags: FlagSource[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    const { doc } = readOuter(cursor);
    cursor.take("const");
    const name = cursor.takeIdentifier();
    if (name !== undefined && cursor.take("=") !== undefined) {
      const value = takeExpression(cursor);
      if (name.text !== "_") {
        flags.push({ name: plainName(name.text), value, doc });
      }
    }
    takeUntil(cursor, ";");
    cursor.take(";");
    if (cursor.at === before) {
      cursor.skip();
    }
  }
  return flags;
}

/** The tokens at their places; what stood between them is blank. */
function textOf(tokens: readonly RustToken[]): string {
  let text = "";
  for (const token of tokens) {
    text = text.padEnd(token.start) + token.text;
  }
  return text;
}
