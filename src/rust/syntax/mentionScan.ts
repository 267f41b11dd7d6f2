// Tells crates that cannot have to do with Fidius by their text alone, since parsing a large workspace takes long. It errs on
// one side only: a crate that it cannot follow through its files counts as one that may.

import { folderOf, joinPath } from "./sourcePath.ts";

type ReadText = (file: string) => string | undefined;

/** What the text of a file says, wherever it stands: in comments and strings too. */
interface FileWords {
  readonly text: string;
  /** Names a macro of Fidius, or leads to files that only a parser finds. */
  readonly isReason: boolean;
  /** Of `mod name;`. */
  readonly modules: readonly string[];
}

export class MentionScan {
  #known = new Map<string, FileWords>();

  /** For each crate, by the root file: whether its sources may hold something of Fidius. */
  mayConcern(rootFiles: readonly string[], read: ReadText): ReadonlySet<string> {
    const seen = new Map<string, FileWords>();
    const found = rootFiles.filter((root) => this.#isReason(root, folderOf(root), read, seen));
    this.#known = seen;
    return new Set(found);
  }

  #isReason(file: string, folder: string, read: ReadText, seen: Map<string, FileWords>): boolean {
    const text = read(file);
    if (text === undefined || seen.has(file)) {
      return false;
    }
    const known = this.#known.get(file);
    const words = known?.text === text ? known : wordsOf(text);
    seen.set(file, words);
    return (
      words.isReason ||
      words.modules.some((name) => {
        const inner = joinPath(folder, name);
        const files = [`${inner}.rs`, joinPath(inner, "mod.rs")];
        const existing = files.find((path) => read(path) !== undefined);
        return existing === undefined || this.#isReason(existing, inner, read, seen);
      })
    );
  }
}

function wordsOf(text: string): FileWords {
  const modules = [...text.matchAll(/\bmod\s+(?:r#)?([\p{XID_Start}_]\p{XID_Continue}*)\s*;/gu)];
  const isReason =
    /plugin_i|host_interface|\bfidius|\binclude\s*!/u.test(text) ||
    (modules.length > 0 && /\bpath\s*=|\bmod\s+[\w#]+\s*\{|\bmacro_rules\b/u.test(text));
  return { text, isReason, modules: modules.map(([, name]) => name ?? "") };
}
