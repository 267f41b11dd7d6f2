// What a hover says, as data, and the two forms that editors take. Everything foreign goes through `code`, a code block or a table,
// where it is text and nothing else.

import { linesOf, oneLine } from "../../model/text/foreignText.ts";

/** A piece of a sentence: our own words, or foreign text that is shown as code. */
export type Words = readonly (string | Code)[];

export interface Code {
  readonly code: string;
}

export type HoverBlock =
  | { readonly kind: "sentence"; readonly words: Words }
  | { readonly kind: "list"; readonly entries: readonly Words[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly Words[])[];
    }
  | { readonly kind: "source"; readonly language: string; readonly text: string };

/** Foreign text within a sentence. */
export function code(text: string): Code {
  return { code: text };
}

/** A sentence out of our own words and foreign text. */
export function sentence(...words: Words): HoverBlock {
  return { kind: "sentence", words };
}

/** Several pieces with commas between. */
export function listed(pieces: readonly Words[]): Words {
  return pieces.flatMap((piece, index) => (index === 0 ? piece : [", ", ...piece]));
}

/** Characters of foreign text that are shown in one place. */
const longest = 400;

function shown(text: string): string {
  const line = oneLine(text);
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Markdown, for the editors that draw it. */
export function markdownOf(blocks: readonly HoverBlock[]): string {
  return blocks.map(markdownBlock).join("\n\n");
}

function markdownBlock(block: HoverBlock): string {
  switch (block.kind) {
    case "sentence":
      return markdownWords(block.words);
    case "list":
      return block.entries.map((entry) => `- ${markdownWords(entry)}`).join("\n");
    case "table":
      return [
        `| ${block.head.join(" | ")} |`,
        `|${block.head.map(() => " --- ").join("|")}|`,
        ...block.rows.map(
          (row) =>
            `| ${row.map((cell) => markdownWords(cell).replaceAll("|", "\\|")).join(" | ")} |`,
        ),
      ].join("\n");
    case "source": {
      const text = linesOf(block.text).join("\n");
      const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
      return `${fence}${block.language}\n${text}\n${fence}`;
    }
  }
}

function markdownWords(words: Words): string {
  return words.map((word) => (typeof word === "string" ? word : codeSpan(word.code))).join("");
}

/** A code span that its content cannot end. */
function codeSpan(text: string): string {
  const content = shown(text);
  if (content === "") {
    return "` `";
  }
  const run = longestRun(content);
  const fence = "`".repeat(run + 1);
  const pad = run > 0 || /^ | $/u.test(content) ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}

/** The same without any markup. */
export function plainOf(blocks: readonly HoverBlock[]): string {
  return blocks.map(plainBlock).join("\n\n");
}

function plainBlock(block: HoverBlock): string {
  switch (block.kind) {
    case "sentence":
      return plainWords(block.words);
    case "list":
      return block.entries.map((entry) => `- ${plainWords(entry)}`).join("\n");
    case "table":
      return block.rows.map((row) => row.map((cell) => plainWords(cell)).join("  ")).join("\n");
    case "source":
      return linesOf(block.text).join("\n");
  }
}

function plainWords(words: Words): string {
  return words
    .map((word) => (typeof word === "string" ? word.replaceAll("**", "") : shown(word.code)))
    .join("");
}
