// Where a struct, an enum, or a field or variant of one stands in the sources. Types travel without places, so the files that name
// the type are looked through, and only when a change is told.

import { dirname } from "node:path";
import type { Member, MemberPlace } from "../drift/types/typeChange.ts";
import type { SourceSpan } from "../model/text/span.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import { readFileSyntax, spanInFile, type FileSyntax } from "../rust/syntax/fileSyntax.ts";
import type { EnumItem, Fragment, Item, StructItem } from "../rust/syntax/items/items.ts";
import { isBelow } from "./interfaceStates.ts";

interface Found {
  readonly item: StructItem | EnumItem;
  /** Of the item's offsets. */
  readonly base: number;
  readonly syntax: FileSyntax;
  /** Modules in the file around it. */
  readonly modules: readonly string[];
}

/** Finds places in what a snapshot has read. */
export function memberPlaces({
  graph,
  rust,
  files,
}: Pick<ProjectSnapshot, "graph" | "rust" | "files">): MemberPlace {
  const syntaxes = new Map<string, FileSyntax>();
  const syntaxOf = (file: string, text: string): FileSyntax => {
    const known = syntaxes.get(file) ?? readFileSyntax(file, text, undefined);
    syntaxes.set(file, known);
    return known;
  };
  return ({ type, name }: Member): SourceSpan | undefined => {
    const path = (/^[^<]*/u.exec(type)?.[0] ?? type).split("::");
    const typeName = path.at(-1) ?? type;
    const crateName = path[0]?.split("@")[0];
    const folders = [...graph.crates.values()]
      .filter(({ info }) => info.libraryName === crateName)
      .map(({ info }) => dirname(info.manifestPath));
    const found = [...rust.files]
      .filter((file) => folders.some((folder) => isBelow(folder, file)))
      .flatMap((file) => {
        const text = files.read(file);
        return text?.includes(typeName) === true ? definitions(syntaxOf(file, text), typeName) : [];
      });
    const best = found.toSorted((a, b) => fit(b, path, name) - fit(a, path, name))[0];
    if (best === undefined) {
      return undefined;
    }
    const { start, end } =
      (name === undefined ? undefined : partOf(best.item, name)) ?? best.item.nameSpan;
    return spanInFile(best.syntax, best.base + start, best.base + end);
  };
}

function definitions(syntax: FileSyntax, name: string): readonly Found[] {
  return syntax.chunks.flatMap(({ base, items }) => inItems(items, name, { base, syntax }, []));
}

function inItems(
  items: readonly Item[],
  name: string,
  place: Pick<Found, "base" | "syntax">,
  modules: readonly string[],
): readonly Found[] {
  return items.flatMap((item): readonly Found[] => {
    if (item.kind === "module") {
      return inItems(item.items ?? [], name, place, [...modules, item.name]);
    }
    return (item.kind === "struct" || item.kind === "enum") && item.name === name
      ? [{ ...place, item, modules }]
      : [];
  });
}

/** How well a definition fits: the part is there, and the modules of the path are those of the file. */
function fit({ item, syntax, modules }: Found, path: readonly string[], name?: string): number {
  const words = new Set([...modules, ...syntax.file.split(/[\\/]|\.rs$/u)]);
  const inPath = path.slice(1, -1).filter((module) => words.has(module)).length;
  return (name !== undefined && partOf(item, name) !== undefined ? 100 : 0) + inPath;
}

function partOf(item: StructItem | EnumItem, name: string): Fragment | undefined {
  const parts =
    item.kind === "enum" ? item.variants : item.body.kind === "struct" ? item.body.fields : [];
  return parts.find((part) => part.name === name)?.nameSpan;
}
