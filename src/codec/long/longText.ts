// The JSON text of a long value, written in pieces, and of any stretch of its bytes: what follows each other on pages is the same text
// as the whole. A piece belongs to where it ends in the bytes; pieces follow each other in the order of the bytes.

import { decodeValue } from "../bincode/decode.ts";
import { formatJson } from "../json/formatJson.ts";
import { isTextKey } from "../kinds/maps.ts";
import { bytesToHexText } from "../text/hex.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { scalarStart, type LongPart, type LongValue } from "./longValue.ts";

/** Parts of fewer bytes are read whole. */
const smallPart = 4 * 1024;
/** Bytes of a text or of a byte string that become one piece. */
const stretch = 64 * 1024;

/** Pieces that belong behind `from`, and not behind `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const wholeStretch: Stretch = { from: -1, to: Infinity };

const leaves: readonly string[] = ["bool", "integer", "float", "char", "unit"];

/** Whether a part is read whole: it is short, or has no parts of its own. */
export function isSmall({ type, start }: LongPart, end: number, limit = smallPart): boolean {
  const isFormatted = type.format !== undefined && type.kind !== "string" && type.kind !== "bytes";
  return end - start <= limit || isFormatted || leaves.includes(type.kind);
}

/** A part as a value; null where the bytes are none of it. */
export function readPart(
  { bytes, types }: LongValue,
  { type, start }: LongPart,
  end: number,
): JsonValue {
  const decoded = decodeValue(type, types, bytes.subarray(start, end));
  return decoded.ok ? decoded.value.value : null;
}

/** The text of a part as formatJson writes it, with an indentation of two; `limit` is for tests. */
export function* longJson(
  value: LongValue,
  part: LongPart,
  of: Stretch = wholeStretch,
  limit = smallPart,
): Generator<string, void> {
  yield* new Writer(value, of, limit).write(part, "", 0);
}

class Writer {
  readonly #value: LongValue;
  readonly #of: Stretch;
  readonly #limit: number;

  constructor(value: LongValue, of: Stretch, limit: number) {
    this.#value = value;
    this.#of = of;
    this.#limit = limit;
  }

  /** `before` stands in front of the part: a comma, a line's end, a name. */
  *write(part: LongPart, before: string, level: number): Generator<string, void> {
    const value = this.#value;
    const end = value.endOf(part);
    if (end <= this.#of.from || part.start > this.#of.to) {
      return;
    }
    if (isSmall(part, end, this.#limit)) {
      if (this.#has(end)) {
        const text = formatJson(part.type, value.types, readPart(value, part, end), 2);
        yield before + text.replaceAll("\n", `\n${indentOf(level)}`);
      }
      return;
    }
    const { type } = part;
    if (type.kind === "string" || type.kind === "bytes") {
      yield* this.#stretches(part, end, before);
    } else if (type.kind === "map" || type.kind === "sequence" || type.kind === "array") {
      yield* this.#list({ ...part, type }, end, before, level);
    } else {
      yield* this.#few(part, end, before, level);
    }
  }

  /** Whether a piece that ends here is asked for. */
  #has(end: number): boolean {
    return end > this.#of.from && end <= this.#of.to;
  }

  *#list(
    part: LongPart & { readonly type: Extract<TypeSchema, { kind: "map" | "sequence" | "array" }> },
    end: number,
    before: string,
    level: number,
  ): Generator<string, void> {
    const { type, start } = part;
    const list = this.#value.listOf(part);
    if (list === undefined) {
      return;
    }
    const isObject = type.kind === "map" && isTextKey(type.key, this.#value.types);
    if (this.#has(start)) {
      yield before + (isObject ? "{" : "[");
    }
    const first = list.indexAt(Math.max(this.#of.from, start));
    let at = list.startOf(first);
    const line = `\n${indentOf(level + 1)}`;
    for (let index = first; index < list.count && at <= this.#of.to; index++) {
      const lead = (index === 0 ? "" : ",") + line;
      if (type.kind === "map") {
        at = yield* this.#entry(type, at, { lead, level, isObject });
      } else {
        const element = { type: type.element, start: at };
        yield* this.write(element, lead, level + 1);
        at = this.#value.endOf(element);
      }
    }
    if (this.#has(end)) {
      yield `\n${indentOf(level)}${isObject ? "}" : "]"}`;
    }
  }

  /** An entry of a map; gives where the next one begins. */
  *#entry(
    type: Extract<TypeSchema, { kind: "map" }>,
    start: number,
    how: { readonly lead: string; readonly level: number; readonly isObject: boolean },
  ): Generator<string, number> {
    const key = { type: type.key, start };
    const value = { type: type.value, start: this.#value.endOf(key) };
    const { lead, level } = how;
    if (how.isObject) {
      const name = JSON.stringify(readPart(this.#value, key, value.start));
      yield* this.write(value, `${lead}${name}: `, level + 1);
      return this.#value.endOf(value);
    }
    const line = `\n${indentOf(level + 2)}`;
    yield* this.write(key, `${lead}[${line}`, level + 2);
    yield* this.write(value, `,${line}`, level + 2);
    const end = this.#value.endOf(value);
    if (this.#has(end)) {
      yield `\n${indentOf(level + 1)}]`;
    }
    return end;
  }

  /** What has few parts: an object, a list, or nothing around the only part, and around all of it the name of a variant. */
  *#few(part: LongPart, end: number, before: string, level: number): Generator<string, void> {
    const few = this.#value.fewOf(part);
    if (few === undefined) {
      return;
    }
    const { variant, form, names, parts } = few;
    const isWrapped = variant !== null;
    const inside = isWrapped ? level + 1 : level;
    const wrapped = isWrapped ? `{\n${indentOf(inside)}${JSON.stringify(variant)}: ` : "";
    if (form === "inner") {
      for (const inner of parts) {
        yield* this.write(inner, before + wrapped, inside);
      }
    } else {
      if (this.#has(part.start)) {
        yield before + wrapped + (form === "object" ? "{" : "[");
      }
      for (const [index, inner] of parts.entries()) {
        const name = form === "object" ? `${JSON.stringify(names[index])}: ` : "";
        const lead = `${index === 0 ? "" : ","}\n${indentOf(inside + 1)}${name}`;
        yield* this.write(inner, lead, inside + 1);
      }
      if (this.#has(end)) {
        yield `\n${indentOf(inside)}${form === "object" ? "}" : "]"}`;
      }
    }
    if (isWrapped && this.#has(end)) {
      yield `\n${indentOf(level)}}`;
    }
  }

  /** A long text or byte string, in stretches. */
  *#stretches({ type, start }: LongPart, end: number, before: string): Generator<string, void> {
    const { bytes } = this.#value;
    const isText = type.kind === "string";
    const first = this.#value.contentOf({ type, start });
    if (this.#has(first)) {
      yield `${before}"${isText ? "" : "hex:"}`;
    }
    const aligned = (at: number): number => (isText && at < end ? scalarStart(bytes, at, end) : at);
    const last = Math.min(aligned(Math.min(this.#of.to, end)), end);
    for (let at = aligned(Math.max(this.#of.from, first)); at < last;) {
      const next = Math.min(aligned(Math.min(at + stretch, last)), last);
      yield isText
        ? JSON.stringify(decodeUtf8(bytes, at, next) ?? "").slice(1, -1)
        : bytesToHexText(bytes, at, next).slice(4);
      at = next;
    }
    if (this.#has(end)) {
      yield '"';
    }
  }
}

/** Levels that are indented; formatJson.ts has the same. */
const maxIndented = 100;

function indentOf(level: number): string {
  return "  ".repeat(Math.min(level, maxIndented));
}
