// Places in a manifest's text, and edits there.

import {
  toRange,
  toValue,
  type TextRange,
  type TomlEntry,
  type TomlValue,
} from "../../cargo/manifest/tomlDocument.ts";
import type { TextFix } from "../../model/text/textFix.ts";
import type { ManifestSubject } from "../manifestRule.ts";

/** The entry at a path, such as `lib.crate-type`. */
export function entryAt(
  { document }: ManifestSubject,
  ...path: readonly string[]
): TomlEntry | undefined {
  return document.entries.find((entry) => entry.path.join("\0") === path.join("\0"));
}

/** The header of a table; where there is none the beginning of the file. */
export function headerPlace({ document }: ManifestSubject, name: string): TextRange {
  const header = document.headers.find(({ path }) => path.join() === name);
  return header?.range ?? { start: 0, end: 0 };
}

/** The range of an entry's value. */
export function valuePlace({ value }: TomlEntry): TextRange {
  return toRange(value);
}

/** The entry's value without its place. */
export function plainValue({ value }: TomlEntry): TomlValue {
  return toValue(value);
}

/** The whole line of an entry. */
export function linePlace({ document }: ManifestSubject, { range }: TomlEntry): TextRange {
  const { text } = document;
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const end = text.indexOf("\n", range.end);
  return { start, end: end === -1 ? text.length : end + 1 };
}

/** A fix that writes `newText` at a place of the manifest. */
export function manifestFix(
  { document, file }: ManifestSubject,
  title: string,
  range: TextRange,
  newText: string,
): readonly TextFix[] {
  const span = { file, ...document.rangeOf(range) };
  return [{ kind: "changeText", title, changes: [{ span, newText }] }];
}
