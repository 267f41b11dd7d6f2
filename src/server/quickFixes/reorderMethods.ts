// Puts the methods of an impl block into the trait's order: whole items with their attributes, doc comments and the comments
// that stand on them. Each takes the place of another one, so that blank lines, comments that stand apart and other items
// of the block stay where they are.

import type { PluginMethod } from "../../model/plugin.ts";
import type { SetupFix } from "../../project/asyncRules/setupFinding.ts";
import { offsetAt } from "../minimalEdit.ts";
import type { QuickFix } from "./quickFix.ts";

type ReorderMethods = Extract<SetupFix, { kind: "reorderMethods" }>;

/** What reordering needs to know of a method. */
type MethodPlace = Pick<PluginMethod, "fullSpan">;

/** A method with what belongs to it. */
interface Piece<M> {
  readonly start: number;
  readonly end: number;
  readonly method: M;
}

/** Nothing when a method is not the trait's, which does not compile anyway. */
export const reorderMethods: QuickFix<ReorderMethods> = (_, { files, plugin }) => {
  const methods = plugin?.schema.methods ?? [];
  const file = methods[0]?.fullSpan.file ?? "";
  const text = files.read(file);
  return text === undefined || methods.some(({ traitIndex }) => traitIndex < 0)
    ? undefined
    : { file, text: reordered(text, methods, ({ traitIndex }) => traitIndex) };
};

/** The text with the methods in the order of their ranks. */
export function reordered<M extends MethodPlace>(
  text: string,
  methods: readonly M[],
  rankOf: (method: M) => number,
): string {
  const pieces = piecesOf(text, methods);
  const ordered = pieces.toSorted((left, right) => rankOf(left.method) - rankOf(right.method));
  let after = "";
  let copied = 0;
  for (const [index, place] of pieces.entries()) {
    const moved = ordered[index] ?? place;
    after += text.slice(copied, place.start) + text.slice(moved.start, moved.end);
    copied = place.end;
    if (endsInLineComment(text, moved) && !/^\r?(?:\n|$)/u.test(text.slice(copied))) {
      // What follows on this line would become part of the comment.
      after += `\n${indentOf(text, place.start)}`;
    }
  }
  return after + text.slice(copied);
}

function piecesOf<M extends MethodPlace>(text: string, methods: readonly M[]): readonly Piece<M>[] {
  let previousEnd = 0;
  return methods
    .map((method) => ({
      start: offsetAt(text, method.fullSpan.start),
      end: offsetAt(text, method.fullSpan.end),
      method,
    }))
    .sort((left, right) => left.start - right.start)
    .map(({ start, end, method }) => {
      const piece = {
        start: startOfComments(text, start, previousEnd),
        end: endOfComment(text, end),
        method,
      };
      previousEnd = piece.end;
      return piece;
    });
}

/** Where the comments begin that end on the line above, without a blank line between. */
function startOfComments(text: string, start: number, previousEnd: number): number {
  let begin = start;
  for (;;) {
    const lineStart = text.lastIndexOf("\n", begin - 1) + 1;
    if (lineStart <= previousEnd || text.slice(lineStart, begin).trim() !== "") {
      return begin;
    }
    const above = text.slice(previousEnd, lineStart).trimEnd();
    const isBlankBetween = text.slice(previousEnd + above.length, lineStart).split("\n").length > 2;
    const comment = isBlankBetween ? undefined : lastComment(above);
    if (comment === undefined) {
      return begin;
    }
    begin = previousEnd + comment;
  }
}

/** Where the last line's own comment begins in a text. */
function lastComment(text: string): number | undefined {
  const lineStart = text.lastIndexOf("\n") + 1;
  const line = text.slice(lineStart);
  if (/^\s*\/\//u.test(line)) {
    return lineStart + line.search(/\S/u);
  }
  const open = text.endsWith("*/") ? text.lastIndexOf("/*") : -1;
  const openLine = text.lastIndexOf("\n", open) + 1;
  return open >= 0 && text.slice(openLine, open).trim() === "" ? open : undefined;
}

/** Behind a comment that ends the method's last line. */
function endOfComment(text: string, end: number): number {
  const rest = /^[^\r\n]*/u.exec(text.slice(end))?.[0] ?? "";
  const comment = /^\s*(?:\/\/.*|(?:\/\*(?:(?!\*\/).)*\*\/\s*)+)$/u.exec(rest)?.[0];
  return end + (comment?.trimEnd().length ?? 0);
}

function endsInLineComment(text: string, { start, end }: Piece<unknown>): boolean {
  const lastLine = text.slice(Math.max(text.lastIndexOf("\n", end - 1) + 1, start), end);
  return /\}\s*\/\/[^\r\n]*$/u.test(lastLine);
}

function indentOf(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(lineStart, offset))?.[0] ?? "";
}
