// What stands in a module's text, with the items of the files that `include!` brings into it.

import type { Configuration } from "../../cfg/configuration.ts";
import type { FileEntry } from "../../syntax/fileCache.ts";
import type { FileSyntax } from "../../syntax/fileSyntax.ts";
import type { IncludePath, Item } from "../../syntax/items/items.ts";
import { folderOf, joinPath } from "../../syntax/sourcePath.ts";
import type { Placed } from "./placed.ts";

/** Items that `include!` brings into one module: files that include one another many times over multiply. */
const mostIncluded = 100_000;

/** A module or an `include!` whose file leads back to itself, or is there too many times. */
export interface Unfollowed {
  readonly reason: "circle" | "tooLarge";
  readonly placed: Placed;
}

/** What is asked of the crate whose modules are read. */
interface ReadCrate {
  readonly node: { readonly info: { readonly manifestPath: string } };
  readonly configuration: Configuration;
  /** What was not followed because there is no end to it, or none in sight. */
  readonly unfollowed: Unfollowed[];
  read(file: string): FileEntry;
  /** Where its build script wrote; undefined before it ran. */
  outputFolder(): string | undefined;
}

/** A module's file and what stands in it. */
export interface ModuleContent {
  readonly file: FileSyntax;
  readonly items: readonly Placed[];
  /** Something of it is too large to be read, and may declare more names. */
  readonly hidesNames: boolean;
}

/** The content of a file that is a module; none where the build leaves the file out. */
export function fileContent(crate: ReadCrate, file: FileSyntax): ModuleContent {
  if (crate.configuration.verdict(file.attributes) === false) {
    return { file, items: [], hidesNames: false };
  }
  const items = file.chunks.flatMap((chunk) => placeItems(crate, chunk.items, { file, chunk }));
  const hidesNames =
    fileHidesNames(file) || items.some((placed) => includeHidesNames(crate, placed));
  return { file, items, hidesNames };
}

function fileHidesNames(file: FileSyntax): boolean {
  return file.chunks.some(({ tooLarge }) => tooLarge?.hidesNames === true);
}

function includeHidesNames(crate: ReadCrate, placed: Placed): boolean {
  const { item, file } = placed;
  if (item.kind !== "macroCall" || item.include === null) {
    return false;
  }
  const entry = includedEntry(crate, item.include, file);
  return (
    entry?.kind === "tooLarge" ||
    (entry?.kind === "read" && fileHidesNames(entry.syntax)) ||
    crate.unfollowed.some((one) => one.placed === placed && one.reason === "tooLarge")
  );
}

/** The files that are being included in one another, and how many items may still come of it. */
interface Including {
  readonly files: FileSyntax[];
  left: number;
}

/** The items that are part of the build, with those of files that `include!` brings. */
export function placeItems(
  crate: ReadCrate,
  items: readonly Item[],
  place: Omit<Placed, "item">,
  including: Including = { files: [place.file], left: mostIncluded },
): Placed[] {
  const { file } = place;
  return crate.configuration.items(items).flatMap((item): readonly Placed[] => {
    const placed = { ...place, item };
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
    const inner = included.chunks.flatMap((chunk) => {
      including.left -= chunk.items.length;
      return placeItems(crate, chunk.items, { file: included, chunk }, including);
    });
    including.files.pop();
    return [placed, ...inner];
  });
}

/** The file that an `include!` brings, when it is there. */
export function includedFile(
  crate: ReadCrate,
  include: IncludePath,
  from: FileSyntax,
): FileSyntax | undefined {
  const entry = includedEntry(crate, include, from);
  return entry?.kind === "read" ? entry.syntax : undefined;
}

function includedEntry(
  crate: ReadCrate,
  include: IncludePath,
  from: FileSyntax,
): FileEntry | undefined {
  if (include.base === "unknown") {
    return undefined;
  }
  const folder =
    include.base === "output"
      ? crate.outputFolder()
      : folderOf(include.base === "package" ? crate.node.info.manifestPath : from.file);
  if (folder === undefined) {
    return undefined;
  }
  const path = include.base === "file" ? include.path : include.path.replace(/^[/\\]+/u, "");
  return crate.read(joinPath(folder, path));
}
