// Declares a feature of a package, or has it enable more. Every other byte of the Cargo.toml stays as it is.

import { err, type Result } from "../../model/result.ts";
import {
  addLine,
  addToInlineTable,
  extendArray,
  finish,
  type ManifestEdit,
  type ManifestEditFailure,
  quote,
  syntaxFailure,
} from "./editManifest.ts";
import { indentAt, lineEndOf, textEdit, type TextEdit } from "./textEdits.ts";
import { parseTomlDocument, type TomlDocument } from "../manifest/tomlDocument.ts";

/** Adds `feature = ["…"]` to `[features]`; a feature that is there gets what it does not enable yet. */
export function declareFeature(
  text: string,
  feature: string,
  enables: readonly string[],
): Result<ManifestEdit, ManifestEditFailure> {
  const parsed = parseTomlDocument(text);
  if (!parsed.ok) {
    return err(syntaxFailure(parsed.error));
  }
  const edits = editsFor(parsed.value, feature, enables);
  return edits === undefined
    ? err({
        kind: "unexpectedForm",
        message: `The feature ${feature} is not an array. Write ${feature} = [${enables.map(quote).join(", ")}].`,
      })
    : finish(parsed.value, edits);
}

function editsFor(
  document: TomlDocument,
  feature: string,
  enables: readonly string[],
): readonly TextEdit[] | undefined {
  const { text, entries, headers } = document;
  const known = entries.find(({ path }) => path.join("\0") === `features\0${feature}`);
  if (known !== undefined) {
    return known.value.type === "TOMLArray"
      ? extendArray(document, known.value, enables)
      : undefined;
  }
  const line = `${feature} = [${enables.map(quote).join(", ")}]`;
  const header = headers.find(({ path }) => path.join("\0") === "features");
  if (header !== undefined) {
    const last = entries.findLast(({ path, container }) => {
      return path[0] === "features" && container === "table";
    });
    const indent = indentAt(text, last?.range.start ?? header.range.start);
    return [addLine(document, header.bodyEnd, indent, line)];
  }
  const inline = entries.find(({ path }) => path.join("\0") === "features");
  if (inline?.value.type === "TOMLInlineTable") {
    return [addToInlineTable(document, inline.value, line)];
  }
  const end = lineEndOf(text);
  const gap = text === "" || text.endsWith("\n") ? end : `${end}${end}`;
  return [textEdit(document, text.length, `${gap}[features]${end}${line}${end}`)];
}
