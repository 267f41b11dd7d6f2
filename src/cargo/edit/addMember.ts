// Adds a package to the members of a workspace. Every other byte of the root's Cargo.toml stays as it is.

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
import { indentAt, type TextEdit } from "./textEdits.ts";
import { parseTomlDocument, type TomlDocument } from "../manifest/tomlDocument.ts";

/** `member` is a path from the root's folder, with `/`. */
export function addMember(text: string, member: string): Result<ManifestEdit, ManifestEditFailure> {
  const parsed = parseTomlDocument(text);
  if (!parsed.ok) {
    return err(syntaxFailure(parsed.error));
  }
  const edits = editsFor(parsed.value, member);
  return edits === undefined
    ? err({
        kind: "unexpectedForm",
        message: `The members of this workspace are not an array. Add ${quote(member)} to them by hand.`,
      })
    : finish(parsed.value, edits);
}

function editsFor(document: TomlDocument, member: string): readonly TextEdit[] | undefined {
  const isKey = (path: readonly string[], ...key: readonly string[]): boolean =>
    path.length === key.length && path.every((part, index) => part === key[index]);
  const members = document.entries.find(({ path }) => isKey(path, "workspace", "members"));
  if (members !== undefined) {
    return members.value.type === "TOMLArray"
      ? extendArray(document, members.value, [member])
      : undefined;
  }
  const line = `members = [${quote(member)}]`;
  const header = document.headers.find(({ path }) => isKey(path, "workspace"));
  if (header !== undefined) {
    return [addLine(document, header.range.end, indentAt(document.text, header.range.start), line)];
  }
  const inline = document.entries.find(({ path }) => isKey(path, "workspace"));
  if (inline?.value.type === "TOMLInlineTable") {
    return [addToInlineTable(document, inline.value, line)];
  }
  const dotted = document.entries.find(
    ({ path, container }) => path[0] === "workspace" && container === "root",
  );
  if (dotted !== undefined) {
    return [addLine(document, dotted.range.end, "", `workspace.${line}`)];
  }
  // Only `[workspace.dependencies]` and the like: the table itself goes before the first of them.
  const below = document.headers.find(({ path }) => path[0] === "workspace");
  return below === undefined
    ? undefined
    : [
        {
          start: below.range.start,
          end: below.range.start,
          newText: `[workspace]\n${line}\n\n`,
          range: document.rangeOf({ start: below.range.start, end: below.range.start }),
        },
      ];
}
