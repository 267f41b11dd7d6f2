// Remembers the syntax of every file by its text, so that after an edit only what changed is read again.

import { readFileSyntax, type FileSyntax } from "./fileSyntax.ts";
import type { SourceFiles } from "./sourceFiles.ts";
import { unlessTooLarge } from "./unlessTooLarge.ts";

/** Parsing more than this takes longer than anybody waits. */
export const largestFileLength = 8_000_000;

export type FileEntry =
  | { readonly kind: "read"; readonly syntax: FileSyntax }
  | { readonly kind: "missing" }
  /** There, and no source that could be read: a folder, a pipe, no UTF-8. The reason follows "cannot be read: ". */
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "tooLarge" };

const tooLarge: FileEntry = { kind: "tooLarge" };

interface Cached {
  readonly text: string;
  readonly entry: FileEntry;
}

/** Hears of each file that is parsed, anew or after an edit. */
export type OnParse = (file: string, kind: "new" | "edited") => void;

export class FileCache {
  readonly #files: SourceFiles;
  readonly #onParse: OnParse;
  readonly #cached = new Map<string, Cached>();

  constructor(files: SourceFiles, onParse: OnParse) {
    this.#files = files;
    this.#onParse = onParse;
  }

  /** The file as it is now. The same object is given for as long as its text stays. */
  read(file: string): FileEntry {
    const text = this.#files.read(file);
    const cached = this.#cached.get(file);
    if (text === undefined) {
      this.#cached.delete(file);
      const reason = this.#files.problemOf?.(file);
      return reason === undefined ? { kind: "missing" } : { kind: "unreadable", reason };
    }
    if (cached?.text === text) {
      return cached.entry;
    }
    const entry = text.length > largestFileLength ? tooLarge : this.#parse(file, text, cached);
    this.#cached.set(file, { text, entry });
    return entry;
  }

  /** Drops what is not in `files` any more. */
  keepOnly(files: ReadonlySet<string>): void {
    for (const file of this.#cached.keys()) {
      if (!files.has(file)) {
        this.#cached.delete(file);
      }
    }
  }

  #parse(file: string, text: string, cached: Cached | undefined): FileEntry {
    this.#onParse(file, cached === undefined ? "new" : "edited");
    const before = cached?.entry.kind === "read" ? cached.entry.syntax : undefined;
    return unlessTooLarge<FileEntry>(
      () => ({ kind: "read", syntax: readFileSyntax(file, text, before) }),
      () => tooLarge,
    );
  }
}
