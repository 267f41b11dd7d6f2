// Writes what a rule gives out, and remembers for each token of the call where it came from.

import type { RustToken } from "../../abi/rustTokens.ts";
import { plainName, TokenCursor } from "../syntax/items/tokenCursor.ts";
import type { Binding, Bindings } from "./matchRule.ts";
import { readRepetitionEnd, type TokenRange } from "./rules.ts";
import type { StepBudget } from "./stepBudget.ts";

/** A token of the call in the text that was given out. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Where the token stands in the call's chunk. */
  readonly from: number;
}

export interface Transcript {
  readonly text: string;
  /** In the order of the text. */
  readonly segments: readonly Segment[];
}

/** The text of `body` with its variables filled in; `crateName` stands for `$crate`. */
export function transcribe(
  body: TokenRange,
  bindings: Bindings,
  crateName: string,
  budget: StepBudget,
): Transcript {
  const writer = new Writer(crateName, budget);
  writer.write(body, bindings);
  return { text: writer.text(), segments: writer.segments };
}

class Writer {
  readonly segments: Segment[] = [];
  readonly #parts: string[] = [];
  readonly #crateName: string;
  readonly #budget: StepBudget;
  #length = 0;
  #last: RustToken | undefined;
  #isJoined = false;

  constructor(crateName: string, budget: StepBudget) {
    this.#crateName = crateName;
    this.#budget = budget;
  }

  text(): string {
    return this.#parts.join("");
  }

  write({ source, from, to }: TokenRange, bindings: Bindings): void {
    const cursor = new TokenCursor(source, from, to);
    while (!cursor.isAtEnd && this.#budget.spend(1)) {
      if (cursor.isText("$") && cursor.isText("(", 1)) {
        cursor.at += 1;
        this.#repeat(cursor, bindings);
      } else if (cursor.isText("$") && cursor.peek(1)?.kind === "identifier") {
        this.#variable(cursor, bindings);
      } else {
        const token = cursor.peek();
        cursor.at += 1;
        if (token !== undefined) {
          this.#push(token, false);
        }
      }
    }
  }

  #variable(cursor: TokenCursor, bindings: Bindings): void {
    const [dollar, name] = [cursor.peek(), cursor.peek(1)];
    cursor.at += 2;
    const binding = bindings.get(plainName(name?.text ?? ""));
    if (dollar === undefined || name === undefined) {
      return;
    }
    if (binding?.kind === "fragment") {
      this.#fragment(binding, cursor.peek());
    } else if (name.text === "crate") {
      this.#push({ ...name, text: this.#crateName, start: dollar.start }, false);
    } else {
      // Of a macro that the text defines in turn.
      this.#push(dollar, false);
      this.#push(name, false);
    }
  }

  #repeat(cursor: TokenCursor, bindings: Bindings): void {
    const inner = cursor.enter("(");
    const { separator } = readRepetitionEnd(cursor);
    if (inner === undefined) {
      return;
    }
    const range = { source: inner.source, from: inner.at, to: inner.end };
    const repeated = variablesIn(range).flatMap((name) => {
      const binding = bindings.get(name);
      return binding?.kind === "repeated" ? [{ name, turns: binding.turns }] : [];
    });
    const count = Math.max(0, ...repeated.map(({ turns }) => turns.length));
    for (let turn = 0; turn < count && this.#budget.spend(1); turn++) {
      if (turn > 0) {
        separator.forEach((text, index) => {
          this.#text(text, index > 0);
        });
      }
      const own = new Map<string, Binding>(bindings);
      for (const { name, turns } of repeated) {
        const binding = turns[turn];
        if (binding === undefined) {
          own.delete(name);
        } else {
          own.set(name, binding);
        }
      }
      this.write(range, own);
    }
  }

  /** An expression stays one: what stands beside it does not bind to a part of it. */
  #fragment(
    { fragment, range }: Extract<Binding, { kind: "fragment" }>,
    next: RustToken | undefined,
  ): void {
    const { source, from, to } = range;
    const needsGroup =
      fragment.startsWith("expr") && to - from > 1 && (isOperator(this.#last) || isOperator(next));
    this.#isJoined = false;
    if (needsGroup) {
      this.#text("(", false);
    }
    for (const token of source.tokens.slice(from, to)) {
      this.#push(token, true);
    }
    if (needsGroup) {
      this.#text(")", false);
    }
    this.#isJoined = false;
  }

  /** `isOfCall`: it is remembered where the token stands. */
  #push(token: RustToken, isOfCall: boolean): void {
    const isNext = this.#isJoined && this.#last?.end === token.start;
    // A doc comment ends with its line.
    this.#text(token.kind === "doc" ? `${token.text}\n` : token.text, isNext);
    if (isOfCall) {
      const end = this.#length;
      this.segments.push({ start: end - token.text.length, end, from: token.start });
    }
    this.#last = token;
    this.#isJoined = true;
    this.#budget.spend(1);
  }

  #text(text: string, isNext: boolean): void {
    const written = isNext || this.#length === 0 ? text : ` ${text}`;
    this.#parts.push(written);
    this.#length += written.length;
    this.#isJoined = false;
    this.#last = undefined;
  }
}

function variablesIn({ source, from, to }: TokenRange): readonly string[] {
  const names: string[] = [];
  for (let at = from; at + 1 < to; at++) {
    const name = source.tokens[at + 1];
    if (source.tokens[at]?.text === "$" && name?.kind === "identifier") {
      names.push(plainName(name.text));
    }
  }
  return names;
}

function isOperator(token: RustToken | undefined): boolean {
  return token !== undefined && (token.text === "as" || /^[-+*/%&|^!<>.?]$/u.test(token.text));
}
