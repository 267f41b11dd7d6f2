// Strict JSON text → JsonValue without losing a digit. Works on tokens with its own stack, so that deep nesting cannot
// overflow; positions are worked out only when something asks for them. Writing is src/codec/json/formatJson.ts.

import { createScanner } from "jsonc-parser";
import { quotedText } from "../text/foreignText.ts";
import { escapeStep, splitPointer } from "./jsonPointer.ts";
import { setMember } from "./jsonObject.ts";
import type { MutableJsonObject } from "./jsonObject.ts";
import type { Result } from "../result.ts";
import { err, ok } from "../result.ts";
import type { JsonValue } from "./value.ts";
import { shortText } from "../text/shortText.ts";

/** A stretch of a text, in UTF-16 units, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface ParsedJson {
  readonly value: JsonValue;
  /**
   * Pointers of the strings in `value` that are bare numbers in the text, kept as text because a JS number would change them
   * (`18446744073709551615`, `1e400`, `-0`). Whoever knows the types tells them from real strings by this.
   */
  readonly bareNumbers: ReadonlySet<string>;
  /** Where the value at a pointer stands in the text. */
  readonly locate: (pointer: string) => TextRange | undefined;
}

/** Why a text is not JSON; line and column count from 1. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Parses strict JSON: no comments, no trailing commas or text, no key twice in an object. */
export function parseJson(text: string): Result<ParsedJson, JsonSyntaxError> {
  const parser = new Parser(text, false);
  const value = parser.parse();
  if (parser.problem !== null) {
    return err({ ...parser.problem, ...createLineFinder(text)(parser.problem.offset) });
  }
  let root: PositionNode | null = null;
  const locate = (pointer: string): TextRange | undefined => {
    if (root === null) {
      const positions = new Parser(text, true);
      positions.parse();
      root = positions.root;
    }
    return findPosition(root, pointer);
  };
  return ok({ value, bareNumbers: parser.bareNumbers, locate });
}

export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns, both from 1, of offsets in a text; reads the text once, however many are asked for. */
export function createLineFinder(text: string): (offset: number) => LineAndColumn {
  const starts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(lineBreak.index + lineBreak[0].length);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Values nested deeper are beyond every limit of depth. */
const maxPointerDepth = 10_000;

/** Characters of the pointers that are kept: deep ones, one for each of very many numbers, would fill the memory. */
const maxPointerCharacters = 100_000_000;

const markProblem =
  "The text begins with a byte order mark, which JSON does not have. Save it as UTF-8 without one.";

/** Token kinds of jsonc-parser, whose const enum cannot be imported under isolatedModules. */
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  end: 17,
} as const;

const scanErrors: Readonly<Record<number, string>> = {
  1: "This comment has no end; JSON has no comments at all.",
  2: "This string has no closing quote.",
  3: "This number is not complete.",
  4: "This \\u escape needs four hex digits.",
  5: 'This escape is unknown; JSON has \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u.',
  6: "A control character must be escaped in a string.",
};

interface PositionNode {
  readonly start: number;
  end: number;
  readonly children: Map<string, PositionNode>;
}

/** An object or array that is open. */
interface Frame {
  readonly object: MutableJsonObject | null;
  readonly list: JsonValue[] | null;
  readonly node: PositionNode | null;
  /** Key that the next value belongs to, in an object. */
  key: string;
}

type Expectation = "value" | "valueOrEnd" | "keyOrEnd" | "key" | "colon" | "commaOrEnd" | "nothing";

const expected: Readonly<Record<Expectation, string>> = {
  value: "a value",
  valueOrEnd: 'a value or "]"',
  keyOrEnd: 'a key in quotes or "}"',
  key: "a key in quotes",
  colon: '":"',
  commaOrEnd: '"," or the closing bracket',
  nothing: "nothing more",
};

class Parser {
  readonly bareNumbers = new Set<string>();
  root: PositionNode | null = null;
  problem: { readonly message: string; readonly offset: number } | null = null;
  readonly #text: string;
  readonly #keepsPositions: boolean;
  readonly #scanner;
  readonly #frames: Frame[] = [];
  #expectation: Expectation = "value";
  #result: JsonValue = null;
  #pointerCharacters = 0;

  constructor(text: string, keepsPositions: boolean) {
    this.#text = text;
    this.#keepsPositions = keepsPositions;
    this.#scanner = createScanner(text, false);
  }

  parse(): JsonValue {
    while (this.problem === null) {
      const kind: number = this.#scanner.scan();
      const scanError: number = this.#scanner.getTokenError();
      if (scanError !== 0) {
        this.#fail(scanErrors[scanError] ?? "This is not JSON.");
      } else if (kind === token.end) {
        this.#finish();
        break;
      } else if (kind !== token.lineBreak && kind !== token.space) {
        this.#accept(kind);
      }
    }
    return this.#result;
  }

  #finish(): void {
    if (this.#expectation === "nothing") {
      return;
    }
    this.#fail(
      this.#text.trim() === ""
        ? "The text is empty; a JSON value is needed."
        : `The text ends too early; ${expected[this.#expectation]} is expected.`,
    );
  }

  #accept(kind: number): void {
    switch (this.#expectation) {
      case "value":
      case "valueOrEnd":
        this.#acceptValue(kind);
        return;
      case "key":
      case "keyOrEnd":
        this.#acceptKey(kind);
        return;
      case "colon":
        if (kind === token.colon) {
          this.#expectation = "value";
        } else {
          this.#unexpected(kind);
        }
        return;
      case "commaOrEnd":
        this.#acceptCommaOrEnd(kind);
        return;
      case "nothing":
        this.#unexpected(kind);
    }
  }

  #acceptValue(kind: number): void {
    switch (kind) {
      case token.openBrace:
        this.#open({ object: {}, list: null, node: this.#openNode(), key: "" });
        return;
      case token.openBracket:
        this.#open({ object: null, list: [], node: this.#openNode(), key: "" });
        return;
      case token.closeBracket:
        if (this.#expectation === "valueOrEnd") {
          this.#close();
        } else {
          this.#unexpected(kind);
        }
        return;
      default:
        this.#acceptScalar(kind);
    }
  }

  #acceptScalar(kind: number): void {
    switch (kind) {
      case token.string:
        this.#add(this.#scanner.getTokenValue());
        return;
      case token.number:
        this.#addNumber(this.#scanner.getTokenValue());
        return;
      case token.null:
        this.#add(null);
        return;
      case token.true:
        this.#add(true);
        return;
      case token.false:
        this.#add(false);
        return;
      default:
        this.#unexpected(kind);
    }
  }

  #acceptKey(kind: number): void {
    const frame = this.#frames.at(-1);
    if (kind === token.closeBrace && this.#expectation === "keyOrEnd") {
      this.#close();
    } else if (kind !== token.string || !frame?.object) {
      this.#unexpected(kind);
    } else {
      frame.key = this.#scanner.getTokenValue();
      if (Object.hasOwn(frame.object, frame.key)) {
        this.#fail(`The key ${quotedText(frame.key)} is here twice.`);
      }
      this.#expectation = "colon";
    }
  }

  #acceptCommaOrEnd(kind: number): void {
    const isObject = this.#frames.at(-1)?.object !== null;
    if (kind === token.comma) {
      this.#expectation = isObject ? "key" : "value";
    } else if (kind === (isObject ? token.closeBrace : token.closeBracket)) {
      this.#close();
    } else {
      this.#unexpected(kind);
    }
  }

  #open(frame: Frame): void {
    this.#frames.push(frame);
    this.#expectation = frame.object === null ? "valueOrEnd" : "keyOrEnd";
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame?.node) {
      frame.node.end = this.#tokenEnd();
    }
    this.#place(frame?.object ?? frame?.list ?? null);
  }

  #add(value: JsonValue): void {
    const node = this.#openNode();
    if (node !== null) {
      node.end = this.#tokenEnd();
    }
    this.#place(value);
  }

  #addNumber(text: string): void {
    const value = exactNumber(text);
    const hasRoom = this.#pointerCharacters < maxPointerCharacters;
    if (value === undefined && this.#frames.length <= maxPointerDepth && hasRoom) {
      const pointer = this.#pointer();
      this.#pointerCharacters += pointer.length;
      this.bareNumbers.add(pointer);
    }
    this.#add(value ?? text);
  }

  /** Puts a finished value where it belongs. */
  #place(value: JsonValue): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.#result = value;
    } else if (frame.object !== null) {
      setMember(frame.object, frame.key, value);
    } else {
      frame.list?.push(value);
    }
    this.#expectation = frame === undefined ? "nothing" : "commaOrEnd";
  }

  /** Starts the position of the value whose first token is the current one. */
  #openNode(): PositionNode | null {
    if (!this.#keepsPositions) {
      return null;
    }
    const start = this.#scanner.getTokenOffset();
    const node: PositionNode = { start, end: start, children: new Map() };
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.root = node;
    } else {
      frame.node?.children.set(stepOf(frame), node);
    }
    return node;
  }

  #pointer(): string {
    return this.#frames.map((frame) => `/${escapeStep(stepOf(frame))}`).join("");
  }

  #tokenEnd(): number {
    return this.#scanner.getTokenOffset() + this.#scanner.getTokenLength();
  }

  #unexpected(kind: number): void {
    const text = this.#text.slice(this.#scanner.getTokenOffset(), this.#tokenEnd());
    const isComment = kind === token.lineComment || kind === token.blockComment;
    const isMark = text.startsWith("\uFEFF") && this.#scanner.getTokenOffset() === 0;
    const wanted = `Here is ${quotedText(shortText(text, 20))}, but ${expected[this.#expectation]} is expected.`;
    this.#fail(isComment ? "JSON has no comments." : isMark ? markProblem : wanted);
  }

  #fail(message: string): void {
    this.problem ??= { message, offset: this.#scanner.getTokenOffset() };
  }
}

/** Key or index of the value that comes next in an open object or array. */
function stepOf(frame: Frame): string {
  return frame.list === null ? frame.key : String(frame.list.length);
}

/** The JS number that is exactly what a JSON number says where that matters (whole numbers); undefined when there is none. */
function exactNumber(text: string): number | undefined {
  const value = Number(text);
  if (Object.is(value, -0)) {
    return undefined;
  }
  if (!Number.isInteger(value)) {
    return Number.isFinite(value) ? value : undefined;
  }
  const mantissa = text.replace(/e.*$/i, "");
  if (/^-?\d+$/.test(text)) {
    return Number.isSafeInteger(value) ? value : undefined;
  }
  // Up to 15 digits every decimal has a double of its own, so a whole double means a whole decimal.
  const digits = mantissa.replace(/[-.]/g, "").replace(/^0+/, "").replace(/0+$/, "");
  const isExact = digits.length <= 15 && Math.abs(value) < 1e15 && (value !== 0 || digits === "");
  return isExact ? value : undefined;
}

function findPosition(root: PositionNode | null, pointer: string): TextRange | undefined {
  const steps = splitPointer(pointer);
  let node: PositionNode | null | undefined = steps === undefined ? undefined : root;
  for (const step of steps ?? []) {
    node = node?.children.get(step);
  }
  return node ? { start: node.start, end: node.end } : undefined;
}
