// Makes a method async or sync, in the trait and in every impl block.

import type { TextFix } from "../../model/text/textFix.ts";
import type { MethodEverywhere, MethodSite } from "./methodSites.ts";
import { fixOf, type OffsetChange } from "./textEdits.ts";

/** What stands between the visibility and `fn`. */
const beforeFn = new Set(["unsafe", "extern", "const", "async"]);

/** Undefined where Fidius or the bodies do not allow it. */
export function toggleAsync({ trait, impls }: MethodEverywhere): TextFix | undefined {
  const sites = [trait, ...impls.map(({ site }) => site)];
  const { name, isAsync, wire, stream } = trait.method;
  const where = placesText(impls.length);
  if (isAsync) {
    return impls.some(({ site }) => awaits(site))
      ? undefined
      : fixOf(`Make \`${name}\` sync ${where}`, sites.flatMap(withoutAsync));
  }
  return wire === "raw" || stream !== "none"
    ? undefined
    : fixOf(`Make \`${name}\` async ${where}`, sites.flatMap(withAsync));
}

/** "in the trait and in 2 impl blocks". */
export function placesText(impls: number): string {
  return impls === 0
    ? "in the trait"
    : `in the trait and in ${impls === 1 ? "its impl block" : `${String(impls)} impl blocks`}`;
}

function withAsync({ file, text, tokens, name }: MethodSite): readonly OffsetChange[] {
  const first = tokens.slice(0, name).find(({ text: word }) => word === "fn" || beforeFn.has(word));
  return first === undefined || tokens.slice(0, name).some(({ text: word }) => word === "async")
    ? []
    : [{ file, text, start: first.start, end: first.start, newText: "async " }];
}

function withoutAsync({ file, text, tokens, name }: MethodSite): readonly OffsetChange[] {
  const at = tokens.slice(0, name).findIndex(({ text: word }) => word === "async");
  const [keyword, next] = tokens.slice(at, at + 2);
  return at < 0 || keyword === undefined || next === undefined
    ? []
    : [{ file, text, start: keyword.start, end: next.start, newText: "" }];
}

function awaits({ tokens, name }: MethodSite): boolean {
  return tokens.slice(name).some(({ text }) => text === "await");
}
