// Patterns for one name of a path, as the glob crate reads them: `*`, `?`, `[a-z]`, `[!a-z]`. Matching takes as many steps as
// pattern and name are long together, times each other at worst, whatever the number of stars.

type PatternPart =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "character"; readonly character: string }
  | {
      readonly kind: "class";
      readonly isNegated: boolean;
      /** First and last character of each range. */
      readonly ranges: readonly (readonly [string, string])[];
    };

export type NamePattern = readonly PatternPart[];

export function readNamePattern(text: string): NamePattern {
  const characters = Array.from(text);
  const parts: PatternPart[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    const found = character === "[" ? readClass(characters, at) : undefined;
    if (found !== undefined) {
      parts.push(found.part);
      at = found.end;
    } else if (character === "*") {
      parts.push({ kind: "any" });
    } else {
      parts.push(character === "?" ? { kind: "one" } : { kind: "character", character });
    }
  }
  return parts;
}

/** A class that begins at `from`; a `]` right behind the bracket belongs to it. */
function readClass(
  characters: readonly string[],
  from: number,
): { readonly part: PatternPart; readonly end: number } | undefined {
  const isNegated = characters[from + 1] === "!";
  const first = from + (isNegated ? 2 : 1);
  const end = characters.indexOf("]", first + 1);
  if (end < 0) {
    return undefined;
  }
  const ranges: [string, string][] = [];
  for (let at = first; at < end; at += 1) {
    const character = characters[at] ?? "";
    const isRange = characters[at + 1] === "-" && at + 2 < end;
    ranges.push([character, isRange ? (characters[at + 2] ?? "") : character]);
    at += isRange ? 2 : 0;
  }
  return { part: { kind: "class", isNegated, ranges }, end };
}

/** Goes back to the last star only: an earlier one could not do better. */
export function matchesName(pattern: NamePattern, name: string): boolean {
  const characters = Array.from(name);
  let at = 0;
  let part = 0;
  let star = -1;
  let afterStar = 0;
  while (at < characters.length) {
    const wanted = pattern[part];
    if (wanted?.kind === "any") {
      star = part;
      afterStar = at;
      part += 1;
    } else if (wanted !== undefined && fits(wanted, characters[at] ?? "")) {
      at += 1;
      part += 1;
    } else if (star >= 0) {
      part = star + 1;
      afterStar += 1;
      at = afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(part).every(({ kind }) => kind === "any");
}

function fits(part: PatternPart, character: string): boolean {
  switch (part.kind) {
    case "any":
    case "one":
      return true;
    case "character":
      return part.character === character;
    case "class":
      return (
        part.isNegated !== part.ranges.some(([from, to]) => from <= character && character <= to)
      );
  }
}
