// Tells crates that cannot have to do with Fidius by their text alone, since parsing a large workspace takes long. It errs on
// one side: a crate that it cannot follow through its files counts as one that may. Its work has a budget; past that, a
// crate that does not link Fidius is looked at when one of its files is open in the editor.

import { readFileSyntax } from "./fileSyntax.ts";
import type { Item } from "./items/items.ts";
import type { SourceFiles } from "./sourceFiles.ts";
import { folderOf, joinPath } from "./sourcePath.ts";

const mostFiles = 300;
const mostCharacters = 2_000_000;

/** What the text of a file says, wherever it stands: in comments and strings too. */
interface FileWords {
  readonly stamp: string;
  readonly length: number;
  /** Names a macro of Fidius, or leads to files that only a parser finds. */
  readonly isReason: boolean;
  /** It has `mod name { … }`. */
  readonly hasBlocks: boolean;
  /** Of `mod name;`. */
  readonly modules: readonly string[];
  /** Of `#[path = "…"]` and `include!("…")`. */
  readonly paths: readonly string[];
}

interface Scan {
  readonly files: SourceFiles;
  readonly seen: Map<string, FileWords>;
  filesLeft: number;
  charactersLeft: number;
}

export class MentionScan {
  #known = new Map<string, FileWords>();

  /** For each crate, by the root file: whether its sources may hold something of Fidius. The first ones have the budget first. */
  mayConcern(rootFiles: readonly string[], files: SourceFiles): ReadonlySet<string> {
    const scan: Scan = {
      files,
      seen: new Map(),
      filesLeft: mostFiles,
      charactersLeft: mostCharacters,
    };
    const open = (files.openFiles?.() ?? []).filter((file) => this.#words(file, scan)?.isReason);
    const found = rootFiles.filter(
      (root) =>
        open.some((file) => file.startsWith(folderOf(root))) ||
        this.#isReason(root, folderOf(root), scan),
    );
    this.#known = scan.seen;
    return new Set(found);
  }

  #isReason(file: string, folder: string, scan: Scan): boolean {
    if (scan.seen.has(file) || scan.filesLeft <= 0 || scan.charactersLeft <= 0) {
      return scan.seen.get(file)?.isReason === true;
    }
    const words = this.#words(file, scan);
    if (words === undefined || words.isReason) {
      return words !== undefined;
    }
    // A module without a file holds nothing, or its file is one of those that `path` names.
    const leads = (path: string): boolean => {
      const inner = joinPath(folder, path);
      const existing = [`${inner}.rs`, joinPath(inner, "mod.rs")].find(
        (candidate) => stampOf(scan.files, candidate) !== undefined,
      );
      return existing !== undefined && this.#isReason(existing, inner, scan);
    };
    // Such as `path = "folder"` of a module in braces: that takes reading to tell.
    const leadsBy = (path: string): boolean => {
      const target = joinPath(folderOf(file), path);
      return stampOf(scan.files, target) === undefined
        ? words.hasBlocks || !path.endsWith(".rs")
        : this.#isReason(target, folderOf(target), scan);
    };
    const isThere = (path: string): boolean =>
      [`${joinPath(folder, path)}.rs`, joinPath(joinPath(folder, path), "mod.rs")].some(
        (candidate) => stampOf(scan.files, candidate) !== undefined,
      );
    // A module that is not there may be declared inside of another one, which takes reading to tell.
    const modules =
      words.hasBlocks && !words.modules.every(isThere)
        ? modulesOf(readOnce(scan.files, file) ?? "")
        : words.modules;
    return modules.some(leads) || words.paths.some(leadsBy);
  }

  #words(file: string, scan: Scan): FileWords | undefined {
    const { files, seen } = scan;
    const stamp = stampOf(files, file);
    if (stamp === undefined) {
      return undefined;
    }
    const known = seen.get(file) ?? this.#known.get(file);
    const words = known?.stamp === stamp ? known : wordsOf(stamp, readOnce(files, file) ?? "");
    if (!seen.has(file)) {
      scan.filesLeft -= 1;
      scan.charactersLeft -= words.length;
    }
    seen.set(file, words);
    return words;
  }
}

/** What tells one state of a file from another; undefined when it is not there. */
function stampOf(files: SourceFiles, file: string): string | undefined {
  return files.stampOf === undefined ? files.read(file) : files.stampOf(file);
}

function readOnce(files: SourceFiles, file: string): string | undefined {
  return files.readOnce === undefined ? files.read(file) : files.readOnce(file);
}

const includes =
  /\binclude\s*!\s*[([{]\s*(?:"(?<path>[^"\\]+)"|(?<generated>concat\s*!\s*\(\s*env\s*!\s*\(\s*"OUT_DIR"))?/gu;

function wordsOf(stamp: string, text: string): FileWords {
  const modules = [...text.matchAll(/\bmod\s+(?:r#)?([\p{XID_Start}_]\p{XID_Continue}*)\s*;/gu)];
  const paths = [...text.matchAll(/[[,]\s*path\s*=\s*"([^"\\]+)"/gu)];
  const included = text.includes("include") ? [...text.matchAll(includes)] : [];
  const isReason =
    /plugin_(?:interface|impl)|host_interface|\bfidius|\bmod\s+\$\w+\s*;/u.test(text) ||
    // A host's own code need name no more than the client of an interface.
    /::\s*(?:in_process|from_handle)\b/u.test(text) ||
    // What a build script writes only exists where the build links what it names.
    included.some(
      ({ groups }) => groups?.["path"] === undefined && groups?.["generated"] === undefined,
    );
  return {
    stamp,
    length: text.length,
    isReason,
    hasBlocks: /\bmod\s+[\w#]+\s*\{/u.test(text),
    modules: modules.map(([, name]) => name ?? ""),
    paths: [
      ...(modules.length > 0 ? paths.map(([, path]) => path ?? "") : []),
      ...included.flatMap(({ groups }) => groups?.["path"] ?? []),
    ],
  };
}

/** Where the modules of a file lie below its folder, those declared in blocks among them. */
function modulesOf(text: string): readonly string[] {
  const below = (items: readonly Item[], folder: string): readonly string[] =>
    items.flatMap((item) =>
      item.kind !== "module"
        ? []
        : item.items === null
          ? [joinPath(folder, item.name)]
          : below(item.items, joinPath(folder, item.name)),
    );
  return readFileSyntax("", text, undefined).chunks.flatMap(({ items }) => below(items, "."));
}
