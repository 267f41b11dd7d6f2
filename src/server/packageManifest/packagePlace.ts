// Where a cursor stands in a package.toml. By lines, since the text seldom parses while somebody types.

import type { Position } from "../../model/text/span.ts";

/** What is being written at a place. */
export type PackagePlaceAt =
  /** The name of a table, or of a key at the beginning of a line. */
  | { readonly kind: "key"; readonly table: string | undefined; readonly written: string }
  | { readonly kind: "header"; readonly written: string }
  | {
      readonly kind: "value";
      readonly table: string;
      readonly key: string;
      /** What stands between the beginning of the value, or of an element of a list, and the place. */
      readonly written: string;
      readonly isInList: boolean;
    };

export interface PackageCursor {
  readonly at: PackagePlaceAt;
  /** Keys that the table of the place has on other lines. */
  readonly keys: ReadonlySet<string>;
  /** Tables that the file has, without the one being written. */
  readonly tables: ReadonlySet<string>;
  /** What stands behind the place in its line. */
  readonly rest: string;
}

const headerPattern = /^\s*\[\s*([\w-]+)\s*\]/u;
const keyPattern = /^\s*([\w-]+)\s*=/u;

export function packageCursor(text: string, { line, character }: Position): PackageCursor {
  const lines = text.split(/\r\n|\n|\r/u);
  const current = lines[line] ?? "";
  const table = tableAbove(lines, line);
  const keys = new Set<string>();
  const tables = new Set<string>();
  let within: string | undefined;
  for (const [index, each] of lines.entries()) {
    const header = headerPattern.exec(each)?.[1];
    within = header ?? within;
    if (index === line) {
      continue;
    }
    const key = keyPattern.exec(each)?.[1];
    if (header !== undefined) {
      tables.add(header);
    }
    if (key !== undefined && within === table) {
      keys.add(key);
    }
  }
  const before = current.slice(0, character);
  return {
    at: placeIn(before, lines.slice(0, line), table),
    keys,
    tables,
    rest: current.slice(character),
  };
}

function tableAbove(lines: readonly string[], line: number): string | undefined {
  for (let index = line - 1; index >= 0; index -= 1) {
    const header = headerPattern.exec(lines[index] ?? "")?.[1];
    if (header !== undefined) {
      return header;
    }
  }
  return undefined;
}

function placeIn(
  before: string,
  above: readonly string[],
  table: string | undefined,
): PackagePlaceAt {
  const header = /^\s*\[([\w-]*)$/u.exec(before);
  const list = openList(before, above);
  if (list !== undefined) {
    const written = /[^,[\s]*$/u.exec(before)?.[0] ?? "";
    return { kind: "value", table: table ?? "", key: list, written, isInList: true };
  }
  if (header !== null) {
    return { kind: "header", written: header[1] ?? "" };
  }
  const value = /^\s*([\w-]+)\s*=\s*(.*)$/u.exec(before);
  if (value !== null) {
    const [, key = "", written = ""] = value;
    return { kind: "value", table: table ?? "", key, written, isInList: false };
  }
  return { kind: "key", table, written: before.trimStart() };
}

/** The key whose list is open before the place, on this line or on one above. */
function openList(before: string, above: readonly string[]): string | undefined {
  for (const text of [before, ...above.toReversed()]) {
    const opened = /^\s*([\w-]+)\s*=\s*\[/u.exec(text)?.[1];
    if (text.includes("]") || (opened === undefined && text.includes("="))) {
      return undefined;
    }
    if (opened !== undefined) {
      return opened;
    }
  }
  return undefined;
}
