// The names serde writes and reads for fields and variants: `rename`, `rename_all`, `rename_all_fields` and their one-sided
// forms. bincode has only those of internally tagged enums (reference 6.4), the JSON of old debug builds has all (4.1).

import { entryText, readEntries, type MetaEntry } from "../../syntax/items/attributes.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";

/** The serde entries of a part or a container, by name. */
type Entries = ReadonlyMap<string, MetaEntry>;

/** Name of a variant called `name`; `own` and `container` are the serde entries of both. */
export function serdeVariantName(
  name: string,
  own: Entries,
  container: Entries,
  direction: WireDirection,
): string {
  const rule = sideText(container.get("rename_all"), direction);
  return sideText(own.get("rename"), direction) ?? variantByRule(plain(name), rule);
}

/** Name of a field; `rules` is the entry that renames all fields around it. */
export function serdeFieldName(
  name: string,
  own: Entries,
  rules: MetaEntry | undefined,
  direction: WireDirection,
): string {
  return (
    sideText(own.get("rename"), direction) ?? fieldByRule(plain(name), sideText(rules, direction))
  );
}

/** Name of a struct as it is written. */
export function serializedStructName(name: string, container: Entries): string {
  return sideText(container.get("rename"), "writing") ?? plain(name);
}

function plain(name: string): string {
  return name.replace(/^r#/u, "");
}

/** `rename = "x"` or `rename(serialize = "x", …)`. */
function sideText(entry: MetaEntry | undefined, direction: WireDirection): string | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const wanted = direction === "writing" ? "serialize" : "deserialize";
  const side = readEntries(entry.nested ?? []).find(({ name }) => name === wanted);
  return entryText(side ?? entry) ?? undefined;
}

/** serde's rules for variants, which are in PascalCase. */
function variantByRule(name: string, rule = ""): string {
  const snake = name.replaceAll(/(?<!^)(?=\p{Lu})/gu, "_").toLowerCase();
  switch (rule) {
    case "lowercase":
      return name.toLowerCase();
    case "UPPERCASE":
      return name.toUpperCase();
    case "camelCase":
      return name.slice(0, 1).toLowerCase() + name.slice(1);
    case "snake_case":
      return snake;
    case "SCREAMING_SNAKE_CASE":
      return snake.toUpperCase();
    case "kebab-case":
      return snake.replaceAll("_", "-");
    case "SCREAMING-KEBAB-CASE":
      return snake.toUpperCase().replaceAll("_", "-");
    default:
      return name;
  }
}

/** serde's rules for fields, which are in snake_case. */
function fieldByRule(name: string, rule = ""): string {
  const pascal = name
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
  switch (rule) {
    case "UPPERCASE":
    case "SCREAMING_SNAKE_CASE":
      return name.toUpperCase();
    case "PascalCase":
      return pascal;
    case "camelCase":
      return pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
    case "kebab-case":
      return name.replaceAll("_", "-");
    case "SCREAMING-KEBAB-CASE":
      return name.toUpperCase().replaceAll("_", "-");
    default:
      return name;
  }
}
