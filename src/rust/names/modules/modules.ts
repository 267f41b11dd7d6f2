// The module tree of a crate: which file or block holds which module. Children are read when someone asks for them.

import { groupBy } from "../../../model/groupBy.ts";
import type { FileSyntax } from "../../syntax/fileSyntax.ts";
import type { ModuleItem } from "../../syntax/items/items.ts";
import {
  bodyItems,
  isModule,
  leavesOf,
  type BodyItem,
  type Placed,
  type PlacedLeaf,
} from "./placed.ts";
import type { Crate } from "./crate.ts";
import { fileContent, placeItems, type ModuleContent } from "./moduleContent.ts";
import { blockFolder, moduleFiles, type ModuleFile, type ParentPlace } from "./moduleFiles.ts";
import { takeOverItems, takeOverMade } from "./insideChanges.ts";
import { joinPath } from "../../syntax/sourcePath.ts";

export type { Crate, FoundMacro, MacroExpansions, OutputFolderOf } from "./crate.ts";
export { bodyItems, isWritten, spanOf, type Placed, type PlacedLeaf } from "./placed.ts";

/** Modules inside of one another; rustc itself gives up not far beyond. */
const deepestNesting = 128;

/** Modules of a crate that are one and the same file. */
const mostModulesOfFile = 64;

/** Where a module stands. */
export interface ModulePlace {
  /** Folder in which `mod name;` looks. */
  readonly folder: string;
  /** Written between braces. */
  readonly isBlock?: boolean;
  /** The body of a function or constant: its items see what is around it, and paths begin outside of it. */
  readonly isBody?: boolean;
  /** How often each file has become a module; absent: as the module around it counts. */
  readonly opened?: Map<string, number>;
}

const noLeaves: readonly PlacedLeaf[] = [];

/** One module: the crate's root, a block, a file, or a body with items in it. */
export class Module {
  readonly crate: Crate;
  readonly parent: Module | null;
  readonly name: string;
  file: FileSyntax;
  /** What stands in its text, with the files that `include!` brings. */
  readonly declared: readonly Placed[];
  /** Folder in which `mod name;` looks. */
  readonly #folder: string;
  readonly #isBlock: boolean;
  readonly isBody: boolean;
  readonly #hidesNames: boolean;
  readonly #depth: number;
  readonly #opened: Map<string, number>;
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
    this.#hidesNames = content.hidesNames;
    this.#folder = place.folder;
    this.#isBlock = place.isBlock ?? false;
    this.isBody = place.isBody ?? false;
    this.#depth = parent === null ? 0 : parent.#depth + 1;
    this.#opened = place.opened ?? (parent === null ? new Map<string, number>() : parent.#opened);
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

  /** Something in it is too large to be read: a name that its items do not show may be declared there. */
  get hidesNames(): boolean {
    const unexpanded = this.crate.macros?.unexpanded ?? [];
    return (
      this.#hidesNames ||
      unexpanded.some(({ reason, call }) => reason === "crate" || this.declared.includes(call))
    );
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
    const declared = this.#moduleNamed(name);
    const child = declared === undefined ? undefined : this.#open(declared);
    this.#children.set(name, child ?? null);
    return child;
  }

  #moduleNamed(name: string): Placed<ModuleItem> | undefined {
    // What stands in the text first: macros are looked for by way of it.
    return this.declaredAs(name).find(isModule) ?? this.named(name).find(isModule);
  }

  /** The file of a module that is declared here is there, and too large to be read or no source. */
  isUnread(declared: Placed<ModuleItem>): boolean {
    const { files, unfollowed } = this.crate;
    const isThere = ({ file }: ModuleFile): boolean =>
      ["tooLarge", "unreadable"].includes(files.get(file)?.kind ?? "missing");
    return (
      unfollowed.some(({ placed }) => placed.item === declared.item) ||
      (declared.item.items === null && this.filesOf(declared).some(isThere))
    );
  }

  /** The module that one declaration of several makes, also when the build leaves it out. */
  childOf(declared: Placed<ModuleItem>): Module | undefined {
    const kept = this.crate.configuration.item(declared.item);
    const isChild = this.named(declared.item.name).some(({ item }) => item === kept);
    // What the build leaves out is looked into again and again, and counts for itself.
    const { root } = this.crate;
    const isLeftOut = root !== null && this.#opened !== root.#opened;
    return isChild
      ? this.child(declared.item.name)
      : this.#open(declared, isLeftOut ? this.#opened : new Map(this.#opened));
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
    this.#bodies ??= this.#bodyOwners().flatMap(({ at, owner }) => this.body(at, owner) ?? []);
    return this.#bodies;
  }

  #bodyOwners(): readonly { readonly at: Placed; readonly owner: BodyItem }[] {
    return this.items.flatMap((at) => bodyItems(at.item).map((owner) => ({ at, owner })));
  }

  /** The body of `owner`, which is an item of this module or a method in one. */
  body(at: Placed, owner: BodyItem): Module | undefined {
    if (this.#depth >= deepestNesting) {
      return undefined;
    }
    const { name } = owner;
    const place = { folder: joinPath(this.#folder, name), isBlock: true, isBody: true };
    return new Module(this.crate, this, name, this.#bodyContent(at, owner), place);
  }

  /** The module that `self` means here: a body has none of its own. */
  get nearestModule(): Module {
    return this.isBody && this.parent !== null ? this.parent.nearestModule : this;
  }

  /** Where the file of `mod name;` may be, in the order in which it is looked for, with the folder of its own modules. */
  filesOf(declared: Placed<ModuleItem>): readonly ModuleFile[] {
    return moduleFiles(declared, this.#place);
  }

  /** This module is `other` or lies inside it. */
  isWithin(other: Module): boolean {
    return this === other || this.parent?.isWithin(other) === true;
  }

  /** Takes over what stands in its text now, as {@link Crate.takeOver} says; `changed` are the files that are others. */
  takeOver(now: () => ModuleContent | undefined, changed: ReadonlySet<string>): boolean {
    const isChanged =
      changed.has(this.file.file) || this.declared.some(({ file }) => changed.has(file.file));
    if (isChanged) {
      const content = now();
      const isTaken =
        content?.hidesNames === this.#hidesNames &&
        takeOverItems(this.declared, content.items) &&
        takeOverMade(this.#made ?? []);
      if (!isTaken) {
        return false;
      }
      this.file = content.file;
      this.#leaves = null;
      this.#globs = null;
      this.#imports = null;
    }
    return (
      [...this.#children].every(
        ([name, child]) => child?.takeOver(() => this.#contentOf(name, child), changed) ?? true,
      ) && this.#takeOverBodies(changed)
    );
  }

  #contentOf(name: string, child: Module): ModuleContent | undefined {
    const { crate } = this;
    const declared = this.#moduleNamed(name);
    if (declared === undefined) {
      return undefined;
    }
    const { item, ...at } = declared;
    if (item.items !== null) {
      return blockContent(crate, item, at);
    }
    const entry = crate.read(child.file.file);
    return entry.kind === "read" ? fileContent(crate, entry.syntax) : undefined;
  }

  #takeOverBodies(changed: ReadonlySet<string>): boolean {
    const bodies = this.#bodies ?? [];
    const owners = bodies.length === 0 ? [] : this.#bodyOwners();
    return (
      bodies.length === owners.length &&
      bodies.every((body, index) => {
        const owned = owners[index];
        return (
          owned?.owner.name === body.name &&
          body.takeOver(() => this.#bodyContent(owned.at, owned.owner), changed)
        );
      })
    );
  }

  #bodyContent(at: Placed, { block }: BodyItem): ModuleContent {
    return { file: at.file, items: placeItems(this.crate, block, at), hidesNames: false };
  }

  get #place(): ParentPlace {
    return { file: this.file, folder: this.#folder, isBlock: this.#isBlock };
  }

  #open(declared: Placed<ModuleItem>, opened = this.#opened): Module | undefined {
    if (this.#depth >= deepestNesting) {
      this.crate.unfollowed.push({ reason: "tooLarge", placed: declared });
      return undefined;
    }
    const { item, ...at } = declared;
    if (item.items !== null) {
      const folder = blockFolder(declared, this.#place);
      const content = blockContent(this.crate, item, at);
      return new Module(this.crate, this, item.name, content, { folder, isBlock: true, opened });
    }
    for (const { file: target, folder } of this.filesOf(declared)) {
      const module = this.#openFile(declared, target, { folder, opened });
      if (module !== undefined) {
        return module;
      }
    }
    return undefined;
  }

  #openFile(
    declared: Placed<ModuleItem>,
    file: string,
    place: ModulePlace & { readonly opened: Map<string, number> },
  ): Module | undefined {
    const { crate } = this;
    const entry = crate.read(file);
    if (entry.kind !== "read") {
      return undefined;
    }
    const reason = this.#isIn(entry.syntax)
      ? "circle"
      : countOpened(file, place.opened) > mostModulesOfFile
        ? "tooLarge"
        : undefined;
    if (reason !== undefined) {
      crate.unfollowed.push({ reason, placed: declared });
      return undefined;
    }
    const content = fileContent(crate, entry.syntax);
    return new Module(crate, this, declared.item.name, content, place);
  }

  /** Whether the file holds this module or one around it. */
  #isIn(file: FileSyntax): boolean {
    return this.file === file || (this.parent !== null && this.parent.#isIn(file));
  }
}

/** What stands between the braces of a module. */
function blockContent(crate: Crate, item: ModuleItem, at: Omit<Placed, "item">): ModuleContent {
  const items = placeItems(crate, item.items ?? [], at);
  return { file: at.file, items, hidesNames: item.isPartial === true };
}

/** How often the file has become a module, this time included. */
function countOpened(file: string, opened: Map<string, number>): number {
  const times = (opened.get(file) ?? 0) + 1;
  opened.set(file, times);
  return times;
}
