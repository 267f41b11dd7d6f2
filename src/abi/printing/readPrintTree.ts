// Tokens of a type → what the printer is given, as syn makes it: operators joined, lifetimes first, a macro call's tokens as they
// stand (reference 5.3).

import { isPunctuation, keywords, type PrintToken } from "./printToken.ts";
import { matchGroups, type RustToken } from "../rustTokens.ts";

const joinedInExpressions: readonly string[] =
  "<<= >>= ..= ... << >> && || == != <= >= => += -= *= /= %= ^= &= |= :: -> ..".split(" ");
const joinedInTypes: readonly string[] = ["...", "::", "->"];

/** What the lexer makes one token of in the tokens of a macro call. */
const joinedInMacros: readonly string[] = [...joinedInExpressions, "<-"];

/** Operators that are two tokens where they stand before a value: `&&x`, `|| x`, `<<T as A>::B as C>::D`. */
const joinedBetween: ReadonlySet<string> = new Set(["&&", "||", "<<"]);

export function readPrintTree(tokens: readonly RustToken[]): readonly PrintToken[] {
  return new PrintTreeReader(tokens, matchGroups(tokens)).read(0, tokens.length, "type");
}

type Mode = "type" | "expression" | "pattern" | "arms";

/** What stands at the present place of a row of tokens. */
class Place {
  mode: Exclude<Mode, "arms">;
  readonly #isArms: boolean;
  /** A `match` whose braces are still to come. */
  #isMatch = false;
  #isArmStart = false;

  constructor(mode: Mode) {
    this.#isArms = mode === "arms";
    this.mode = mode === "arms" ? "pattern" : mode;
  }

  /** What stands in a group that opens here. */
  enter(open: string): Mode {
    const isBrace = open === "{";
    const isBody = isBrace && this.#isMatch;
    const isArm = isBrace && this.#isArmStart;
    const inner = this.mode === "type" && isBrace ? "expression" : this.mode;
    this.#isArmStart = false;
    this.#isMatch &&= !isBody;
    if (isArm) {
      // The next arm follows, with a comma or without.
      this.mode = "pattern";
    }
    return isBody ? "arms" : inner;
  }

  meetPunctuation(operator: string): void {
    this.#isArmStart = this.#isArms && operator === "=>";
    if (this.mode === "type") {
      this.mode = operator === ";" ? "expression" : "type";
    } else if (operator === "=>" || operator === "=") {
      this.mode = "expression";
    } else if (this.#isArms && operator === ",") {
      this.mode = "pattern";
    }
  }

  meetWord(text: string): void {
    this.#isArmStart = false;
    this.#isMatch ||= this.mode !== "type" && text === "match";
    if (this.mode === "expression" && text === "let") {
      this.mode = "pattern";
    } else if (this.#isArms && text === "if") {
      this.mode = "expression";
    }
  }
}

/** Makes a tree of print tokens, joining operators as syn does. */
class PrintTreeReader {
  readonly #tokens: readonly RustToken[];
  readonly #partners: readonly number[];

  constructor(tokens: readonly RustToken[], partners: readonly number[]) {
    this.#tokens = tokens;
    this.#partners = partners;
  }

  /** `mode`: what stands here. An array length and what is in braces are expressions. */
  read(from: number, to: number, mode: Mode): PrintToken[] {
    const result: PrintToken[] = [];
    const place = new Place(mode);
    let at = from;
    while (at < to) {
      const token = this.#token(at);
      if (token.kind === "open") {
        const close = this.#partners[at] ?? to;
        const inner = place.enter(token.text);
        const content = this.read(at + 1, Math.min(close, to), inner);
        result.push({ kind: "group", open: token.text, content });
        at = close + 1;
      } else if (token.kind === "punctuation") {
        place.meetPunctuation(this.#operatorAt(at, to, joinedInExpressions) ?? token.text);
        at = this.#readPunctuation(at, from, to, place.mode, result);
      } else {
        place.meetWord(token.text);
        at = this.#readWord(at, to, result);
      }
    }
    return mode === "type" ? moveLifetimesForward(result) : result;
  }

  #operatorAt(at: number, to: number, joined: readonly string[]): string | undefined {
    return joined.find((candidate) => this.#isJoined(at, to, candidate));
  }

  #token(at: number): RustToken {
    const token = this.#tokens[at];
    if (token === undefined) {
      throw new RangeError("token index out of range");
    }
    return token;
  }

  #readPunctuation(at: number, from: number, to: number, mode: Mode, result: PrintToken[]): number {
    const inExpression = mode !== "type";
    const close = inExpression ? this.#typeArguments(at, from, to) : undefined;
    if (close !== undefined) {
      result.push({ kind: "punctuation", text: "<" }, ...this.read(at + 1, close, "type"));
      result.push({ kind: "punctuation", text: ">" });
      return close + 1;
    }
    const joined = inExpression ? joinedInExpressions : joinedInTypes;
    const operator = this.#operatorAt(at, to, joined);
    if (operator !== undefined && !(joinedBetween.has(operator) && this.#isBeforeValue(at, from))) {
      result.push({ kind: "punctuation", text: operator });
      return at + operator.length;
    }
    const token = this.#token(at);
    const next = at + 1 < to ? this.#token(at + 1) : undefined;
    const isSigned = mode === "type" || mode === "pattern";
    if (isSigned && token.text === "-" && next?.kind === "literal") {
      // A negative literal as a generic argument or in a pattern is one literal to syn.
      result.push({ kind: "word", text: `-${next.text}`, ...plain });
      return at + 2;
    }
    result.push({ kind: "punctuation", text: token.text });
    return at + 1;
  }

  /** The end of `<…>` that begins here with types in it; undefined where `<` compares or shifts. */
  #typeArguments(at: number, from: number, to: number): number | undefined {
    if (this.#token(at).text !== "<") {
      return undefined;
    }
    const isTurbofish = at - 2 >= from && this.#isJoined(at - 2, to, "::");
    if (!isTurbofish && !this.#isBeforeValue(at, from) && !this.#isOfType(at, from)) {
      return undefined;
    }
    let depth = 0;
    for (let index = at; index < to; index += 1) {
      const { kind, text } = this.#token(index);
      if (kind === "open") {
        index = Math.min(this.#partners[index] ?? to, to);
      } else if (kind === "punctuation" && text === "<") {
        depth += 1;
      } else if (kind === "punctuation" && text === ">" && !this.#isJoined(index - 1, to, "->")) {
        depth -= 1;
        if (depth === 0) {
          return index;
        }
      }
    }
    return undefined;
  }

  /** Whether the path before token `at` is a type: after `as`, or in `let name: …`. */
  #isOfType(at: number, from: number): boolean {
    let first = at;
    while (first - 1 >= from && /^[\w:]/u.test(this.#token(first - 1).text)) {
      first -= 1;
      const { text } = this.#token(first);
      const isColon =
        text === ":" && this.#token(first - 1).text !== ":" && this.#token(first + 1).text !== ":";
      if (text === "as" || (isColon && this.#isLet(first, from))) {
        return true;
      }
    }
    return false;
  }

  #isLet(colon: number, from: number): boolean {
    return [colon - 2, colon - 3].some((at) => at >= from && this.#token(at).text === "let");
  }

  /** Whether a value begins at token `at`, so that an operator there is a prefix. */
  #isBeforeValue(at: number, from: number): boolean {
    const before = at > from ? this.#token(at - 1) : undefined;
    if (before === undefined) {
      return true;
    }
    if (before.kind === "punctuation") {
      const isAngle = before.text === ">" && !this.#isJoined(at - 2, at, "=>");
      return before.text !== "?" && !isAngle;
    }
    const isWord = before.kind === "identifier" && keywords.has(before.text);
    return isWord && !["self", "super", "crate", "true", "false", "await"].includes(before.text);
  }

  #isJoined(at: number, to: number, operator: string): boolean {
    if (at < 0 || at + operator.length > to) {
      return false;
    }
    for (let i = 0; i < operator.length; i++) {
      const token = this.#token(at + i);
      if (token.text !== operator[i] || token.start !== this.#token(at).start + i) {
        return false;
      }
    }
    return true;
  }

  #readWord(at: number, to: number, result: PrintToken[]): number {
    const token = this.#token(at);
    const isMacro =
      token.kind === "identifier" &&
      at + 2 < to &&
      this.#token(at + 1).text === "!" &&
      this.#token(at + 2).kind === "open";
    if (isMacro) {
      const [call] = this.#macroTokens(at + 2, at + 3);
      result.push(wordOf(token), { kind: "punctuation", text: "!" });
      result.push(
        ...(call === undefined
          ? []
          : [{ ...call, isJoint: false, ...(call.kind === "group" ? { isTight: false } : {}) }]),
      );
      return Math.min(this.#partners[at + 2] ?? to, to - 1) + 1;
    }
    result.push(wordOf(token));
    return at + 1;
  }

  /** A macro call's tokens as its source has them: what stands together is printed together. */
  #macroTokens(from: number, to: number): PrintToken[] {
    const result: PrintToken[] = [];
    let at = from;
    while (at < to) {
      const token = this.#token(at);
      let last = at;
      let made: PrintToken;
      if (token.kind === "open") {
        last = Math.min(this.#partners[at] ?? this.#tokens.length, this.#tokens.length);
        const content = this.#macroTokens(at + 1, last);
        const isTight = this.#tokens[at + 1]?.start === token.end;
        made = { kind: "group", open: token.text, content, isTight };
      } else if (token.kind === "punctuation") {
        const operator = this.#operatorAt(at, to, joinedInMacros);
        last = at + (operator ?? token.text).length - 1;
        made = { kind: "punctuation", text: operator ?? token.text };
      } else {
        made = wordOf(token);
      }
      const end = this.#tokens[last]?.end;
      result.push({ ...made, isJoint: this.#tokens[last + 1]?.start === end });
      at = last + 1;
    }
    return result;
  }
}

/** A word that is no name. */
const plain = { isCallable: false, isName: false, isIdentifier: false } as const;

function wordOf({ kind, text }: RustToken): PrintToken {
  const isIdentifier = kind === "identifier";
  const isCallable = isIdentifier && !keywords.has(text);
  const isName = isCallable && !/^(?:fn|pub|Self)$/u.test(text);
  return { kind: "word", text, isCallable, isName, isIdentifier };
}

/** Lifetimes among generic arguments stand first when syn prints them. */
function moveLifetimesForward(tokens: readonly PrintToken[]): PrintToken[] {
  const result: PrintToken[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) {
      break;
    }
    const close = isPunctuation(token, "<") ? closingAngle(tokens, at) : undefined;
    if (close === undefined) {
      result.push(token);
      at += 1;
    } else {
      const content = moveLifetimesForward(tokens.slice(at + 1, close));
      result.push(token, ...orderArguments(content), { kind: "punctuation", text: ">" });
      at = close + 1;
    }
  }
  return result;
}

function closingAngle(tokens: readonly PrintToken[], open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i];
    if (token !== undefined && isPunctuation(token, "<")) {
      depth += 1;
    } else if (token !== undefined && isPunctuation(token, ">")) {
      depth -= 1;
      if (depth === 0) {
        return i;
      }
    }
  }
  return undefined;
}

/** Each argument keeps the comma behind it; one that had none gets it when others follow. */
function orderArguments(content: readonly PrintToken[]): PrintToken[] {
  const comma: PrintToken = { kind: "punctuation", text: "," };
  const parts: { readonly tokens: PrintToken[]; hasComma: boolean }[] = [];
  let depth = 0;
  let isOpen = false;
  for (const token of content) {
    depth += isPunctuation(token, "<") ? 1 : isPunctuation(token, ">") ? -1 : 0;
    const last = parts.at(-1);
    if (depth === 0 && isPunctuation(token, ",") && last !== undefined) {
      last.hasComma = true;
      isOpen = false;
    } else if (isOpen && last !== undefined) {
      last.tokens.push(token);
    } else {
      parts.push({ tokens: [token], hasComma: false });
      isOpen = true;
    }
  }
  const isLifetime = ({ tokens }: { readonly tokens: readonly PrintToken[] }): boolean =>
    isLifetimePart(tokens);
  const ordered = [...parts.filter(isLifetime), ...parts.filter((part) => !isLifetime(part))];
  return ordered.flatMap(({ tokens, hasComma }, index) =>
    hasComma || index < ordered.length - 1 ? [...tokens, comma] : tokens,
  );
}

function isLifetimePart(part: readonly PrintToken[]): boolean {
  const first = part[0];
  return part.length === 1 && first?.kind === "word" && /^'[^']*$/u.test(first.text);
}
