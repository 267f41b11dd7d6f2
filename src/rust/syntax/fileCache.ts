// Remembers the syntax of every file by its text. The trees of files that were edited are kept, so that the next edit
// parses only what changed; a file that never changed gives its tree back at once.

import type { Point, Tree } from "@vscode/tree-sitter-wasm";
import { readFileSyntax, type FileSyntax } from "./fileSyntax.ts";
import type { RustParser, SourceFiles } from "./sourceFiles.ts";

/** Bigger files are generated ones; nobody writes plugins there. */
export const largestFileLength = 1_000_000;

export type FileEntry =
  | { readonly kind: "read"; readonly syntax: FileSyntax }
  | { readonly kind: "missing" }
  /** There, and no source that could be read: a folder, a pipe, no UTF-8. The reason follows "cannot be read: ". */
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "tooLarge" };

interface Cached {
  readonly text: string;
  readonly entry: FileEntry;
  readonly tree: Tree | null;
}

export class FileCache {
  readonly #files: SourceFiles;
  readonly #parser: RustParser;
  readonly #cached = new Map<string, Cached>();

  constructor(files: SourceFiles, parser: RustParser) {
    this.#files = files;
    this.#parser = parser;
  }

  /** The file as it is now. The same object is given for as long as its text stays. */
  read(file: string): FileEntry {
    const text = this.#files.read(file);
    const cached = this.#cached.get(file);
    if (text === undefined) {
      this.#forget(file, cached);
      const reason = this.#files.problemOf?.(file);
      return reason === undefined ? { kind: "missing" } : { kind: "unreadable", reason };
    }
    if (cached?.text === text) {
      return cached.entry;
    }
    if (text.length > largestFileLength) {
      cached?.tree?.delete();
      const entry: FileEntry = { kind: "tooLarge" };
      this.#cached.set(file, { text, entry, tree: null });
      return entry;
    }
    return this.#parse(file, text, cached);
  }

  /** Drops what is not in `files` any more. */
  keepOnly(files: ReadonlySet<string>): void {
    for (const [file, cached] of this.#cached) {
      if (!files.has(file)) {
        this.#forget(file, cached);
      }
    }
  }

  dispose(): void {
    this.keepOnly(new Set());
  }

  #parse(file: string, text: string, cached: Cached | undefined): FileEntry {
    const previous = cached?.tree ?? undefined;
    if (previous !== undefined && cached !== undefined) {
      markEdit(previous, cached.text, text);
    }
    const tree = this.#parser.parse(text, previous);
    previous?.delete();
    const before = cached?.entry.kind === "read" ? cached.entry.syntax : undefined;
    const entry: FileEntry = { kind: "read", syntax: readFileSyntax(file, text, tree, before) };
    const isEdited = cached !== undefined;
    if (!isEdited) {
      tree.delete();
    }
    this.#cached.set(file, { text, entry, tree: isEdited ? tree : null });
    return entry;
  }

  #forget(file: string, cached: Cached | undefined): void {
    cached?.tree?.delete();
    this.#cached.delete(file);
  }
}

/** Tells the tree which stretch differs between `before` and `after`. */
function markEdit(tree: Tree, before: string, after: string): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start += 1;
  }
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  tree.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}
