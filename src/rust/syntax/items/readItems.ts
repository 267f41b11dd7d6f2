// Reads items out of tokens, with recovery: what it cannot make sense of it steps over. Bodies of functions stay text.

import { readInner, readOuter } from "./attributes.ts";
import { HeadReader, readVisibility } from "./itemHead.ts";
import type {
  AliasItem,
  BodySource,
  ConstItem,
  EnumItem,
  ExternCrateItem,
  Fragment,
  ImplItem,
  Item,
  ItemHead,
  ModuleItem,
  StructItem,
  TraitItem,
  TypeSource,
  UseItem,
} from "./items.ts";
import {
  readFields,
  readFunction,
  readGenerics,
  takeEnd,
  takeExpression,
  takeUntil,
} from "./readParts.ts";
import { readIncludePath } from "./includePath.ts";
import { plainName, TokenCursor } from "./tokenCursor.ts";
import { readUseTree } from "./useTree.ts";
import { readVariants } from "./readVariants.ts";

/** All items up to the end of the cursor's range. */
export function readItems(cursor: TokenCursor): Item[] {
  const items: Item[] = [];
  while (!cursor.isAtEnd) {
    const item = readNextItem(cursor);
    if (item !== undefined) {
      items.push(item);
    }
  }
  return items;
}

/** The item at the cursor; undefined after stepping over something that is none. */
export function readNextItem(cursor: TokenCursor): Item | undefined {
  const before = cursor.at;
  const item = readItem(cursor);
  if (item === undefined && cursor.at === before) {
    if (!cursor.isText(";")) {
      cursor.noteUnread();
    }
    cursor.skip();
  }
  return item;
}

/**
 * Items that stand between the statements of a body, those in blocks inside of it included. Reading all bodies would take
 * long, so only those are read that name a macro of Fidius.
 */
function readBlock(body: TypeSource | null, cursor: TokenCursor): readonly Item[] {
  if (body === null || !/plugin_i|host_interface/u.test(body.text)) {
    return [];
  }
  // Statements are no items: what of them cannot be read is not noted.
  const { text, tokens, partners } = cursor.source;
  return readStatements(new TokenCursor({ text, tokens, partners }, cursor.at, cursor.end), 0);
}

/** A body nested deeper is none that anybody wrote. */
const deepestBlock = 64;

function readStatements(cursor: TokenCursor, depth: number): Item[] {
  const items: Item[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    const inner =
      depth < deepestBlock && cursor.peek()?.kind === "open"
        ? (cursor.enter("{") ?? cursor.enter("(") ?? cursor.enter("["))
        : undefined;
    if (inner !== undefined) {
      items.push(...readStatements(inner, depth + 1));
      continue;
    }
    const item = readItem(cursor);
    if (item !== undefined) {
      items.push(item);
    } else if (cursor.at === before) {
      cursor.skip();
    }
  }
  return items;
}

/** The item at the cursor; it is stepped over. */
export function readItem(cursor: TokenCursor): Item | undefined {
  const outer = readOuter(cursor);
  const visibility = readVisibility(cursor);
  const isAsync = readModifiers(cursor);
  const reader = new ItemReader(cursor, outer, visibility);
  switch (cursor.peek()?.text ?? "") {
    case "fn":
      return readFunction(cursor, reader, isAsync, readBlock);
    case "mod":
      return reader.module();
    case "use":
      return reader.use();
    case "extern":
      return reader.externCrate();
    case "struct":
      return reader.struct();
    case "enum":
      return reader.enum();
    case "union":
      return reader.union() ?? readMacro(cursor, reader);
    case "type":
      return reader.alias();
    case "const":
    case "static":
      return reader.constant();
    case "trait":
      return reader.trait();
    case "impl":
      return reader.impl();
    case "macro":
      return reader.declarativeMacro();
    default:
      return readMacro(cursor, reader);
  }
}

/** Steps over words before `fn`, `impl`, `trait`; tells whether `async` was among them. */
function readModifiers(cursor: TokenCursor): boolean {
  let isAsync = false;
  for (;;) {
    const isModifier =
      ["default", "async", "unsafe", "safe", "auto"].includes(cursor.peek()?.text ?? "") &&
      cursor.peek(1)?.kind !== "punctuation";
    const isConstFunction = cursor.isText("const") && isFunctionAhead(cursor, 1);
    const isExternFunction = cursor.isText("extern") && isFunctionAhead(cursor, 1);
    if (!isModifier && !isConstFunction && !isExternFunction) {
      return isAsync;
    }
    isAsync = isAsync || cursor.isText("async");
    cursor.at += isExternFunction && cursor.peek(1)?.kind === "literal" ? 2 : 1;
  }
}

function isFunctionAhead(cursor: TokenCursor, from: number): boolean {
  for (let ahead = from; ahead < from + 4; ahead++) {
    const token = cursor.peek(ahead);
    if (token?.text === "fn") {
      return true;
    }
    if (
      token === undefined ||
      (token.kind !== "literal" && !["async", "unsafe", "extern"].includes(token.text))
    ) {
      return false;
    }
  }
  return false;
}

function readMacro(cursor: TokenCursor, reader: ItemReader): Item | undefined {
  const from = cursor.at;
  cursor.takePair("::");
  let name = cursor.takeIdentifier();
  if (name === undefined) {
    return undefined;
  }
  const path = [plainName(name.text)];
  while (cursor.takePair("::")) {
    name = cursor.takeIdentifier() ?? name;
    path.push(plainName(name.text));
  }
  const pathSpan = cursor.spanFrom(from);
  if (cursor.take("!") === undefined) {
    cursor.at = from;
    return undefined;
  }
  const defined = name.text === "macro_rules" ? cursor.takeIdentifier() : undefined;
  const include = name.text === "include" ? readIncludePath(cursor) : null;
  const content =
    cursor.enter("(") ?? cursor.enter("[") ?? cursor.enter("{") ?? (cursor.skip(), undefined);
  cursor.take(";");
  const span = defined ?? name;
  const head = reader.head(plainName(span.text), { start: span.start, end: span.end });
  return {
    kind: defined === undefined ? "macroCall" : "macroDefinition",
    path: defined === undefined ? path : [head.name],
    pathSpan,
    content: content?.rest() ?? [],
    include,
    ...head,
  };
}

/** Reads the one item that begins at the cursor, by its keyword. */
class ItemReader extends HeadReader {
  module(): ModuleItem | undefined {
    const name = this.#keywordAndName();
    const body = this.cursor.enter("{");
    if (body === undefined) {
      takeEnd(this.cursor);
    }
    const inner = body === undefined ? [] : readInner(body);
    const items = body === undefined ? null : readItems(body);
    const head = name && this.#headOf(name);
    return head && { kind: "module", items, ...head, attributes: [...head.attributes, ...inner] };
  }

  use(): UseItem {
    const keyword = this.cursor.take("use");
    const leaves = readUseTree(this.cursor);
    takeUntil(this.cursor, ";");
    takeEnd(this.cursor);
    const nameSpan = { start: keyword?.start ?? 0, end: keyword?.end ?? 0 };
    return { kind: "use", leaves, ...this.head("", nameSpan) };
  }

  externCrate(): ExternCrateItem | undefined {
    const cursor = this.cursor;
    cursor.at += 1;
    if (cursor.take("crate") === undefined) {
      if (cursor.peek()?.kind === "literal") {
        cursor.at += 1;
      }
      cursor.enter("{"); // `extern "C" { … }` holds nothing of interest
      return undefined;
    }
    const crate = cursor.takeIdentifier();
    const alias = cursor.take("as") === undefined ? crate : cursor.takeIdentifier();
    takeEnd(cursor);
    return (
      crate &&
      alias && { kind: "externCrate", crateName: plainName(crate.text), ...this.#headOf(alias) }
    );
  }

  struct(): StructItem | undefined {
    const cursor = this.cursor;
    const name = this.#keywordAndName();
    const generics = readGenerics(cursor);
    const tuple = cursor.enter("(");
    takeUntil(cursor, "{", ";");
    const fields = tuple === undefined ? cursor.enter("{") : undefined;
    if (fields === undefined) {
      takeEnd(cursor);
    }
    const body: BodySource =
      tuple !== undefined
        ? { kind: "tuple", fields: readFields(tuple, true) }
        : fields !== undefined
          ? { kind: "struct", fields: readFields(fields, false) }
          : { kind: "unit" };
    return name && { kind: "struct", generics, body, ...this.#headOf(name) };
  }

  enum(): EnumItem | undefined {
    const cursor = this.cursor;
    const name = this.#keywordAndName();
    const generics = readGenerics(cursor);
    takeUntil(cursor, "{", ";");
    const body = cursor.enter("{");
    const variants = body === undefined ? [] : readVariants(body);
    return name && { kind: "enum", generics, variants, ...this.#headOf(name) };
  }

  union(): Item | undefined {
    if (this.cursor.peek(1)?.kind !== "identifier") {
      return undefined; // only a keyword before a name
    }
    const name = this.#keywordAndName();
    takeUntil(this.cursor, "{", ";");
    this.cursor.skip();
    return name && { kind: "union", ...this.#headOf(name) };
  }

  alias(): AliasItem | undefined {
    const cursor = this.cursor;
    const name = this.#keywordAndName();
    const generics = readGenerics(cursor);
    takeUntil(cursor, "=", ";");
    const type = cursor.take("=") === undefined ? null : takeUntil(cursor, ";", "where");
    takeUntil(cursor, ";");
    takeEnd(cursor);
    return name && { kind: "alias", generics, type, ...this.#headOf(name) };
  }

  constant(): ConstItem | undefined {
    const cursor = this.cursor;
    if (cursor.isText("mut", 1)) {
      cursor.at += 1;
    }
    const name = this.#keywordAndName();
    const type = cursor.take(":") === undefined ? null : takeUntil(cursor, "=", ";");
    const from = cursor.at + 1;
    const value = cursor.take("=") === undefined ? null : takeExpression(cursor);
    const block = readBlock(value, new TokenCursor(cursor.source, from, cursor.at));
    takeEnd(cursor);
    return name && { kind: "const", type, value, block, ...this.#headOf(name) };
  }

  trait(): TraitItem | undefined {
    const name = this.#keywordAndName();
    const generics = readGenerics(this.cursor);
    takeUntil(this.cursor, "{", ";");
    const body = this.cursor.enter("{");
    this.cursor.take(";");
    const items = body === undefined ? [] : readItems(body);
    return name && { kind: "trait", generics, items, ...this.#headOf(name) };
  }

  impl(): ImplItem {
    const cursor = this.cursor;
    const keyword = cursor.take("impl");
    const generics = readGenerics(cursor);
    cursor.take("const");
    cursor.take("!");
    const isFor = (): boolean => cursor.isText("for") && !cursor.isText("<", 1);
    const isBody = (): boolean =>
      cursor.isText("{") || cursor.isText("where") || cursor.isText(";");
    const from = cursor.at;
    cursor.skipUntil(() => isFor() || isBody());
    const first = cursor.sourceFrom(from);
    let trait: TypeSource | null = null;
    let selfType = first;
    if (cursor.take("for") !== undefined) {
      const selfFrom = cursor.at;
      cursor.skipUntil(isBody);
      trait = first;
      selfType = cursor.sourceFrom(selfFrom);
    }
    takeUntil(cursor, "{", ";");
    const body = cursor.enter("{");
    const items = body === undefined ? [] : readItems(body);
    const nameSpan = { start: keyword?.start ?? 0, end: keyword?.end ?? 0 };
    return { kind: "impl", generics, trait, selfType, items, ...this.head("", nameSpan) };
  }

  /** `macro name(…) { … }`, of which nothing crosses. */
  declarativeMacro(): Item | undefined {
    if (this.cursor.peek(1)?.kind !== "identifier") {
      return readMacro(this.cursor, this);
    }
    this.cursor.at += 2;
    this.cursor.enter("(");
    this.cursor.enter("{");
    return undefined;
  }

  #keywordAndName(): { name: string; span: Fragment } | undefined {
    this.cursor.at += 1;
    const token = this.cursor.takeIdentifier();
    return token && { name: token.text, span: { start: token.start, end: token.end } };
  }

  #headOf(
    name: { name: string; span: Fragment } | { text: string; start: number; end: number },
  ): ItemHead {
    return "span" in name
      ? this.head(plainName(name.name), name.span)
      : this.head(plainName(name.text), { start: name.start, end: name.end });
  }
}
