// Types whose bytes have no fixed shape, whatever their fields are: what their attributes ask of bincode, which says neither
// names nor kinds of what it writes.

import type { TypeWarning } from "../../../model/schema/schema.ts";
import { serdeEntries, type MetaEntry } from "../../syntax/items/attributes.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";
import type { EnumItem, Fragment, StructItem } from "../../syntax/items/items.ts";
import { attributePlace, byName, isLeftOut } from "./serdeParts.ts";
import { unreadable, type Tagging } from "./serdeTags.ts";

/** The reason, at the attribute that causes it. */
export type WireObstacle = TypeWarning & { readonly place: Fragment };

export function wireObstacle(
  item: StructItem | EnumItem,
  entries: ReadonlyMap<string, MetaEntry>,
  tagging: Tagging,
  direction: WireDirection,
): WireObstacle | undefined {
  return (
    identifierObstacle(item, entries, direction) ??
    tagObstacle(item, tagging, direction) ??
    untaggedVariantObstacle(item, direction)
  );
}

/** `field_identifier` and `variant_identifier`: names of something else, which only formats with names have. */
function identifierObstacle(
  item: StructItem | EnumItem,
  entries: ReadonlyMap<string, MetaEntry>,
  direction: WireDirection,
): WireObstacle | undefined {
  const identifier = ["field_identifier", "variant_identifier"].find((name) => entries.has(name));
  return identifier === undefined || direction === "writing"
    ? undefined
    : {
        code: "serdeIdentifier",
        message: `\`${item.name}\` is a \`#[serde(${identifier})]\`: bincode has no names in its bytes and can never read it.`,
        place: attributePlace(item, identifier),
      };
}

/** `tag`, `content` and `untagged` (reference 6.4). A struct with a tag is read as one without. */
function tagObstacle(
  item: StructItem | EnumItem,
  tagging: Tagging,
  direction: WireDirection,
): WireObstacle | undefined {
  const isReading = direction === "reading";
  const message = unreadable(item.name, tagging);
  if (message === undefined || (item.kind === "struct" && isReading)) {
    return undefined;
  }
  const isUntagged = tagging.kind === "none";
  return isReading || isUntagged
    ? {
        code: isUntagged ? "serdeUntagged" : "serdeTag",
        message,
        place: attributePlace(item, isUntagged ? "untagged" : "tag"),
      }
    : undefined;
}

/** An enum of which one variant is `untagged`: serde asks the bytes what they are, or writes nothing that says so. */
function untaggedVariantObstacle(
  item: StructItem | EnumItem,
  direction: WireDirection,
): WireObstacle | undefined {
  const isReading = direction === "reading";
  const variants = item.kind === "enum" ? item.variants : [];
  const variant = variants.find(
    (each) =>
      byName(serdeEntries(each)).has("untagged") && (isReading || !isLeftOut(each, direction)),
  );
  if (variant === undefined) {
    return undefined;
  }
  const what = `\`${item.name}::${variant.name}\` is \`#[serde(untagged)]\``;
  const message = isReading
    ? `${what}: nothing in the bytes of \`${item.name}\` says which variant they are, so bincode can never read it.`
    : `${what}: bincode writes no sign of the variant, so the bytes of \`${item.name}\` can never be read back.`;
  return { code: "serdeUntagged", message, place: attributePlace(variant, "untagged") };
}
