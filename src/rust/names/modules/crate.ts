// A crate as one build sees it: its files, and the module that is its root.

import type { CrateNode } from "../../../model/crateGraph.ts";
import type { CrateInfo } from "../../../model/plugin.ts";
import type { Configuration } from "../../cfg/configuration.ts";
import type { FileEntry } from "../../syntax/fileCache.ts";
import type { MacroItem } from "../../syntax/items/items.ts";
import { folderOf } from "../../syntax/sourcePath.ts";
import { fileContent, type ModuleContent, type Unfollowed } from "./moduleContent.ts";
import { Module } from "./modules.ts";
import type { Placed, UnexpandedCall } from "./placed.ts";

/** Where the build script of a package wrote when it ran last; undefined before. */
export type OutputFolderOf = (crate: CrateInfo) => string | undefined;

/** What a crate needs from the graph that it is in. */
export interface CrateSurroundings {
  /** No other crate in the graph has its name. */
  readonly isUnique: boolean;
  readonly read: (file: string) => FileEntry;
  readonly outputFolderOf: OutputFolderOf;
  /** Null: calls of macros stay as they are. */
  readonly macros: ((crate: Crate) => MacroExpansions) | null;
}

/** What a crate's calls of macros become; see crateMacros.ts. */
export interface MacroExpansions {
  /** Crates whose macros were looked at: what is made here holds for as long as they stay the same. */
  readonly consulted: Set<Crate>;
  /** Calls that would have taken too much work, so that nothing is known of what they make. */
  readonly unexpanded: readonly UnexpandedCall[];
  /** What the calls in the module's text become. */
  itemsOf(module: Module): readonly Placed[];
  /** The macro that other crates get by this name. */
  exported(name: string): FoundMacro | undefined;
  /** The crate that a name stands for which was written for `$crate`. */
  crateNamed(name: string): Crate | undefined;
}

/** A macro by its definition. */
export interface FoundMacro {
  readonly crate: Crate;
  readonly placed: Placed<MacroItem>;
}

/** A crate whose sources are at hand, as one build sees it. */
export class Crate {
  readonly node: CrateNode;
  readonly configuration: Configuration;
  /** What was read, and what was looked for and is missing. */
  files = new Map<string, FileEntry>();
  readonly root: Module | null;
  /** What its macros give out; null where nobody asks for that. */
  readonly macros: MacroExpansions | null;
  /** What was not followed because there is no end to it, or none in sight. */
  readonly unfollowed: Unfollowed[] = [];
  readonly #isUnique: boolean;
  #read: (file: string) => FileEntry;
  readonly #outputFolderOf: OutputFolderOf;
  /** Set once something asked for it. */
  output: { readonly folder: string | undefined } | null = null;

  constructor(node: CrateNode, configuration: Configuration, surroundings: CrateSurroundings) {
    this.node = node;
    this.configuration = configuration;
    this.#isUnique = surroundings.isUnique;
    this.#read = surroundings.read;
    this.#outputFolderOf = surroundings.outputFolderOf;
    this.macros = surroundings.macros?.(this) ?? null;
    const entry = node.rootFile === null ? undefined : this.read(node.rootFile);
    this.root =
      entry?.kind === "read"
        ? new Module(this, null, "", fileContent(this, entry.syntax), {
            folder: folderOf(entry.syntax.file),
          })
        : null;
  }

  /** Name of the crate in paths. */
  get name(): string {
    return this.node.info.libraryName;
  }

  /** Name that tells it from all other crates of the graph, for the ids of types. */
  get uniqueName(): string {
    const { info, id } = this.node;
    return this.#isUnique ? this.name : `${this.name}@${info.version} (${id})`;
  }

  read(file: string): FileEntry {
    const known = this.files.get(file);
    if (known !== undefined) {
      return known;
    }
    const entry = this.#read(file);
    this.files.set(file, entry);
    return entry;
  }

  outputFolder(): string | undefined {
    this.output ??= { folder: this.#outputFolderOf(this.node.info) };
    return this.output.folder;
  }

  /** Whether the build script has written elsewhere since this crate was read. */
  hasOtherOutput(outputFolderOf: OutputFolderOf): boolean {
    return this.output !== null && this.output.folder !== outputFolderOf(this.node.info);
  }

  /**
   * Takes over what its files are now, when only the inside of items is another: modules and what is known of their names stay.
   * False when more is another after all; the crate is then of no use any more.
   */
  takeOver(read: (file: string) => FileEntry): boolean {
    this.#read = read;
    const now = new Map([...this.files.keys()].map((file) => [file, read(file)]));
    const changed = new Set(
      [...this.files].flatMap(([file, entry]) => (now.get(file) === entry ? [] : [file])),
    );
    this.files = now;
    const { root } = this;
    const rootContent = (): ModuleContent | undefined => {
      const entry = this.read(root?.file.file ?? "");
      return entry.kind === "read" ? fileContent(this, entry.syntax) : undefined;
    };
    const isTaken = root?.takeOver(rootContent, changed) !== false;
    // What was not followed is told by its place.
    return isTaken && this.unfollowed.length === 0;
  }

  /** All modules, the root first; reads every file of the crate. */
  modules(): Module[] {
    const result: Module[] = this.root === null ? [] : [this.root];
    for (const module of result) {
      for (const child of module.children()) {
        result.push(child);
      }
    }
    return result;
  }
}
