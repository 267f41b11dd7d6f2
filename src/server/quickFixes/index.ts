// Turns fixes into edits: one table from a fix's kind to its maker, and the smallest text edits over open or closed files.

import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { assertNever } from "../../model/result.ts";
import type { TextChange, TextFix } from "../../model/text/textFix.ts";
import type { SetupFix } from "../../project/asyncRules/setupFinding.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";
import type { Documents } from "../documents.ts";
import { minimalEdit } from "../minimalEdit.ts";
import { addDependency } from "./addDependency.ts";
import { declareFeature } from "./declareFeature.ts";
import { enableFeatures } from "./enableFeatures.ts";
import { importCompanion } from "./importCompanion.ts";
import type { FileText, FixContext } from "./quickFix.ts";
import { reorderMethods } from "./reorderMethods.ts";

/** A fix with the plugin it is for, if it is for one. */
export interface PluginFix {
  readonly fix: SetupFix;
  readonly plugin: PluginFacts | undefined;
}

function applyFix(fix: SetupFix, context: FixContext): FileText | undefined {
  switch (fix.kind) {
    case "enableFeatures":
      return enableFeatures(fix, context);
    case "addDependency":
      return addDependency(fix, context);
    case "declareFeature":
      return declareFeature(fix, context);
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

/** The fixes as changes of texts; undefined when one of them cannot be made. */
export function setupChanges(
  fixes: readonly PluginFix[],
  files: SourceFiles,
): readonly TextChange[] | undefined {
  const after = textsAfter(fixes, files);
  return (
    after &&
    [...after].flatMap(([file, text]) => {
      const edit = minimalEdit(files.read(file) ?? "", text);
      return edit === undefined ? [] : [{ span: { file, ...edit.range }, newText: edit.newText }];
    })
  );
}

/** The fixes as one edit of the workspace; undefined when they change nothing or cannot be made. */
export function editFor(
  fixes: readonly PluginFix[],
  files: SourceFiles,
  documents: Documents,
  canVersion: boolean,
): WorkspaceEdit | undefined {
  return textFixEdit({ changes: setupChanges(fixes, files) ?? [] }, documents, canVersion);
}

/** A fix that is text already. */
export function textFixEdit(
  { changes }: Pick<TextFix, "changes">,
  documents: Documents,
  canVersion: boolean,
): WorkspaceEdit | undefined {
  const byFile = new Map<string, TextEdit[]>();
  for (const { span, newText } of changes) {
    const edits = byFile.get(span.file) ?? [];
    byFile.set(span.file, edits);
    edits.push({ range: { start: span.start, end: span.end }, newText });
  }
  const edits = [...byFile].map(([file, inFile]) => ({ file, edits: inFile }));
  return workspaceEdit(edits, documents, canVersion);
}

interface FileEdit {
  readonly file: string;
  readonly edits: TextEdit[];
}

function workspaceEdit(
  files: readonly FileEdit[],
  documents: Documents,
  canVersion: boolean,
): WorkspaceEdit | undefined {
  if (files.length === 0) {
    return undefined;
  }
  if (!canVersion) {
    return {
      changes: Object.fromEntries(files.map(({ file, edits }) => [documents.uriOf(file), edits])),
    };
  }
  const documentChanges: TextDocumentEdit[] = files.map(({ file, edits }) => ({
    textDocument: {
      uri: documents.uriOf(file),
      version: documents.find(file)?.version ?? null,
    },
    edits,
  }));
  return { documentChanges };
}
