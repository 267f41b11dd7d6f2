// A parsed TOML text with the place of every entry in it: what the manifest's readers, its diagnostics and its edits share.
// Reading is toml-eslint-parser's; here the syntax tree becomes a flat list of entries under their full key paths.

import { parse } from "smol-toml";
import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import { err, ok, type Result } from "../../model/result.ts";
import type { Position, Range } from "../../model/text/span.ts";

/** A TOML value without its places. */
export type TomlValue = string | number | boolean | Date | TomlValue[] | TomlTable;

/** A table of a TOML document; keys are own properties of an object without prototype. */
export interface TomlTable {
  [key: string]: TomlValue;
}

/** Offsets into the text, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A `key = value` anywhere in the document, also inside inline tables. */
export interface TomlEntry {
  /** Full path from the root, table headers included. */
  readonly path: readonly string[];
  /** How many parts of `path` stand left of the `=`, the rest comes from headers and enclosing inline tables. */
  readonly keyParts: readonly TextRange[];
  readonly range: TextRange;
  readonly value: AST.TOMLContentNode;
  readonly container: "root" | "table" | "inline";
}

/** A `[table]` or `[[table]]` header. */
export interface TomlHeader {
  readonly path: readonly string[];
  readonly isArray: boolean;
  /** The header line's brackets and what is between them. */
  readonly range: TextRange;
  readonly keyParts: readonly TextRange[];
  /** End of the last entry below it, of the header itself when there is none. */
  readonly bodyEnd: number;
}

export interface TomlDocument {
  readonly text: string;
  readonly root: TomlTable;
  readonly entries: readonly TomlEntry[];
  readonly headers: readonly TomlHeader[];
  readonly comments: readonly TextRange[];
  positionAt(offset: number): Position;
  rangeOf(range: TextRange): Range;
}

/** The values of a TOML text, without their places: an eighth of the work. Undefined where only the other reader can tell. */
export function parseTomlValues(text: string): TomlTable | undefined {
  try {
    return parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as TomlTable;
  } catch {
    return undefined;
  }
}

/** Where and why a text is no TOML. */
export interface TomlProblem {
  readonly message: string;
  readonly position: Position;
}

/** Reads a TOML 1.1 text. A leading byte order mark is allowed, as cargo allows it. */
export function parseTomlDocument(text: string): Result<TomlDocument, TomlProblem> {
  // A blank in place of the mark keeps every offset true.
  const code = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const deep = tooDeepAt(code);
  if (deep !== undefined) {
    const message = "Arrays and inline tables nest too deep to be read";
    return err({ message, position: createPositions(text)(deep) });
  }
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(code, { tomlVersion: "1.1" });
  } catch (error) {
    if (error instanceof ParseError) {
      const position = createPositions(text)(problemOffset(text, error.index));
      return err({ message: error.message, position });
    }
    throw error;
  }
  return ok(createDocument(text, program));
}

/** The parser calls itself for each value inside of another: what nobody writes must not end it. */
const deepestNesting = 100;

const nestingParts =
  /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[[\]{}]/gu;

/** Where values nest too deep; undefined in all but made texts. */
function tooDeepAt(code: string): number | undefined {
  let depth = 0;
  for (const { 0: part, index } of code.matchAll(nestingParts)) {
    depth += part === "[" || part === "{" ? 1 : part === "]" || part === "}" ? -1 : 0;
    if (depth > deepestNesting) {
      return index;
    }
  }
  return undefined;
}

function createDocument(text: string, program: AST.TOMLProgram): TomlDocument {
  const positionAt = createPositions(text);
  const entries: TomlEntry[] = [];
  const headers: TomlHeader[] = [];
  const root = emptyTable();
  for (const item of program.body[0].body) {
    if (item.type === "TOMLTable") {
      const table = openTable(root, item.resolvedKey);
      headers.push(toHeader(text, item));
      const path = item.resolvedKey.map(String);
      for (const entry of item.body) {
        collectEntry(entry, path, "table", entries);
        assign(table, entry);
      }
    } else {
      collectEntry(item, [], "root", entries);
      assign(root, item);
    }
  }
  return {
    text,
    root,
    entries,
    headers,
    comments: program.comments.map(toRange),
    positionAt,
    rangeOf: (range) => ({ start: positionAt(range.start), end: positionAt(range.end) }),
  };
}

function createPositions(text: string): (offset: number) => Position {
  const lineStarts = findLineStarts(text);
  const positionAt = (offset: number): Position => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, character: offset - (lineStarts[low] ?? 0) };
  };
  return positionAt;
}

/** A missing value is reported where the next line begins; it is missing behind its `=`. */
function problemOffset(text: string, offset: number): number {
  const before = text.slice(0, offset).trimEnd();
  return before.endsWith("=") ? before.length : offset;
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

function toHeader(text: string, table: AST.TOMLTable): TomlHeader {
  const keyEnd = table.key.range[1];
  const close = text.indexOf("]", keyEnd);
  const end = close < 0 ? keyEnd : close + (table.kind === "array" ? 2 : 1);
  return {
    path: table.resolvedKey.map(String),
    isArray: table.kind === "array",
    range: { start: table.range[0], end },
    keyParts: table.key.keys.map(toRange),
    bodyEnd: Math.max(end, table.body.at(-1)?.range[1] ?? end),
  };
}

function collectEntry(
  entry: AST.TOMLKeyValue,
  base: readonly string[],
  container: TomlEntry["container"],
  entries: TomlEntry[],
): void {
  const path = [...base, ...entry.key.keys.map(keyText)];
  entries.push({
    path,
    keyParts: entry.key.keys.map(toRange),
    range: toRange(entry),
    value: entry.value,
    container,
  });
  if (entry.value.type === "TOMLInlineTable") {
    for (const inner of entry.value.body) {
      collectEntry(inner, path, "inline", entries);
    }
  }
}

/** The offsets of a node of the syntax tree. */
export function toRange(node: { readonly range: readonly [number, number] }): TextRange {
  return { start: node.range[0], end: node.range[1] };
}

/** The plain value of a node of the syntax tree. */
export function toValue(node: AST.TOMLContentNode): TomlValue {
  switch (node.type) {
    case "TOMLValue":
      return node.value;
    case "TOMLArray":
      return node.elements.map(toValue);
    case "TOMLInlineTable": {
      const table = emptyTable();
      for (const entry of node.body) {
        assign(table, entry);
      }
      return table;
    }
  }
}

/** `value` when it is a table. */
export function asTable(value: TomlValue | undefined): TomlTable | undefined {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
    ? value
    : undefined;
}

/** `value` when it is a string. */
export function asString(value: TomlValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `value` when it is a boolean. */
export function asBoolean(value: TomlValue | undefined): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** The strings of an array; empty for anything else. */
export function asStrings(value: TomlValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function keyText(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}

function emptyTable(): TomlTable {
  // A null prototype keeps a key such as `__proto__` an ordinary key.
  return Object.create(null) as TomlTable;
}

function assign(table: TomlTable, entry: AST.TOMLKeyValue): void {
  const keys = entry.key.keys.map(keyText);
  const last = keys.pop() ?? "";
  openTable(table, keys)[last] = toValue(entry.value);
}

function openTable(root: TomlTable, path: readonly (string | number)[]): TomlTable {
  let table = root;
  for (let index = 0; index < path.length; index += 1) {
    const key = String(path[index]);
    const position = path[index + 1];
    if (typeof position === "number") {
      const existing = table[key];
      const list = Array.isArray(existing) ? existing : [];
      table[key] = list;
      const element = asTable(list[position]) ?? emptyTable();
      list[position] = element;
      table = element;
      index += 1;
    } else {
      const next = asTable(table[key]) ?? emptyTable();
      table[key] = next;
      table = next;
    }
  }
  return table;
}
