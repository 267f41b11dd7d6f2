// Turns fixes into edits: one table from a fix's kind to its maker, and the smallest text edits over open or closed files.

import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { assertNever } from "../../model/result.ts";
import type { SetupFix } from "../../project/setupFinding.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";
import type { Documents } from "../documents.ts";
import { minimalEdit } from "../minimalEdit.ts";
import { addDependency } from "./addDependency.ts";
import { enableFeatures } from "./enableFeatures.ts";
import { importCompanion } from "./importCompanion.ts";
import type { FileText, FixContext } from "./quickFix.ts";
import { reorderMethods } from "./reorderMethods.ts";

/** A fix with the plugin it is for. */
export interface PluginFix {
  readonly fix: SetupFix;
  readonly plugin: PluginFacts;
}

function applyFix(fix: SetupFix, context: FixContext): FileText | undefined {
  switch (fix.kind) {
    case "enableFeatures":
      return enableFeatures(fix, context);
    case "addDependency":
      return addDependency(fix, context);
    case "importCompanion":
      return importCompanion(fix, context);
    case "reorderMethods":
      return reorderMethods(fix, context);
    default:
      return assertNever(fix);
  }
}

/** The texts of all files after the fixes, one on top of the other; undefined when one of them cannot be made. */
function textsAfter(
  fixes: readonly PluginFix[],
  files: SourceFiles,
): ReadonlyMap<string, string> | undefined {
  const after = new Map<string, string>();
  const layered: SourceFiles = { read: (file) => after.get(file) ?? files.read(file) };
  for (const { fix, plugin } of fixes) {
    const changed = applyFix(fix, { files: layered, plugin });
    if (changed === undefined) {
      return undefined;
    }
    after.set(changed.file, changed.text);
  }
  return after;
}

/** The fixes as one edit of the workspace; undefined when they change nothing or cannot be made. */
export function editFor(
  fixes: readonly PluginFix[],
  files: SourceFiles,
  documents: Documents,
  canVersion: boolean,
): WorkspaceEdit | undefined {
  const edits: { uri: string; version: number | null; edit: TextEdit }[] = [];
  for (const [file, text] of textsAfter(fixes, files) ?? []) {
    const edit = minimalEdit(files.read(file) ?? "", text);
    if (edit !== undefined) {
      const version = documents.find(file)?.version ?? null;
      edits.push({ uri: documents.uriOf(file), version, edit });
    }
  }
  if (edits.length === 0) {
    return undefined;
  }
  if (!canVersion) {
    return { changes: Object.fromEntries(edits.map(({ uri, edit }) => [uri, [edit]])) };
  }
  const documentChanges: TextDocumentEdit[] = edits.map(({ uri, version, edit }) => ({
    textDocument: { uri, version },
    edits: [edit],
  }));
  return { documentChanges };
}
