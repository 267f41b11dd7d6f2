// The names serde writes for variants: `rename`, `rename_all` and their one-sided forms. They are on the wire of internally
// tagged enums only (reference 6.4).

import { entryText, readEntries, type MetaEntry } from "./attributes.ts";

/** Serialized name of a variant called `name`; `own` and `container` are the serde entries of both. */
export function serializedVariantName(
  name: string,
  own: ReadonlyMap<string, MetaEntry>,
  container: ReadonlyMap<string, MetaEntry>,
): string {
  const plain = name.replace(/^r#/u, "");
  return (
    serializeText(own.get("rename")) ?? applyRule(plain, serializeText(container.get("rename_all")))
  );
}

/** Serialized name of a struct. */
export function serializedStructName(
  name: string,
  container: ReadonlyMap<string, MetaEntry>,
): string {
  return serializeText(container.get("rename")) ?? name.replace(/^r#/u, "");
}

/** `rename = "x"` or `rename(serialize = "x", …)`. */
function serializeText(entry: MetaEntry | undefined): string | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const side = readEntries(entry.nested ?? []).find(({ name }) => name === "serialize");
  return entryText(side ?? entry) ?? undefined;
}

/** serde's rules for variants, which are in PascalCase. */
function applyRule(name: string, rule = ""): string {
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
