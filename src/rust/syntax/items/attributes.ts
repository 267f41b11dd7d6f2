// Reads attributes and doc comments, and the `name = value, name(…)` lists inside them.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { matchGroups } from "../../../abi/rustTokens.ts";
import type { WireDirection } from "./direction.ts";
import type { Attribute, Fragment, ItemHead } from "./items.ts";
import { plainName, TokenCursor } from "./tokenCursor.ts";

export interface Outer {
  readonly attributes: readonly Attribute[];
  readonly doc: string | null;
  /** Index of the first token that belongs to the item. */
  readonly from: number;
}

/** Steps over the attributes and doc comments before an item. */
export function readOuter(cursor: TokenCursor): Outer {
  const attributes: Attribute[] = [];
  const docs: string[] = [];
  const from = cursor.at;
  for (;;) {
    const token = cursor.peek();
    if (token?.kind === "doc") {
      docs.push(...docLines(token.text));
      cursor.at += 1;
    } else if (cursor.isText("#") && cursor.isText("[", 1)) {
      const start = cursor.at;
      cursor.at += 1;
      const content = cursor.enter("[");
      if (content !== undefined) {
        attributes.push(...readAttribute(content, cursor.spanFrom(start), []));
      }
    } else if (isInner(cursor)) {
      cursor.at += 2;
      cursor.skip();
    } else {
      break;
    }
  }
  for (const attribute of attributes) {
    const { path, value, conditions } = attribute;
    if (path.join() === "doc" && value !== null && conditions.length === 0) {
      docs.push(...value.split("\n").map(withoutLeadingSpace));
    }
  }
  const doc = docs.join("\n").trim();
  return { attributes, doc: doc === "" ? null : doc, from };
}

/** Steps over the `#![…]` at the start of a file or block; they are attributes of the module. */
export function readInner(cursor: TokenCursor): Attribute[] {
  const attributes: Attribute[] = [];
  while (isInner(cursor)) {
    const start = cursor.at;
    cursor.at += 2;
    const content = cursor.enter("[");
    if (content === undefined) {
      break;
    }
    attributes.push(...readAttribute(content, cursor.spanFrom(start), []));
  }
  return attributes;
}

function isInner(cursor: TokenCursor): boolean {
  return cursor.isText("#") && cursor.isText("!", 1) && cursor.isText("[", 2);
}

/** One attribute, or those that `cfg_attr(…, …)` adds under its condition. */
function readAttribute(
  content: TokenCursor,
  span: Fragment,
  conditions: Attribute["conditions"],
): Attribute[] {
  if (content.isText("unsafe") && content.isText("(", 1)) {
    content.at += 1;
    const inner = content.enter("(");
    return inner === undefined ? [] : readAttribute(inner, span, conditions);
  }
  const path = readPath(content);
  const inner = content.enter("(") ?? content.enter("[") ?? content.enter("{");
  if (path.join() === "cfg_attr" && inner !== undefined) {
    return readConditional(inner, span, conditions);
  }
  const value = inner === undefined && content.take("=") ? content.peek() : undefined;
  return [
    {
      ...span,
      path,
      arguments: inner?.rest() ?? [],
      value: value === undefined ? null : literalText(value),
      conditions,
    },
  ];
}

function readConditional(
  inner: TokenCursor,
  span: Fragment,
  outer: Attribute["conditions"],
): Attribute[] {
  const from = inner.at;
  inner.skipUntil(() => inner.isText(","));
  const conditions = [...outer, inner.source.tokens.slice(from, inner.at)];
  const result: Attribute[] = [];
  while (inner.take(",") !== undefined) {
    const start = inner.at;
    inner.skipUntil(() => inner.isText(","));
    if (inner.at > start) {
      const added = new TokenCursor(inner.source, start, inner.at);
      result.push(...readAttribute(added, span, conditions));
    }
  }
  return result;
}

function readPath(cursor: TokenCursor): string[] {
  const path: string[] = [];
  cursor.takePair("::");
  for (let name = cursor.takeIdentifier(); name !== undefined; name = cursor.takeIdentifier()) {
    path.push(plainName(name.text));
    if (!cursor.takePair("::")) {
      break;
    }
  }
  return path;
}

/** Still has a `#[cfg(…)]`: one that could not be decided. */
export function isConditional(item: { readonly attributes: readonly Attribute[] }): boolean {
  return item.attributes.some(({ path }) => path.join() === "cfg");
}

/** One entry of an attribute's list. */
export interface MetaEntry extends Fragment {
  /** The path's segments joined by `::`. */
  readonly name: string;
  /** Tokens after `=`. */
  readonly value: readonly RustToken[];
  /** Tokens in the parentheses after the name; null without any. */
  readonly nested: readonly RustToken[] | null;
}

/** Entries of `a, b = "x", c(d)`. */
export function readEntries(tokens: readonly RustToken[]): MetaEntry[] {
  const cursor = new TokenCursor({ text: "", tokens, partners: matchGroups(tokens) });
  const entries: MetaEntry[] = [];
  while (!cursor.isAtEnd) {
    const from = cursor.at;
    const name = readPath(cursor).join("::");
    const nested = cursor.enter("(")?.rest() ?? null;
    const valueFrom = cursor.take("=") === undefined ? null : cursor.at;
    cursor.skipUntil(() => cursor.isText(","));
    const value = valueFrom === null ? [] : tokens.slice(valueFrom, cursor.at);
    if (cursor.at > from) {
      entries.push({ ...cursor.spanFrom(from), name, value, nested });
    }
    if (cursor.take(",") === undefined && cursor.at === from) {
      cursor.skip();
    }
  }
  return entries;
}

/** Entries of all `#[serde(…)]`. */
export function serdeEntries(item: { readonly attributes: readonly Attribute[] }): MetaEntry[] {
  return item.attributes.flatMap((attribute) =>
    attribute.path.join() === "serde" ? readEntries(attribute.arguments) : [],
  );
}

/** The adaptor of a `#[serde_as(…)]` field in one direction; null where it has none. */
export function serdeAsType(item: ItemHead, direction: WireDirection): string | null {
  const wanted = ["as", direction === "reading" ? "deserialize_as" : "serialize_as"];
  for (const { path, arguments: given } of item.attributes) {
    if (path.at(-1) === "serde_as") {
      const entry = readEntries(given).find(({ name }) => wanted.includes(name));
      return entry === undefined ? null : entryText(entry);
    }
  }
  return null;
}

/** Last segments of the paths in all `#[derive(…)]`. */
export function derivesOf(item: ItemHead): Set<string> {
  const names = item.attributes.flatMap((attribute) =>
    attribute.path.join() === "derive"
      ? readEntries(attribute.arguments).map(({ name }) => name)
      : [],
  );
  return new Set(names.map((name) => name.split("::").at(-1) ?? name));
}

/** Text of a string entry's value, or null. */
export function entryText(entry: MetaEntry): string | null {
  const [token] = entry.value;
  return token === undefined ? null : literalText(token);
}

/** What a string literal stands for; null for other tokens. */
export function literalText(token: RustToken): string | null {
  if (token.kind !== "literal") {
    return null;
  }
  const raw = /^[bc]?r(#*)"(?<content>.*)"\1$/su.exec(token.text);
  if (raw !== null) {
    return raw.groups?.["content"] ?? null;
  }
  const plain = /^[bc]?"(?<content>.*)"$/su.exec(token.text)?.groups?.["content"];
  return plain === undefined ? null : unescape(plain);
}

const simpleEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

function unescape(text: string): string {
  return text.replaceAll(
    /\\(?:u\{(?<unicode>[\da-fA-F_]+)\}|x(?<hex>[\da-fA-F]{2})|(?<continued>\n\s*)|(?<simple>.))/gsu,
    (...args: unknown[]) => {
      const groups = args.at(-1) as Record<string, string | undefined>;
      const code = groups["unicode"]?.replaceAll("_", "") ?? groups["hex"];
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : "";
      }
      const simple = groups["simple"];
      return simple === undefined ? "" : (simpleEscapes[simple] ?? simple);
    },
  );
}

function docLines(comment: string): string[] {
  if (comment.startsWith("///")) {
    return [withoutLeadingSpace(comment.slice(3)).trimEnd()];
  }
  return comment
    .slice(3, -2)
    .split("\n")
    .map((line) => withoutLeadingSpace(line.replace(/^\s*\*/u, "")).trimEnd());
}

function withoutLeadingSpace(line: string): string {
  return line.startsWith(" ") ? line.slice(1) : line;
}
