// In which file `mod name;` is looked for, and where the modules of a block look.

import type { FileSyntax } from "../../syntax/fileSyntax.ts";
import type { ModuleItem } from "../../syntax/items/items.ts";
import { folderOf, joinPath } from "../../syntax/sourcePath.ts";
import type { Placed } from "./placed.ts";

/** A file that a module may be, with the folder in which its own modules look. */
export interface ModuleFile {
  readonly file: string;
  readonly folder: string;
}

/** The module around. */
export interface ParentPlace {
  readonly file: FileSyntax;
  readonly folder: string;
  readonly isBlock: boolean;
}

/** What `#[path]` says. */
function writtenPath(item: ModuleItem): string | null {
  return item.attributes.find(({ path }) => path.join() === "path")?.value ?? null;
}

/** Where the file may be, in the order in which it is looked for. */
export function moduleFiles(
  { item, file }: Placed<ModuleItem>,
  parent: ParentPlace,
): readonly ModuleFile[] {
  const written = writtenPath(item);
  if (written !== null) {
    const target = joinPath(pathFolder(file, parent), written);
    return [{ file: target, folder: folderOf(target) }];
  }
  // Modules of an included file lie beside that file.
  const parentFolder = file === parent.file ? parent.folder : folderOf(file.file);
  const folder = joinPath(parentFolder, item.name);
  return [
    { file: `${folder}.rs`, folder },
    { file: joinPath(folder, "mod.rs"), folder },
  ];
}

/** Where the modules of `mod name { … }` look. */
export function blockFolder({ item, file }: Placed<ModuleItem>, parent: ParentPlace): string {
  const written = writtenPath(item);
  return written === null
    ? joinPath(parent.folder, item.name)
    : joinPath(pathFolder(file, parent), written);
}

function pathFolder(file: FileSyntax, { folder, isBlock }: ParentPlace): string {
  return isBlock ? folder : folderOf(file.file);
}
