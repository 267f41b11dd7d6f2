// Works out the integer constants that array lengths and const arguments use: literals, other constants, arithmetic.

import type { RustToken } from "../../abi/rustTokens.ts";
import { tokenText, TokenCursor, plainName } from "../syntax/tokenCursor.ts";

/**
 * Value of a path of names in the expression, or null when it is not known. `text` is the path as written, with `<… as …>`
 * before it and the generic arguments.
 */
export type ConstantLookup = (segments: readonly string[], text: string) => bigint | null;

const precedence: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 4,
  ">>": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

/** Value of `expression`, or null when it is more than constants and arithmetic. */
export function evaluateConstant(expression: string, lookup: ConstantLookup): bigint | null {
  const cursor = new TokenCursor(tokenText(expression));
  const value = readBinary(cursor, lookup, 0);
  return cursor.isAtEnd ? value : null;
}

function readBinary(cursor: TokenCursor, lookup: ConstantLookup, least: number): bigint | null {
  let left = readUnary(cursor, lookup);
  while (left !== null) {
    const operator = cursor.isPair("<<") || cursor.isPair(">>") ? 2 : 1;
    const text = (cursor.peek()?.text ?? "") + (operator === 2 ? (cursor.peek(1)?.text ?? "") : "");
    const strength = Object.hasOwn(precedence, text) ? precedence[text] : undefined;
    if (strength === undefined || strength <= least) {
      return left;
    }
    cursor.at += operator;
    const right = readBinary(cursor, lookup, strength);
    left = right === null ? null : apply(text, left, right);
  }
  return left;
}

function readUnary(cursor: TokenCursor, lookup: ConstantLookup): bigint | null {
  if (cursor.take("-") !== undefined) {
    const inner = readUnary(cursor, lookup);
    return inner === null ? null : -inner;
  }
  if (cursor.take("!") !== undefined) {
    const inner = readUnary(cursor, lookup);
    return inner === null ? null : -inner - 1n;
  }
  const group = cursor.enter("(") ?? cursor.enter("{");
  let value: bigint | null;
  if (group === undefined) {
    const token = cursor.peek();
    value = token?.kind === "literal" ? takeLiteral(cursor, token) : readPath(cursor, lookup);
  } else {
    value = readBinary(group, lookup, 0);
    value = group.isAtEnd ? value : null;
  }
  while (cursor.take("as") !== undefined) {
    const type = cursor.takeIdentifier()?.text ?? "";
    value = value === null ? null : castTo(type, value);
  }
  return value;
}

function takeLiteral(cursor: TokenCursor, token: RustToken): bigint | null {
  cursor.at += 1;
  const match =
    /^(?<digits>0x[\da-f_]+?|0o[0-7_]+?|0b[01_]+?|\d[\d_]*?)_*(?:[ui](?:8|16|32|64|128|size))?$/iu.exec(
      token.text,
    );
  const digits = match?.groups?.["digits"]?.replaceAll("_", "");
  return digits === undefined ? null : BigInt(digits);
}

/** `value as type`; what does not fit is cut off, as Rust does. */
function castTo(type: string, value: bigint): bigint | null {
  const match = /^(?<sign>[iu])(?<width>8|16|32|64|128|size)$/u.exec(type)?.groups;
  if (match === undefined) {
    return null;
  }
  const bits = match["width"] === "size" ? 64 : Number(match["width"]);
  return match["sign"] === "i" ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

function readPath(cursor: TokenCursor, lookup: ConstantLookup): bigint | null {
  const from = cursor.at;
  const segments: string[] = [];
  cursor.enterAngles();
  cursor.takePair("::");
  for (let name = cursor.takeIdentifier(); name !== undefined; name = cursor.takeIdentifier()) {
    segments.push(plainName(name.text));
    if (cursor.isPair("::") && cursor.isText("<", 2)) {
      cursor.at += 2;
      cursor.enterAngles();
    }
    if (!cursor.takePair("::")) {
      break;
    }
  }
  return segments.length === 0 ? null : lookup(segments, cursor.sourceFrom(from).text);
}

/** Shifts beyond this are no array length. */
const widestShift = 127n;

const operations: Readonly<Record<string, (left: bigint, right: bigint) => bigint | null>> = {
  "|": (left, right) => left | right,
  "^": (left, right) => left ^ right,
  "&": (left, right) => left & right,
  "<<": (left, right) => (isShift(right) ? left << right : null),
  ">>": (left, right) => (isShift(right) ? left >> right : null),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0n ? null : left / right),
  "%": (left, right) => (right === 0n ? null : left % right),
};

function isShift(bits: bigint): boolean {
  return bits >= 0n && bits <= widestShift;
}

function apply(operator: string, left: bigint, right: bigint): bigint | null {
  return operations[operator]?.(left, right) ?? null;
}
