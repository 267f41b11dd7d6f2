// What helps while somebody writes Fidius code: hovers.

import {
  type ClientCapabilities,
  type Connection,
  type Hover,
  MarkupKind,
} from "vscode-languageserver";
import type { Project } from "../project/project.ts";
import { pathOfUri } from "./fileUris.ts";
import { hoverAt } from "./hover/hoverAt.ts";
import { markdownOf, plainOf } from "./hover/hoverText.ts";

/** What the client can draw. */
export interface WritingAbilities {
  /** Hovers may be Markdown. */
  readonly markdownHovers: boolean;
}

export function readWritingAbilities({ textDocument }: ClientCapabilities): WritingAbilities {
  const formats = textDocument?.hover?.contentFormat;
  return { markdownHovers: formats === undefined || formats.includes(MarkupKind.Markdown) };
}

interface WritingParts {
  readonly connection: Connection;
  readonly project: Project;
  readonly abilities: { readonly writing: WritingAbilities };
}

export function bindWriting({ connection, project, abilities }: WritingParts): void {
  const { markdownHovers } = abilities.writing;
  connection.onHover(({ textDocument, position }): Hover | null => {
    const file = pathOfUri(textDocument.uri);
    const blocks =
      file?.endsWith(".rs") === true
        ? hoverAt(
            { file, position },
            {
              snapshot: project.snapshot(),
              placeOf: (crate) => project.buildPlaceOf(crate),
            },
          )
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
