// What helps while somebody writes Fidius code: hovers, completions, and ways between traits and impl blocks.

import path from "node:path";
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionTriggerKind,
  type Connection,
  type Hover,
  InsertTextFormat,
  InsertTextMode,
  type Location,
  MarkupKind,
  type Position,
} from "vscode-languageserver";
import { packageManifest } from "../diagnostics/setup/packageManifests.ts";
import type { SourceSpan } from "../model/text/span.ts";
import type { Project } from "../project/project.ts";
import { completionsAt } from "./completion/completionsAt.ts";
import { plainSnippet, type Completion } from "./completion/completionText.ts";
import type { Documents } from "./documents.ts";
import { fileOfUri } from "./fileUris.ts";
import { hoverAt } from "./hover/hoverAt.ts";
import { markdownOf, plainOf } from "./hover/hoverText.ts";
import { definitionAt, implementationsAt } from "./navigation.ts";
import { packageCompletionsAt } from "./packageManifest/packageCompletions.ts";
import { packageHoverAt } from "./packageManifest/packageHover.ts";
import type { ServerSettings } from "./settings.ts";

/** What the client can draw. */
export interface WritingAbilities {
  /** Hovers may be Markdown. */
  readonly markdownHovers: boolean;
  /** Completions may have places to fill in. */
  readonly snippets: boolean;
}

export function readWritingAbilities({ textDocument }: ClientCapabilities): WritingAbilities {
  const formats = textDocument?.hover?.contentFormat;
  return {
    markdownHovers: formats === undefined || formats.includes(MarkupKind.Markdown),
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}

interface WritingParts {
  readonly connection: Connection;
  readonly project: Project;
  readonly documents: Documents;
  readonly settings: ServerSettings;
  readonly abilities: { readonly writing: WritingAbilities };
}

/** Characters at which editors ask for completions beside those of words. */
export const completionCharacters = ["[", "(", ",", "=", '"'];

export function bindWriting(parts: WritingParts): void {
  bindHovers(parts);
  bindCompletions(parts);
  bindNavigation(parts);
}

function bindNavigation({ connection, project, documents, settings }: WritingParts): void {
  const locationOf = ({ file, start, end }: SourceSpan): Location => ({
    uri: documents.uriOf(file),
    range: { start, end },
  });
  connection.onImplementation(({ textDocument, position }) => {
    const file = fileOfUri(textDocument.uri, project);
    return file === undefined
      ? []
      : implementationsAt(
          { file, position },
          project.snapshot(),
          settings.diagnostics.isRustAnalyzerActive,
        ).map(locationOf);
  });
  connection.onDefinition(({ textDocument, position }) => {
    const file = fileOfUri(textDocument.uri, project);
    const found =
      file === undefined
        ? undefined
        : definitionAt(
            { file, position },
            project.snapshot(),
            settings.diagnostics.isRustAnalyzerActive,
          );
    return found === undefined ? null : locationOf(found);
  });
}

function bindCompletions({ connection, project, abilities }: WritingParts): void {
  const { snippets } = abilities.writing;
  connection.onCompletion(({ textDocument, position, context }): CompletionItem[] => {
    const file = fileOfUri(textDocument.uri, project);
    const isTyped = context?.triggerKind === CompletionTriggerKind.TriggerCharacter;
    const answer =
      file?.endsWith(".rs") === true
        ? completionsAt({ file, position }, project.snapshot(), isTyped)
        : isPackageManifest(file)
          ? packageCompletionsAt({ file, position }, project.snapshot())
          : undefined;
    return (answer?.completions ?? []).map((completion, index) =>
      completionItem(completion, index, position, answer?.replaced ?? 0, snippets),
    );
  });
}

function bindHovers({ connection, project, abilities }: WritingParts): void {
  const { markdownHovers } = abilities.writing;
  connection.onHover(({ textDocument, position }): Hover | null => {
    const file = fileOfUri(textDocument.uri, project);
    const blocks =
      file?.endsWith(".rs") === true
        ? hoverAt(
            { file, position },
            {
              snapshot: project.snapshot(),
              placeOf: (crate) => project.buildPlaceOf(crate),
            },
          )
        : isPackageManifest(file)
          ? packageHoverAt({ file, position }, project.snapshot())
          : undefined;
    if (blocks === undefined) {
      return null;
    }
    return {
      contents: markdownHovers
        ? { kind: MarkupKind.Markdown, value: markdownOf(blocks) }
        : { kind: MarkupKind.PlainText, value: plainOf(blocks) },
    };
  });
}

function isPackageManifest(file: string | undefined): file is string {
  return file !== undefined && path.basename(file) === packageManifest;
}

const itemKinds = {
  keyword: CompletionItemKind.Keyword,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  type: CompletionItemKind.Interface,
  snippet: CompletionItemKind.Snippet,
} as const;

function completionItem(
  { label, detail, kind, snippet, also }: Completion,
  index: number,
  position: Position,
  replaced: number,
  takesSnippets: boolean,
): CompletionItem {
  const start = { line: position.line, character: position.character - replaced };
  return {
    label,
    detail: `Fidius: ${detail}`,
    kind: itemKinds[kind],
    // In the order of importance, as far as the editor's own matching leaves it open.
    sortText: String(index).padStart(3, "0"),
    insertTextFormat: takesSnippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.adjustIndentation,
    textEdit: {
      range: { start, end: position },
      newText: takesSnippets ? snippet : plainSnippet(snippet),
    },
    ...(also === undefined ? {} : { additionalTextEdits: [also] }),
  };
}
