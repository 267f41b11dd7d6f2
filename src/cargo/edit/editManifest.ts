// Edits of a Cargo.toml text that keep every other byte as it is: enabling features of a dependency, adding a dependency.
// Text edits by syntax tree, not a rewrite: toml-patch moves comments and puts new keys at the end of the wrong block.

import type { AST } from "toml-eslint-parser";
import { err, ok, type Result } from "../../model/result.ts";
import {
  type DependencyAddress,
  type DependencyEntry,
  fieldOf,
  findDependency,
} from "./dependencyEntries.ts";
import {
  applyEdits,
  endOfLine,
  indentAt,
  lineEndOf,
  startOfLine,
  type TextEdit,
  textEdit,
} from "./textEdits.ts";
import {
  parseTomlDocument,
  toValue,
  type TomlDocument,
  type TomlEntry,
} from "../manifest/tomlDocument.ts";

/** What an edit comes to. `edits` is empty when there was nothing to do. */
export interface ManifestEdit {
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

export interface ManifestEditFailure {
  readonly kind: "syntax" | "noSuchDependency" | "unexpectedForm" | "alreadyThere";
  readonly message: string;
}

export interface FeatureEdit extends DependencyAddress {
  readonly features: readonly string[];
}

/** Adds features to the line of a dependency, whichever form the line has. Features it has already are left alone. */
export function enableFeatures(
  text: string,
  { features, ...address }: FeatureEdit,
): Result<ManifestEdit, ManifestEditFailure> {
  const parsed = parseTomlDocument(text);
  if (!parsed.ok) {
    return err(syntaxFailure(parsed.error));
  }
  const document = parsed.value;
  const dependency = findDependency(document, address);
  if (dependency === undefined) {
    return err({
      kind: "noSuchDependency",
      message: `This Cargo.toml has no dependency ${address.key}. Add it first.`,
    });
  }
  const array = fieldOf(dependency, "features");
  if (array === undefined) {
    return finish(document, features.length === 0 ? [] : addField(document, dependency, features));
  }
  if (array.value.type !== "TOMLArray") {
    return err({
      kind: "unexpectedForm",
      message: `The features of ${address.key} are not an array. Write features = [${features.map(quote).join(", ")}].`,
    });
  }
  return finish(document, extendArray(document, array.value, features));
}

/** The result of a list of edits; a manifest that they would break is left to its author. */
export function finish(
  document: TomlDocument,
  edits: readonly TextEdit[],
): Result<ManifestEdit, ManifestEditFailure> {
  const text = applyEdits(document.text, edits);
  return edits.length === 0 || parseTomlDocument(text).ok
    ? ok({ text, edits })
    : err({
        kind: "unexpectedForm",
        message:
          "This Cargo.toml writes the dependency in a form that cannot be edited for you. Change its features by hand.",
      });
}

/** The failure for a text that does not parse. */
export function syntaxFailure(problem: {
  readonly message: string;
  readonly position: { readonly line: number; readonly character: number };
}): ManifestEditFailure {
  const { line, character } = problem.position;
  return {
    kind: "syntax",
    message: `Cargo.toml does not parse at ${line + 1}:${character + 1}: ${problem.message}. Correct that line first.`,
  };
}

/** A TOML basic string; JSON's escapes are TOML's. */
export function quote(value: string): string {
  return JSON.stringify(value).replaceAll("\u007F", String.raw`\u007F`);
}

function addField(
  document: TomlDocument,
  dependency: DependencyEntry,
  features: readonly string[],
): readonly TextEdit[] {
  const { text } = document;
  const array = `[${features.map(quote).join(", ")}]`;
  const { entry, header } = dependency;
  if (entry !== undefined) {
    const value = entry.value;
    return value.type === "TOMLInlineTable"
      ? [addToInlineTable(document, value, `features = ${array}`)]
      : [
          textEdit(
            document,
            value.range[0],
            `{ version = ${text.slice(...value.range)}, features = ${array} }`,
            value.range[1],
          ),
        ];
  }
  if (header !== undefined) {
    const lastStart = dependency.fields.at(-1)?.range.start ?? header.range.start;
    return [addLine(document, header.bodyEnd, indentAt(text, lastStart), `features = ${array}`)];
  }
  return addDotted(document, dependency.fields, `features = ${array}`);
}

/** `fidius.version = "0.5"` gets a `fidius.features = …` behind it. */
function addDotted(
  document: TomlDocument,
  fields: readonly TomlEntry[],
  field: string,
): readonly TextEdit[] {
  const last = fields.at(-1);
  const first = last?.keyParts[0];
  const key = last?.keyParts.at(-2);
  if (last === undefined || first === undefined || key === undefined) {
    return [];
  }
  const line = `${document.text.slice(first.start, key.end)}.${field}`;
  if (last.container === "inline") {
    return [textEdit(document, last.range.end, `, ${line}`)];
  }
  return [addLine(document, last.range.end, indentAt(document.text, last.range.start), line)];
}

/** Adds an entry behind the last one of an inline table. */
export function addToInlineTable(
  document: TomlDocument,
  table: AST.TOMLInlineTable,
  entry: string,
): TextEdit {
  const last = table.body.at(-1);
  if (last === undefined) {
    return textEdit(document, table.range[0], `{ ${entry} }`, table.range[1]);
  }
  return textEdit(document, last.range[1], `, ${entry}`);
}

/** Adds a line of its own below the line of `offset`, comment at that line's end included. */
export function addLine(
  document: TomlDocument,
  offset: number,
  indent: string,
  line: string,
): TextEdit {
  const { text } = document;
  return textEdit(document, endOfLine(text, offset), `${lineEndOf(text)}${indent}${line}`);
}

/** Adds texts that an array lacks, in the manner in which it is laid out. */
export function extendArray(
  document: TomlDocument,
  array: AST.TOMLArray,
  features: readonly string[],
): readonly TextEdit[] {
  const { text } = document;
  const present = new Set(array.elements.map(toValue));
  const last = array.elements.at(-1);
  const isLiteral =
    last?.type === "TOMLValue" && last.kind === "string" && last.style === "literal";
  const missing = [...new Set(features)]
    .filter((feature) => !present.has(feature))
    .map((feature) => (isLiteral && !feature.includes("'") ? `'${feature}'` : quote(feature)));
  if (missing.length === 0) {
    return [];
  }
  if (last === undefined) {
    return [textEdit(document, array.range[0] + 1, missing.join(", "))];
  }
  const elementEnd = last.range[1];
  const comma = findComma(document, elementEnd);
  const anchor = comma === undefined ? elementEnd : comma + 1;
  const lineStart = startOfLine(text, last.range[0]);
  const hasOwnLine = text.slice(lineStart, last.range[0]).trim() === "";
  if (!hasOwnLine || !isLastOnLine(document, anchor)) {
    return [textEdit(document, elementEnd, missing.map((item) => `, ${item}`).join(""))];
  }
  const lead = `${lineEndOf(text)}${text.slice(lineStart, last.range[0])}`;
  const lineEnd = endOfLine(text, anchor);
  if (comma !== undefined) {
    return [textEdit(document, lineEnd, missing.map((item) => `${lead}${item},`).join(""))];
  }
  const lines = missing.map((item) => `${lead}${item}`).join(",");
  return lineEnd === elementEnd
    ? [textEdit(document, elementEnd, `,${lines}`)]
    : [textEdit(document, elementEnd, ","), textEdit(document, lineEnd, lines)];
}

/** Offset of the comma behind an array's last element, beyond blanks and comments. */
function findComma(document: TomlDocument, elementEnd: number): number | undefined {
  const { text, comments } = document;
  let at = elementEnd;
  for (;;) {
    at += /^\s*/u.exec(text.slice(at))?.[0].length ?? 0;
    const comment = comments.find(({ start }) => start === at);
    if (comment === undefined) {
      return text[at] === "," ? at : undefined;
    }
    at = comment.end;
  }
}

/** Whether nothing but blanks and a comment follows on the line. */
function isLastOnLine(document: TomlDocument, offset: number): boolean {
  const end = endOfLine(document.text, offset);
  const comment = document.comments.find(({ start }) => start >= offset && start < end);
  return document.text.slice(offset, comment?.start ?? end).trim() === "";
}
