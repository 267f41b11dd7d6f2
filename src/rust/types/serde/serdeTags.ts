// `#[serde(tag)]`, `content` and `untagged`: what a plugin writes for them (reference 6.4). bincode reads none of them back.

import type { EnumType } from "../../../model/schema/schema.ts";
import { serdeEntries } from "../../syntax/items/attributes.ts";
import type { EnumItem, StructItem } from "../../syntax/items/items.ts";

/** How an enum or struct says which one it is. */
export type Tagging =
  | { readonly kind: "index" }
  /** A string before the fields: the variant's, or the struct's own, serialized name. */
  | { readonly kind: "name"; readonly field: string }
  /** The variant's index, then its content, as without any attribute. */
  | { readonly kind: "adjacent"; readonly field: string; readonly content: string }
  | { readonly kind: "none" };

export function taggingOf(entry: (name: string) => string | true | undefined): Tagging {
  if (entry("untagged") !== undefined) {
    return { kind: "none" };
  }
  const tag = entry("tag");
  if (tag === undefined) {
    return { kind: "index" };
  }
  const field = tag === true ? "tag" : tag;
  const content = entry("content");
  return content === undefined
    ? { kind: "name", field }
    : { kind: "adjacent", field, content: content === true ? "content" : content };
}

/** How JSON says which variant it is, where that is not its name around its content. */
export function jsonTagOf(tagging: Tagging): Pick<EnumType, "jsonTag"> {
  switch (tagging.kind) {
    case "name":
      return { jsonTag: { field: tagging.field } };
    case "adjacent":
      return { jsonTag: { field: tagging.field, content: tagging.content } };
    case "index":
    case "none":
      return {};
  }
}

/** Why bincode cannot read a type back; undefined when it can. */
export function unreadable(name: string, tagging: Tagging): string | undefined {
  switch (tagging.kind) {
    case "index":
      return undefined;
    case "name":
      return `\`${name}\` has \`#[serde(tag)]\`: bincode writes its name as text and can never read it back, so a call that passes one fails.`;
    case "adjacent":
      return `\`${name}\` has \`#[serde(tag, content)]\`: bincode can write it but never read it, so it works as a result but not as an argument.`;
    case "none":
      return `\`${name}\` is \`#[serde(untagged)]\`: bincode writes no sign of the variant, so it can never be read back.`;
  }
}

/** A tag goes before the fields of a struct; whatever else a newtype variant may hold becomes a map of another form. */
export function takesTag(item: StructItem | EnumItem): boolean {
  const changing: ReadonlySet<string> = new Set(["into", "transparent", "tag"]);
  return (
    item.kind === "struct" &&
    item.body.kind === "struct" &&
    serdeEntries(item).every(({ name }) => !changing.has(name))
  );
}
