// Code actions at a place: the quick fixes of every diagnostic there, of which the first is the preferred one, and refactorings; for
// a whole file all preferred fixes at once.

import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type WorkspaceEdit,
} from "vscode-languageserver";
import path from "node:path";
import type { Range } from "../model/text/span.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import type { SetupFix } from "../project/asyncRules/setupFinding.ts";
import type { PluginFacts } from "../rust/fidius/facts.ts";
import { diagnose, everything } from "../diagnostics/diagnose.ts";
import { oneLine } from "../model/text/foreignText.ts";
import type { DiagnosticFix, ProjectDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Documents } from "./documents.ts";
import { fixTitle } from "./messages.ts";
import type { PageOf } from "./pages.ts";
import { toLsp } from "./publishDiagnostics.ts";
import { gatedFeatureFixes, meantByCompiler } from "./quickFixes/compilerFixes.ts";
import { fixAll } from "./quickFixes/fixAll.ts";
import { editFor, textFixEdit } from "./quickFixes/index.ts";
import { refactoringsAt } from "./refactorings/refactoringsAt.ts";
import type { ServerSettings } from "./settings.ts";

export interface CodeActionQuery {
  readonly file: string;
  readonly range: Range;
  /** The kinds that the editor asks for; absent: all but those of whole files. */
  readonly only?: readonly CodeActionKind[] | undefined;
  /** What the editor shows there, whoever says it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What mends all of a file. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.fidius`;

/** How code actions are made. */
export interface CodeActionParts {
  readonly snapshot: ProjectSnapshot;
  readonly documents: Documents;
  readonly canVersion: boolean;
  readonly pageOf: PageOf;
  readonly settings: Pick<ServerSettings, "choices" | "diagnostics">;
}

/** The actions at a place, of the kinds that are asked for. */
export function codeActions(query: CodeActionQuery, parts: CodeActionParts): readonly CodeAction[] {
  const { only } = query;
  const wants = (kind: string): boolean =>
    only === undefined
      ? kind !== fixAllKind
      : only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
  return [
    ...(wants(CodeActionKind.QuickFix) ? quickFixes(query, parts) : []),
    ...(wants(CodeActionKind.RefactorRewrite) ? refactorings(query, parts) : []),
    ...(wants(fixAllKind) ? fixAllInFile(query, parts) : []),
  ];
}

function refactorings(
  { file, range }: CodeActionQuery,
  { snapshot, documents, canVersion, settings }: CodeActionParts,
): readonly CodeAction[] {
  const place = { file, position: range.start };
  return refactoringsAt(place, snapshot, settings.choices).flatMap((fix) => {
    const edit = textFixEdit(fix, documents, canVersion);
    return edit === undefined
      ? []
      : [{ title: fix.title, kind: CodeActionKind.RefactorRewrite, edit }];
  });
}

function fixAllInFile(
  { file }: CodeActionQuery,
  { snapshot, documents, canVersion, settings }: CodeActionParts,
): readonly CodeAction[] {
  const here = diagnose(snapshot, settings.diagnostics).filter(({ span }) => span.file === file);
  const edit = textFixEdit(fixAll(here, snapshot), documents, canVersion);
  return edit === undefined
    ? []
    : [{ title: "Fix all that Fidius finds in this file", kind: fixAllKind, edit }];
}

/** The quick fixes for what is wrong in the range, each once even if several diagnostics have it. */
function quickFixes(
  query: CodeActionQuery,
  { snapshot, documents, canVersion, pageOf }: CodeActionParts,
): readonly CodeAction[] {
  const actions = new Map<string, CodeAction & { diagnostics: Diagnostic[] }>();
  const said = everything(snapshot);
  const meant = meantByCompiler(query, said, snapshot);
  for (const entry of [...said.filter((each) => touches(each, query)), ...meant]) {
    const plugin = snapshot.rust.plugins.find(({ schema }) => schema.id === entry.plugin?.id);
    for (const [index, fix] of entry.fixes.entries()) {
      const title = titleOf(fix, snapshot);
      // An entry that is only related to this place stands in another file: not one to mark as solved here.
      const solved = entry.span.file === query.file ? [toLsp(entry, documents, pageOf)] : [];
      const known = actions.get(title);
      if (known !== undefined) {
        known.diagnostics.push(...solved);
        continue;
      }
      const edit = editOf(fix, plugin, { snapshot, documents, canVersion });
      if (edit !== undefined) {
        actions.set(title, {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: solved,
          isPreferred: index === 0,
          edit,
        });
      }
    }
  }
  for (const fix of gatedFeatureFixes(query.file, query.diagnostics, snapshot)) {
    const title = titleOf(fix, snapshot);
    const edit = editOf(fix, undefined, { snapshot, documents, canVersion });
    if (edit !== undefined && !actions.has(title)) {
      actions.set(title, { title, kind: CodeActionKind.QuickFix, diagnostics: [], edit });
    }
  }
  return [...actions.values()];
}

function titleOf(fix: DiagnosticFix, snapshot: ProjectSnapshot): string {
  const title = fix.kind === "changeText" ? fix.title : fixTitle(fix, manifestName(fix, snapshot));
  return oneLine(title);
}

/** Undefined where the fix changes nothing, or cannot be made. */
function editOf(
  fix: DiagnosticFix,
  plugin: PluginFacts | undefined,
  { snapshot, documents, canVersion }: EditTarget,
): WorkspaceEdit | undefined {
  if (fix.kind === "changeText") {
    return textFixEdit(fix, documents, canVersion);
  }
  return editFor([{ fix, plugin }], snapshot.files, documents, canVersion);
}

type EditTarget = Omit<CodeActionParts, "settings" | "pageOf">;

/** At the diagnostic itself or where its cause is named. */
function touches(entry: ProjectDiagnostic, { file, range }: CodeActionQuery): boolean {
  return [entry.span, ...entry.related.map(({ span }) => span)].some(
    (span) =>
      span.file === file && !isBefore(span.end, range.start) && !isBefore(range.end, span.start),
  );
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** The manifest as people know it: the package's Cargo.toml. */
function manifestName(fix: SetupFix, { graph }: ProjectSnapshot): string {
  if (!("manifestPath" in fix)) {
    return "";
  }
  const name = graph.crates.get(fix.manifestPath)?.info.name;
  return name === undefined ? path.basename(fix.manifestPath) : `the Cargo.toml of \`${name}\``;
}
