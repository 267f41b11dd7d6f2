// Foreign text is data: names, messages and fields that somebody else wrote are shown as what they are, and do nothing. A character
// that a terminal obeys, that ends a line, or that turns the reading direction is shown as its escape.

/** Control characters of both kinds, what turns the reading direction, other ends of lines, halves of surrogate pairs. */
const active = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** In a name also what cannot be seen or told from a space, and what would end the quotation. */
const activeInName = /[\p{C}\p{Zl}\p{Zp}"\\]|(?! )\p{Zs}/gu;

/** What names are made of; others are quoted. */
const plainName = /^[\p{L}\p{M}\p{N}_.+#@…-]+$/u;

/** What cutting may leave of a character that has two units. */
const halfPair = /[\ud800-\udbff]$/u;

/** Units of a name that are shown. */
const longestName = 200;

/** Foreign text in a line of ours: it stays on that line and does nothing. */
export function oneLine(text: string): string {
  return text.replace(active, escapeOf);
}

/** Foreign text that may have lines, as these lines. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/u).map((line) => line.split("\t").map(oneLine).join("\t"));
}

/** Foreign text that may have lines, as one text. */
export function manyLines(text: string): string {
  return linesOf(text).join("\n");
}

/**
 * A foreign name within a sentence of ours. One that is no word is quoted, so that it cannot go on with the sentence in our
 * place, and a long one is cut.
 */
export function nameText(name: string): string {
  const shown =
    name.length > longestName ? `${name.slice(0, longestName).replace(halfPair, "")}…` : name;
  return plainName.test(shown) ? shown : quotedText(shown);
}

/** Foreign text in quotes, with nothing in it that cannot be seen: a byte order mark that a value must not have shows. */
export function quotedText(text: string): string {
  return `"${text.replace(activeInName, escapeOf)}"`;
}

/** Foreign text in a notification, which makes links of `[text](command:…)`. */
export function noticeText(text: string): string {
  return oneLine(text).replaceAll("](", "] (");
}

/** Foreign text in a label, where VS Code draws `$(name)` as an icon. */
export function labelText(text: string): string {
  return oneLine(text).replace(/\$\((?=[\w~-]+\))/gu, String.raw`\$(`);
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** As JSON and Rust write it; in a string of JSON it stays the same character. */
function escapeOf(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) {
    return short;
  }
  let escaped = "";
  for (let unit = 0; unit < character.length; unit += 1) {
    escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
