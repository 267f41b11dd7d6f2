// The module tree of a crate: which file or block holds which module. Children are read when someone asks for them.

import type { CrateNode } from "../../model/crateGraph.ts";
import type { CrateInfo } from "../../model/plugin.ts";
import type { Configuration } from "../cfg/configuration.ts";
import type { FileSyntax } from "../syntax/fileSyntax.ts";
import type { FileEntry } from "../syntax/fileCache.ts";
import type { MacroItem, ModuleItem } from "../syntax/items.ts";
import {
  bodyItems,
  groupBy,
  isModule,
  leavesOf,
  type BodyItem,
  type Placed,
  type PlacedLeaf,
  type UnexpandedCall,
} from "./placed.ts";
import { fileContent, placeItems, type ModuleContent, type Unfollowed } from "./moduleContent.ts";
import { folderOf, joinPath } from "../syntax/sourcePath.ts";

export { bodyItems, isWritten, spanOf, type Placed, type PlacedLeaf } from "./placed.ts";

/** Modules inside of one another; rustc itself gives up not far beyond. */
const deepestNesting = 128;

/** Modules of a crate that are one and the same file. */
const mostModulesOfFile = 64;

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
  readonly files = new Map<string, FileEntry>();
  readonly root: Module | null;
  /** What its macros give out; null where nobody asks for that. */
  readonly macros: MacroExpansions | null;
  /** What was not followed because there is no end to it, or none in sight. */
  readonly unfollowed: Unfollowed[] = [];
  readonly #isUnique: boolean;
  readonly #timesOpened = new Map<string, number>();
  readonly #read: (file: string) => FileEntry;
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

  /** How often the file has become a module of the crate, this time included. */
  countOpened(file: string): number {
    const times = (this.#timesOpened.get(file) ?? 0) + 1;
    this.#timesOpened.set(file, times);
    return times;
  }

  /** All modules, the root first; reads every file of the crate. */
  modules(): Module[] {
    const result: Module[] = this.root === null ? [] : [this.root];
    for (const module of result) {
      result.push(...module.children());
    }
    return result;
  }
}

/** What `#[path]` says. */
function writtenPath(item: ModuleItem): string | null {
  return item.attributes.find(({ path }) => path.join() === "path")?.value ?? null;
}

/** Where a module stands. */
export interface ModulePlace {
  /** Folder in which `mod name;` looks. */
  readonly folder: string;
  /** Written between braces. */
  readonly isBlock?: boolean;
  /** The body of a function or constant: its items see what is around it, and paths begin outside of it. */
  readonly isBody?: boolean;
}

const noLeaves: readonly PlacedLeaf[] = [];

/** One module: the crate's root, a block, a file, or a body with items in it. */
export class Module {
  readonly crate: Crate;
  readonly parent: Module | null;
  readonly name: string;
  readonly file: FileSyntax;
  /** What stands in its text, with the files that `include!` brings. */
  readonly declared: readonly Placed[];
  /** Folder in which `mod name;` looks. */
  readonly #folder: string;
  readonly #isBlock: boolean;
  readonly isBody: boolean;
  readonly #depth: number;
  readonly #children = new Map<string, Module | null>();
  #bodies: readonly Module[] | null = null;
  #made: readonly Placed[] | null = null;
  #byName: ReadonlyMap<string, readonly Placed[]> | null = null;
  #madeByName: ReadonlyMap<string, readonly Placed[]> | null = null;
  #leaves: readonly PlacedLeaf[] | null = null;
  #globs: readonly PlacedLeaf[] | null = null;
  #imports: ReadonlyMap<string, readonly PlacedLeaf[]> | null = null;

  constructor(
    crate: Crate,
    parent: Module | null,
    name: string,
    content: ModuleContent,
    place: ModulePlace,
  ) {
    this.crate = crate;
    this.parent = parent;
    this.name = name;
    this.file = content.file;
    this.declared = content.items;
    this.#folder = place.folder;
    this.#isBlock = place.isBlock ?? false;
    this.isBody = place.isBody ?? false;
    this.#depth = parent === null ? 0 : parent.#depth + 1;
  }

  /** `crate_name::outer::inner`. */
  get path(): string {
    return this.parent === null ? this.crate.name : `${this.parent.path}::${this.name}`;
  }

  /** As {@link path}, unique in the graph. */
  get uniquePath(): string {
    return this.parent === null ? this.crate.uniqueName : `${this.parent.uniquePath}::${this.name}`;
  }

  /** Items that macros make of their calls in it. */
  get made(): readonly Placed[] {
    this.#made ??= this.crate.macros?.itemsOf(this) ?? [];
    return this.#made;
  }

  /** All of its items. */
  get items(): readonly Placed[] {
    return this.made.length === 0 ? this.declared : [...this.declared, ...this.made];
  }

  /** Items called `name`, of every kind; those that macros make where none stands in the text. */
  named(name: string): readonly Placed[] {
    const written = this.declaredAs(name);
    if (written.length > 0) {
      return written;
    }
    this.#madeByName ??= groupBy(this.made, ({ item }) => item.name);
    return this.#madeByName.get(name) ?? [];
  }

  /** Items called `name` that stand in its text. */
  declaredAs(name: string): readonly Placed[] {
    this.#byName ??= groupBy(this.declared, ({ item }) => item.name);
    return this.#byName.get(name) ?? [];
  }

  /** The single names that the `use` items bring, with the items that they stand in. */
  get leaves(): readonly PlacedLeaf[] {
    this.#leaves ??= leavesOf(this.items);
    return this.#leaves;
  }

  /** The `use` leaves that end in `*`. */
  get globs(): readonly PlacedLeaf[] {
    this.#globs ??= this.leaves.filter(({ leaf }) => leaf.isGlob);
    return this.#globs;
  }

  /** The `use` leaves that bind `name`. */
  imports(name: string): readonly PlacedLeaf[] {
    this.#imports ??= groupBy(this.leaves, ({ leaf }) => (leaf.isGlob ? null : leaf.binding));
    return this.#imports.get(name) ?? noLeaves;
  }

  /** As {@link leaves}; in a body with those around it. */
  get leavesAround(): readonly PlacedLeaf[] {
    return this.isBody && this.parent !== null
      ? [...this.leaves, ...this.parent.leavesAround]
      : this.leaves;
  }

  /** As {@link leaves}, without those that macros make. */
  get declaredLeaves(): readonly PlacedLeaf[] {
    return leavesOf(this.declared);
  }

  child(name: string): Module | undefined {
    const known = this.#children.get(name);
    if (known !== undefined) {
      return known ?? undefined;
    }
    // What stands in the text first: macros are looked for by way of it.
    const declared = this.declaredAs(name).find(isModule) ?? this.named(name).find(isModule);
    const child = declared === undefined ? undefined : this.#open(declared);
    this.#children.set(name, child ?? null);
    return child;
  }

  /** The module that one declaration of several makes, also when the build leaves it out. */
  childOf(declared: Placed<ModuleItem>): Module | undefined {
    const kept = this.crate.configuration.item(declared.item);
    const isChild = this.named(declared.item.name).some(({ item }) => item === kept);
    return isChild ? this.child(declared.item.name) : this.#open(declared);
  }

  /** Its modules that stand in the text. */
  declaredChildren(): Module[] {
    const names = this.declared.filter(isModule).map(({ item }) => item.name);
    return [...new Set(names)].flatMap((name) => this.child(name) ?? []);
  }

  children(): Module[] {
    const names = this.items.flatMap(({ item }) => (item.kind === "module" ? [item.name] : []));
    return [...[...new Set(names)].flatMap((name) => this.child(name) ?? []), ...this.bodies()];
  }

  /** The bodies of its functions, methods and constants that have items of their own. */
  bodies(): readonly Module[] {
    this.#bodies ??= this.items.flatMap((placed) =>
      bodyItems(placed.item).flatMap((owner) => this.body(placed, owner) ?? []),
    );
    return this.#bodies;
  }

  /** The body of `owner`, which is an item of this module or a method in one. */
  body(at: Placed, { name, block }: BodyItem): Module | undefined {
    if (this.#depth >= deepestNesting) {
      return undefined;
    }
    const content = { file: at.file, items: placeItems(this.crate, block, at) };
    const place = { folder: joinPath(this.#folder, name), isBlock: true, isBody: true };
    return new Module(this.crate, this, name, content, place);
  }

  /** The module that `self` means here: a body has none of its own. */
  get nearestModule(): Module {
    return this.isBody && this.parent !== null ? this.parent.nearestModule : this;
  }

  /** Where the file of `mod name;` may be, in the order in which it is looked for, with the folder of its own modules. */
  filesOf({
    item,
    file,
  }: Placed<ModuleItem>): readonly { readonly file: string; readonly folder: string }[] {
    const written = writtenPath(item);
    if (written !== null) {
      const target = joinPath(this.#pathFolder(file), written);
      return [{ file: target, folder: folderOf(target) }];
    }
    // Modules of an included file lie beside that file.
    const parentFolder = file === this.file ? this.#folder : folderOf(file.file);
    const folder = joinPath(parentFolder, item.name);
    return [
      { file: `${folder}.rs`, folder },
      { file: joinPath(folder, "mod.rs"), folder },
    ];
  }

  #pathFolder(file: FileSyntax): string {
    return this.#isBlock ? this.#folder : folderOf(file.file);
  }

  /** This module is `other` or lies inside it. */
  isWithin(other: Module): boolean {
    return this === other || this.parent?.isWithin(other) === true;
  }

  #open(declared: Placed<ModuleItem>): Module | undefined {
    if (this.#depth >= deepestNesting) {
      this.crate.unfollowed.push({ reason: "tooLarge", placed: declared });
      return undefined;
    }
    const { item, ...at } = declared;
    const { file } = at;
    if (item.items !== null) {
      const written = writtenPath(item);
      const folder =
        written === null
          ? joinPath(this.#folder, item.name)
          : joinPath(this.#pathFolder(file), written);
      const content = { file, items: placeItems(this.crate, item.items, at) };
      return new Module(this.crate, this, item.name, content, { folder, isBlock: true });
    }
    for (const { file: target, folder } of this.filesOf(declared)) {
      const opened = this.#openFile(declared, target, folder);
      if (opened !== undefined) {
        return opened;
      }
    }
    return undefined;
  }

  #openFile(declared: Placed<ModuleItem>, file: string, folder: string): Module | undefined {
    const { crate } = this;
    const entry = crate.read(file);
    if (entry.kind !== "read") {
      return undefined;
    }
    const reason = this.#isIn(entry.syntax)
      ? "circle"
      : crate.countOpened(file) > mostModulesOfFile
        ? "tooLarge"
        : undefined;
    if (reason !== undefined) {
      crate.unfollowed.push({ reason, placed: declared });
      return undefined;
    }
    const content = fileContent(crate, entry.syntax);
    return new Module(crate, this, declared.item.name, content, { folder });
  }

  /** Whether the file holds this module or one around it. */
  #isIn(file: FileSyntax): boolean {
    return this.file === file || (this.parent !== null && this.parent.#isIn(file));
  }
}
