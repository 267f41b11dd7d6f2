// Edits of JSON text that change one place and leave every other character as it is: layout, digits of long numbers, escapes.
// The text must be valid (losslessJson.ts); what is put in is text too, so that no number passes through a JS number.

import { createScanner } from "jsonc-parser";
import { isJsonArray, isJsonObject, memberOf } from "./jsonObject.ts";
import { escapeStep, splitPointer } from "./jsonPointer.ts";
import { parseJson } from "./losslessJson.ts";
import type { JsonValue } from "./value.ts";

/** The text with `written`, JSON laid out with two spaces, as the member at `path`; undefined where no object can have it. */
export function putMember(
  text: string,
  path: readonly string[],
  written: string,
): string | undefined {
  const style = styleOf(text);
  let start = text.search(/\S/);
  for (const [depth, key] of path.entries()) {
    const object = objectAt(text, start);
    if (object === undefined) {
      return undefined;
    }
    const member = object.members.find((each) => each.key === key);
    if (member === undefined) {
      return insert(text, object, { keys: path.slice(depth), written }, style);
    }
    if (depth === path.length - 1) {
      const value = indented(written, indentAt(text, member.keyStart), style);
      return replaceRange(text, member.valueStart, member.valueEnd, value);
    }
    start = member.valueStart;
  }
  return undefined;
}

/** The text without the member at `path`; the same text where there is none. */
export function removeMember(text: string, path: readonly string[]): string {
  let start = text.search(/\S/);
  for (const [depth, key] of path.entries()) {
    const object = objectAt(text, start);
    const index = object?.members.findIndex((each) => each.key === key) ?? -1;
    const member = object?.members[index];
    if (object === undefined || member === undefined) {
      return text;
    }
    if (depth === path.length - 1) {
      const [from, to] = removedRange(object, index, member);
      return replaceRange(text, from, to, "");
    }
    start = member.valueStart;
  }
  return text;
}

/**
 * The text with another value at `pointer`: only the parts of it that differ between `before`, what the value there means now,
 * and `after` are written anew. `written` is `after` as JSON laid out with two spaces.
 */
export function changeValue(
  text: string,
  pointer: string,
  { before, after, written }: { before: JsonValue; after: JsonValue; written: string },
): string {
  const old = parseJson(text);
  const next = parseJson(written);
  if (!old.ok || !next.ok) {
    return text;
  }
  const style = styleOf(text);
  const current = partAt(old.value.value, pointer);
  const places = current === undefined ? [""] : outermost(differences(before, after, current));
  const edits = places.flatMap((place) => {
    const from = old.value.locate(`${pointer}${place}`);
    const to = next.value.locate(place);
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  let changed = text;
  for (const { from, to } of edits.sort((a, b) => b.from.start - a.from.start)) {
    const own = indentAt(written, to.start);
    const part = written.slice(to.start, to.end).replaceAll(`\n${own}`, "\n");
    const value = indented(part, indentAt(text, from.start), style);
    changed = replaceRange(changed, from.start, from.end, value);
  }
  return changed;
}

interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

interface ObjectText {
  readonly start: number;
  /** Behind its closing brace. */
  readonly end: number;
  readonly members: readonly Member[];
}

/** Token kinds of jsonc-parser, whose const enum cannot be imported under isolatedModules. */
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, end: 17 };

/** The members of the object that begins at `start`; undefined when another value does. */
function objectAt(text: string, start: number): ObjectText | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(Math.max(0, start));
  if ((scanner.scan() as number) !== token.openBrace) {
    return undefined;
  }
  const members: Member[] = [];
  let tokens: { readonly kind: number; readonly start: number; readonly end: number }[] = [];
  let key = "";
  let depth = 1;
  for (;;) {
    const kind: number = scanner.scan();
    const end = scanner.getTokenOffset() + scanner.getTokenLength();
    if (kind === token.end) {
      return undefined;
    }
    depth += nesting(kind);
    if (depth === 0 || (depth === 1 && kind === token.comma)) {
      // A key, a colon, and the first and the last token of the value.
      const [name, , value] = tokens;
      if (name !== undefined && value !== undefined) {
        const valueEnd = tokens.at(-1)?.end ?? value.end;
        members.push({ key, keyStart: name.start, valueStart: value.start, valueEnd });
      }
      tokens = [];
      if (depth === 0) {
        return { start, end, members };
      }
      continue;
    }
    if (tokens.length === 0) {
      key = scanner.getTokenValue();
    }
    tokens = [...tokens.slice(0, 3), { kind, start: scanner.getTokenOffset(), end }];
  }
}

/** How many levels a token goes down. */
function nesting(kind: number): number {
  if (kind === token.openBrace || kind === token.openBracket) {
    return 1;
  }
  return kind === token.closeBrace || kind === token.closeBracket ? -1 : 0;
}

/** How a text is laid out. */
interface Style {
  readonly lineBreak: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly hasLines: boolean;
}

function styleOf(text: string): Style {
  return {
    lineBreak: text.includes("\r\n") ? "\r\n" : "\n",
    unit: /^\s*\{\s*?[\r\n]+([ \t]+)/.exec(text)?.[1] ?? "  ",
    hasLines: /\S\s*[\r\n]\s*\S/.test(text),
  };
}

interface NewMember {
  readonly keys: readonly string[];
  readonly written: string;
}

function insert(text: string, object: ObjectText, added: NewMember, style: Style): string {
  const [first] = object.members;
  const last = object.members.at(-1);
  if (first !== undefined && last !== undefined) {
    const hasLines = /[\r\n]/.test(text.slice(object.start, first.keyStart));
    const indent = indentAt(text, first.keyStart);
    const separator = hasLines ? `,${style.lineBreak}${indent}` : ", ";
    const member = memberText(added, indent, { ...style, hasLines });
    return replaceRange(text, last.valueEnd, last.valueEnd, separator + member);
  }
  const outer = indentAt(text, object.start);
  const whole = objectText(added, outer, style);
  return replaceRange(text, object.start, object.end, whole);
}

function objectText(added: NewMember, outer: string, style: Style): string {
  const { hasLines, lineBreak, unit } = style;
  const member = memberText(added, outer + unit, style);
  return hasLines ? `{${lineBreak}${outer}${unit}${member}${lineBreak}${outer}}` : `{ ${member} }`;
}

function memberText({ keys, written }: NewMember, indent: string, style: Style): string {
  const [key = "", ...inner] = keys;
  const value =
    inner.length === 0
      ? indented(written, indent, style)
      : objectText({ keys: inner, written }, indent, style);
  return `${JSON.stringify(key)}: ${value}`;
}

/** Text laid out with two spaces, as it stands on a line of that indentation. */
function indented(written: string, indent: string, { lineBreak, unit }: Style): string {
  return written.replace(
    /\n((?: {2})*)/g,
    (_, spaces: string) => lineBreak + indent + unit.repeat(spaces.length / 2),
  );
}

function indentAt(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return /^[ \t]*/.exec(before.slice(lineStart))?.[0] ?? "";
}

function removedRange(
  object: ObjectText,
  index: number,
  member: Member,
): readonly [number, number] {
  const before = object.members[index - 1];
  const after = object.members[index + 1];
  if (before !== undefined) {
    return [before.valueEnd, member.valueEnd];
  }
  return after === undefined
    ? [object.start + 1, object.end - 1]
    : [member.keyStart, after.keyStart];
}

function replaceRange(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** Pointers of the parts that differ, as far down as all three have the same shape. */
function differences(before: JsonValue, after: JsonValue, current: JsonValue): readonly string[] {
  const places: string[] = [];
  const waiting: [string, JsonValue, JsonValue, JsonValue][] = [["", before, after, current]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [pointer, ...values] = next;
    const [left, right] = values;
    if (left === right) {
      continue;
    }
    const steps = commonSteps(values);
    if (steps === undefined) {
      if (JSON.stringify(left) !== JSON.stringify(right)) {
        places.push(pointer);
      }
      continue;
    }
    for (const step of steps) {
      const [one, two, three] = values.map((value) => partOf(value, step));
      if (one !== undefined && two !== undefined && three !== undefined) {
        waiting.push([`${pointer}/${escapeStep(step)}`, one, two, three]);
      }
    }
  }
  return places;
}

/** The steps into all values, when all are objects of the same members or lists of one length. */
function commonSteps(values: readonly JsonValue[]): readonly string[] | undefined {
  const [first] = values;
  if (isJsonArray(first)) {
    const { length } = first;
    return values.every((value) => isJsonArray(value) && value.length === length)
      ? [...first.keys()].map(String)
      : undefined;
  }
  if (!isJsonObject(first)) {
    return undefined;
  }
  const keys = Object.keys(first);
  return values.every(
    (value) =>
      isJsonObject(value) &&
      Object.keys(value).length === keys.length &&
      keys.every((key) => Object.hasOwn(value, key)),
  )
    ? keys
    : undefined;
}

function partOf(value: JsonValue, step: string): JsonValue | undefined {
  if (isJsonArray(value)) {
    return value[Number(step)];
  }
  return isJsonObject(value) ? memberOf(value, step) : undefined;
}

function partAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let part: JsonValue | undefined = value;
  for (const step of splitPointer(pointer) ?? []) {
    part = part === undefined ? undefined : partOf(part, step);
  }
  return part;
}

/** Without the places that lie in another one. */
function outermost(places: readonly string[]): readonly string[] {
  return places.filter(
    (place) => !places.some((other) => other !== place && place.startsWith(`${other}/`)),
  );
}
