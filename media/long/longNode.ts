// The tree of a long value: a part that is long has nodes that are read when they are shown, a short one is read whole.

import { decodeUtf8 } from "../../src/codec/text/utf8.ts";
import { sizeText } from "../../src/codec/text/measures.ts";
import { bytesToHexText } from "../../src/codec/text/hex.ts";
import { elementOf, entryOf, fewOf } from "../../src/codec/long/longPlaces.ts";
import { isSmall, longJson, readPart } from "../../src/codec/long/longText.ts";
import { scalarStart, type LongPart, type LongValue } from "../../src/codec/long/longValue.ts";
import { countText, typedNode } from "../response/tree/treeNode.ts";
import { lazyChildren, type TreeNode } from "../response/tree/treeTypes.ts";
import { childPointer } from "../values/pointer.ts";
import { resolveType } from "../values/shape.ts";

/** Text of more characters is saved, not copied. */
export const longestCopied = 1024 * 1024;
const shownBytes = 400;

export function longRoot(value: LongValue): TreeNode {
  return longNode(value, { type: value.type, start: 0 }, "", "");
}

function longNode(value: LongValue, part: LongPart, name: string, pointer: string): TreeNode {
  const { type } = part;
  const end = value.endOf(part);
  if (isSmall(part, end)) {
    return typedNode(type, value.types, readPart(value, part, end), name, pointer);
  }
  const base = {
    pointer,
    name,
    rustType: type.rustType,
    note: "",
    value: undefined,
    json: () => copiedJson(value, part),
    tone: "plain" as const,
    text: () => "",
  };
  if (type.kind === "sequence" || type.kind === "array" || type.kind === "map") {
    return { ...base, ...listParts(value, part, pointer) };
  }
  return type.kind === "string" || type.kind === "bytes"
    ? { ...base, ...textParts(value, part, end) }
    : { ...base, ...fewParts(value, part, name, pointer) };
}

function listParts(
  value: LongValue,
  part: LongPart,
  pointer: string,
): Pick<TreeNode, "note" | "size" | "children"> {
  const count = value.listOf(part)?.count ?? 0;
  const isMap = part.type.kind === "map";
  const child = (index: number): TreeNode => {
    const { steps, part: inner } = elementOf(value, part, index);
    const at = steps.reduce<string>(childPointer, pointer);
    return longNode(value, inner, isMap ? keyText(value, part, index) : String(index), at);
  };
  return {
    note: countText(count, isMap ? "entry" : "item"),
    size: count,
    children: () => lazyChildren(count, child),
  };
}

function keyText(value: LongValue, part: LongPart, index: number): string {
  const { key, part: item } = entryOf(value, part, index);
  return typedNode(key.type, value.types, readPart(value, key, item.start)).text(40);
}

function textParts(
  value: LongValue,
  part: LongPart,
  end: number,
): Pick<TreeNode, "note" | "text" | "tone" | "children" | "search"> {
  const { bytes } = value;
  const start = value.contentOf(part);
  const isText = part.type.kind === "string";
  const cut = Math.min(end, start + shownBytes);
  const text = isText
    ? `${JSON.stringify(decodeUtf8(bytes, start, scalarStart(bytes, cut, end)) ?? "").slice(0, -1)}…`
    : `${bytesToHexText(bytes, start, cut)
        .slice(4)
        .replace(/(..)(?=.)/g, "$1 ")} …`;
  return {
    note: isText ? sizeText(end - start) : countText(end - start, "byte"),
    text: (room) => (text.length > room ? `${text.slice(0, Math.max(room, 16))}…` : text),
    tone: isText ? "string" : "number",
    search: (wanted) => searchBytes(bytes, start, end, wanted, isText),
    children: undefined,
  };
}

/** What is looked through at once. */
const searchedBytes = 256 * 1024;

/** Whether a text, or bytes in hexadecimal, have a text in lower case. */
function* searchBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  wanted: string,
  isText: boolean,
): Generator<null, boolean> {
  const needle = isText ? wanted : wanted.replaceAll(/\s/gu, "");
  // What lies across two pieces is found in the second.
  const overlap = isText ? 4 * needle.length : Math.ceil(needle.length / 2);
  for (let at = start; at < end; at += searchedBytes) {
    const first = Math.max(start, at - overlap);
    const last = Math.min(end, at + searchedBytes);
    const text = isText
      ? (decodeUtf8(
          bytes,
          scalarStart(bytes, first, end),
          last === end ? end : scalarStart(bytes, last, end),
        ) ?? "")
      : bytesToHexText(bytes, first, last).slice(4);
    if (text.toLowerCase().includes(needle)) {
      return true;
    }
    yield null;
  }
  return false;
}

/** A struct, tuple or variant; an option and a newtype are what they have inside, with a word on it. */
function fewParts(
  value: LongValue,
  part: LongPart,
  name: string,
  pointer: string,
): Partial<TreeNode> & Pick<TreeNode, "children"> {
  const few = fewOf(value, part);
  const { type } = part;
  const opened = value.fewOf(part);
  const variant = opened?.variant ?? undefined;
  const [only] = few;
  if (only !== undefined && opened?.form === "inner" && variant === undefined) {
    const inner = longNode(value, only.part, name, pointer);
    const note =
      type.kind === "option" ? ["Some", inner.note].filter(Boolean).join(" · ") : inner.note;
    return { ...inner, rustType: type.rustType, note };
  }
  const { shape } = resolveType(type, value.types);
  const title = variant ?? (shape.kind === "struct" ? shape.named.name : "");
  const nameOf = (index: number, steps: readonly string[]): string =>
    opened?.form === "inner"
      ? type.kind === "result"
        ? (variant ?? "")
        : "0"
      : (steps.at(-1) ?? String(index));
  return {
    ...(variant === undefined ? {} : { head: variant }),
    text: () => (opened?.form === "object" ? `${title} { … }` : `${title}(…)`).trim(),
    tone: variant === undefined ? "plain" : "variant",
    children: () =>
      lazyChildren(few.length, (index) => {
        const { steps, part: inner } = few[index] ?? { steps: [], part };
        const at = steps.reduce<string>(childPointer, pointer);
        return longNode(value, inner, nameOf(index, steps), at);
      }),
  };
}

/** The text of a part, or as much of it as is copied. */
function copiedJson(value: LongValue, part: LongPart): string {
  let text = "";
  for (const piece of longJson(value, part)) {
    text += piece;
    if (text.length > longestCopied) {
      break;
    }
  }
  return text;
}
