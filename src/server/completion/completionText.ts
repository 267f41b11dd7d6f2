// What a completion inserts, in the snippet syntax of LSP, and the same for editors without snippets.

import type { TextReplacement } from "../minimalEdit.ts";

/** A completion, in no protocol's words. */
export interface Completion {
  readonly label: string;
  /** In the snippet syntax. */
  readonly snippet: string;
  /** What it is for, in a few words. */
  readonly detail: string;
  readonly kind: "keyword" | "property" | "value" | "type" | "snippet";
  /** What it changes elsewhere in the file. */
  readonly also?: TextReplacement;
}

/** What is to be typed before it can be chosen, and what it replaces. */
export interface CompletionAnswer {
  readonly completions: readonly Completion[];
  /** Characters before the place that are replaced. */
  readonly replaced: number;
}

/** Foreign text within a snippet. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/gu, String.raw`\$&`);
}

/** The text of a snippet whose places keep what stands in them. */
export function plainSnippet(snippet: string): string {
  const values = new Map<string, string>();
  return snippet
    .replace(
      /\$\{(\d+)(?::((?:\\.|[^}\\])*)|\|((?:\\.|[^,|\\])*)[^}]*)?\}|\$(\d+)/gu,
      (_, name: string | undefined, text: string | undefined, choice: string | undefined, bare) => {
        const key = name ?? String(bare);
        const value = text ?? choice ?? values.get(key) ?? "";
        values.set(key, value);
        return value;
      },
    )
    .replace(/\\([\\$}])/gu, "$1");
}
