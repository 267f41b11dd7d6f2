// `#[serde(with = "Definition")]` where the definition is a local type under `#[serde(remote = "…")]`: its fields are what
// is written for the other crate's type (reference 6.4).

import { serdeEntries } from "../../syntax/items/attributes.ts";
import type { EnumItem, StructItem } from "../../syntax/items/items.ts";
import type { Module, Placed } from "../../names/modules/modules.ts";
import type { Names } from "../../names/names.ts";
import type { TypeScope } from "../typeScope.ts";
import { parseTypeText, pathNames } from "../../syntax/typeSyntax.ts";

export interface RemoteDefinition {
  readonly module: Module;
  readonly placed: Placed<StructItem | EnumItem>;
}

/** The definition at `path`, seen from `scope`; undefined when there is none. */
export function remoteDefinition(
  path: string,
  { module }: TypeScope,
  names: Names,
): RemoteDefinition | undefined {
  const type = parseTypeText(path);
  if (type.kind !== "path") {
    return undefined;
  }
  const { isGlobal } = type;
  const found = names.resolve({ segments: pathNames(type), isGlobal, module, namespace: "type" });
  if (found?.kind !== "item") {
    return undefined;
  }
  const { item } = found.placed;
  const isDefinition =
    (item.kind === "struct" || item.kind === "enum") &&
    serdeEntries(item).some(({ name }) => name === "remote");
  return isDefinition ? { module: found.module, placed: { ...found.placed, item } } : undefined;
}
