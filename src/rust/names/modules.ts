// The module tree of a crate: which file or block holds which module. Children are read when someone asks for them.

import type { CrateNode } from "../../model/crateGraph.ts";
import type { SourceSpan } from "../../model/span.ts";
import type { Configuration } from "../cfg/configuration.ts";
import type { Chunk } from "../syntax/chunks.ts";
import { spanInFile, type FileSyntax } from "../syntax/fileSyntax.ts";
import type { FileEntry } from "../syntax/fileCache.ts";
import type { Fragment, IncludePath, Item, ModuleItem, UseItem, UseLeaf } from "../syntax/items.ts";
import { folderOf, joinPath } from "../syntax/sourcePath.ts";

/** Modules inside of one another; rustc itself gives up not far beyond. */
const deepestNesting = 128;

/** Items that `include!` brings into one module: files that include one another many times over multiply. */
const mostIncluded = 100_000;

/** Modules of a crate that are one and the same file. */
const mostModulesOfFile = 64;

/** An item with the file and the chunk that its offsets count in. */
export interface Placed<T = Item> {
  readonly item: T;
  readonly file: FileSyntax;
  readonly chunk: Chunk;
}

/** One name of a `use` item. */
export interface PlacedLeaf {
  readonly leaf: UseLeaf;
  readonly placed: Placed<UseItem>;
}

/** Where a fragment of a placed item stands. */
export function spanOf(placed: Placed<unknown>, fragment: Fragment): SourceSpan {
  const { base } = placed.chunk;
  return spanInFile(placed.file, base + fragment.start, base + fragment.end);
}

/** The parts by name, in their order; those without a name are left out. */
function groupBy<T>(parts: readonly T[], nameOf: (part: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const name = nameOf(part);
    const group = name === null ? undefined : groups.get(name);
    if (group !== undefined) {
      group.push(part);
    } else if (name !== null) {
      groups.set(name, [part]);
    }
  }
  return groups;
}

function isUse(placed: Placed): placed is Placed<UseItem> {
  return placed.item.kind === "use";
}

/** A crate whose sources are at hand, as one build sees it. */
export class Crate {
  readonly node: CrateNode;
  readonly configuration: Configuration;
  /** What was read, and what was looked for and is missing. */
  readonly files = new Map<string, FileEntry>();
  readonly root: Module | null;
  /** What was not followed because there is no end to it, or none in sight. */
  readonly unfollowed: Unfollowed[] = [];
  readonly #isUnique: boolean;
  readonly #timesOpened = new Map<string, number>();
  readonly #read: (file: string) => FileEntry;

  /** `isUnique`: no other crate in the graph has its name. */
  constructor(
    node: CrateNode,
    configuration: Configuration,
    isUnique: boolean,
    read: (file: string) => FileEntry,
  ) {
    this.node = node;
    this.configuration = configuration;
    this.#isUnique = isUnique;
    this.#read = read;
    const entry = node.rootFile === null ? undefined : this.read(node.rootFile);
    this.root =
      entry?.kind === "read"
        ? new Module(this, null, "", fileContent(this, entry.syntax), folderOf(entry.syntax.file))
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

/** A module or an `include!` whose file leads back to itself, or is there too many times. */
export interface Unfollowed {
  readonly reason: "circle" | "tooLarge";
  readonly placed: Placed;
}

interface ModuleContent {
  readonly file: FileSyntax;
  readonly items: readonly Placed[];
}

function fileContent(crate: Crate, file: FileSyntax): ModuleContent {
  if (crate.configuration.verdict(file.attributes) === false) {
    return { file, items: [] };
  }
  const including: Including = { files: [file], left: mostIncluded };
  const items = file.chunks.flatMap((chunk) =>
    placeItems(crate, chunk.items, file, chunk, including),
  );
  return { file, items };
}

/** The files that are being included in one another, and how many items may still come of it. */
interface Including {
  readonly files: FileSyntax[];
  left: number;
}

/** The items that are part of the build, with those of files that `include!` brings. */
function placeItems(
  crate: Crate,
  items: readonly Item[],
  file: FileSyntax,
  chunk: Chunk,
  including: Including,
): Placed[] {
  return crate.configuration.items(items).flatMap((item) => {
    const placed = { item, file, chunk };
    const included =
      item.kind === "macroCall" && item.include !== null
        ? includedFile(crate, item.include, file)
        : undefined;
    if (included === undefined) {
      return [placed];
    }
    const reason = including.files.includes(included)
      ? "circle"
      : including.left <= 0
        ? "tooLarge"
        : undefined;
    if (reason !== undefined) {
      crate.unfollowed.push({ reason, placed });
      return [placed];
    }
    including.files.push(included);
    const inner = included.chunks.flatMap((part) => {
      including.left -= part.items.length;
      return placeItems(crate, part.items, included, part, including);
    });
    including.files.pop();
    return [placed, ...inner];
  });
}

function includedFile(
  crate: Crate,
  include: IncludePath,
  from: FileSyntax,
): FileSyntax | undefined {
  if (include.base === "unknown") {
    return undefined;
  }
  const folder = folderOf(include.base === "package" ? crate.node.id : from.file);
  const path = include.base === "package" ? include.path.replace(/^[/\\]+/u, "") : include.path;
  const entry = crate.read(joinPath(folder, path));
  return entry.kind === "read" ? entry.syntax : undefined;
}

/** What `#[path]` says. */
function writtenPath(item: ModuleItem): string | null {
  return item.attributes.find(({ path }) => path.join() === "path")?.value ?? null;
}

/** One module: the crate's root, a block, or a file. */
export class Module {
  readonly crate: Crate;
  readonly parent: Module | null;
  readonly name: string;
  readonly file: FileSyntax;
  readonly items: readonly Placed[];
  /** Folder in which `mod name;` looks. */
  readonly #folder: string;
  readonly #isBlock: boolean;
  readonly #depth: number;
  readonly #children = new Map<string, Module | null>();
  #byName: ReadonlyMap<string, readonly Placed[]> | null = null;
  #leaves: readonly PlacedLeaf[] | null = null;
  #globs: readonly PlacedLeaf[] | null = null;
  #imports: ReadonlyMap<string, readonly PlacedLeaf[]> | null = null;

  constructor(
    crate: Crate,
    parent: Module | null,
    name: string,
    content: ModuleContent,
    folder: string,
    isBlock = false,
  ) {
    this.crate = crate;
    this.parent = parent;
    this.name = name;
    this.file = content.file;
    this.items = content.items;
    this.#folder = folder;
    this.#isBlock = isBlock;
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

  /** Items called `name`, of every kind. */
  named(name: string): readonly Placed[] {
    this.#byName ??= groupBy(this.items, ({ item }) => item.name);
    return this.#byName.get(name) ?? [];
  }

  /** The single names that the `use` items bring, with the items that they stand in. */
  get leaves(): readonly PlacedLeaf[] {
    this.#leaves ??= this.items
      .filter(isUse)
      .flatMap((placed) => placed.item.leaves.map((leaf) => ({ leaf, placed })));
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
    return this.#imports.get(name) ?? [];
  }

  child(name: string): Module | undefined {
    const known = this.#children.get(name);
    if (known !== undefined) {
      return known ?? undefined;
    }
    const declared = this.named(name).find(
      (placed): placed is Placed<ModuleItem> => placed.item.kind === "module",
    );
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

  children(): Module[] {
    const names = this.items.flatMap(({ item }) => (item.kind === "module" ? [item.name] : []));
    return [...new Set(names)].flatMap((name) => this.child(name) ?? []);
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
    const { item, file, chunk } = declared;
    if (item.items !== null) {
      const written = writtenPath(item);
      const folder =
        written === null
          ? joinPath(this.#folder, item.name)
          : joinPath(this.#pathFolder(file), written);
      const including = { files: [file], left: mostIncluded };
      const content = { file, items: placeItems(this.crate, item.items, file, chunk, including) };
      return new Module(this.crate, this, item.name, content, folder, true);
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
    return new Module(crate, this, declared.item.name, content, folder);
  }

  /** Whether the file holds this module or one around it. */
  #isIn(file: FileSyntax): boolean {
    return this.file === file || (this.parent !== null && this.parent.#isIn(file));
  }
}
