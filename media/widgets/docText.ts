// Doc comments are Markdown. Here they are text: paragraphs, code and headings look like themselves, and links are their words.

/** A stretch of text of one kind. */
export interface DocSpan {
  readonly kind: "text" | "code" | "strong";
  readonly text: string;
}

export type DocBlock =
  | { readonly kind: "paragraph" | "heading"; readonly spans: readonly DocSpan[] }
  | { readonly kind: "item"; readonly spans: readonly DocSpan[] }
  | { readonly kind: "code"; readonly text: string };

/** The blocks of a doc comment, in order. */
export function docBlocks(doc: string): readonly DocBlock[] {
  const blocks: DocBlock[] = [];
  let lines: string[] = [];
  let code: string[] | null = null;
  let fence = "";
  const endParagraph = (): void => {
    if (lines.length > 0) {
      blocks.push({ kind: "paragraph", spans: docSpans(lines.join(" ")) });
      lines = [];
    }
  };
  for (const line of doc.split(/\r?\n/u)) {
    const trimmed = line.trim();
    if (code !== null) {
      if (trimmed === fence) {
        blocks.push({ kind: "code", text: code.join("\n") });
        code = null;
      } else {
        code.push(line);
      }
      continue;
    }
    const opened = /^(`{3,}|~{3,})/u.exec(trimmed)?.[1];
    const alone = blockLine(trimmed);
    if (opened !== undefined || alone !== undefined || trimmed === "") {
      endParagraph();
    } else {
      lines.push(trimmed);
    }
    if (opened !== undefined) {
      code = [];
      fence = opened;
    } else if (alone !== undefined) {
      blocks.push(alone);
    }
  }
  endParagraph();
  return code === null ? blocks : [...blocks, { kind: "code", text: code.join("\n") }];
}

/** A line that is a block by itself: a heading or an item of a list. */
function blockLine(line: string): DocBlock | undefined {
  const heading = /^#{1,6} +(.*)$/u.exec(line)?.[1];
  const item = /^(?:[-*+]|\d+[.)]) +(.*)$/u.exec(line)?.[1];
  return heading !== undefined
    ? { kind: "heading", spans: docSpans(heading) }
    : item !== undefined
      ? { kind: "item", spans: docSpans(item) }
      : undefined;
}

/** Code, strong words and links, in this order: what stands in code is none of the others. */
const inline =
  /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])|(?<!\w)\[([`A-Za-z_][^\]]*)\]/gu;

function docSpans(text: string): readonly DocSpan[] {
  const spans: DocSpan[] = [];
  const plain = (part: string): void => {
    if (part !== "") {
      spans.push({ kind: "text", text: part });
    }
  };
  let end = 0;
  for (const match of text.matchAll(inline)) {
    plain(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [, , code, strong, named, bare] = match;
    const link = named ?? bare;
    if (code !== undefined) {
      spans.push({ kind: "code", text: code.trim() });
    } else if (strong !== undefined) {
      spans.push({ kind: "strong", text: strong });
    } else if (link !== undefined) {
      // `[T]` alone is a link in rustdoc; a link may be code.
      const inner = /^`+(.+?)`+$/u.exec(link)?.[1];
      spans.push(
        inner === undefined ? { kind: "text", text: link } : { kind: "code", text: inner },
      );
    }
  }
  plain(text.slice(end));
  return spans;
}
