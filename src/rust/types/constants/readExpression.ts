// Text of a constant expression → the expression; undefined for what is not worked out: calls, loops, references.

import { tokenText, TokenCursor, plainName } from "../../syntax/items/tokenCursor.ts";
import type { Arm, BinaryOperator, Binding, Expression, Pattern } from "./expression.ts";
import { readLiteral } from "./readLiteral.ts";

/** Levels of one expression, and operators in one row: more is no constant that people write. */
const deepest = 250;

const strengths: Readonly<Record<BinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  ">": 3,
  "<=": 3,
  ">=": 3,
  "|": 4,
  "^": 5,
  "&": 6,
  "<<": 7,
  ">>": 7,
  "+": 8,
  "-": 8,
  "*": 9,
  "/": 9,
  "%": 9,
};

/** Those of two characters first. */
const operators = (Object.keys(strengths) as BinaryOperator[]).sort(
  (left, right) => right.length - left.length,
);

/** Words that begin or go on with something else than a path. */
const reserved: ReadonlySet<string> = new Set(
  "as async await break const continue dyn else enum extern fn for if impl in let loop match mod move mut pub ref return static struct trait type unsafe use where while".split(
    " ",
  ),
);

type PathExpression = Extract<Expression, { kind: "path" }>;

export interface ReadExpression {
  readonly whole: Expression;
  /** All paths in it. */
  readonly paths: readonly PathExpression[];
}

export function readExpression(text: string): ReadExpression | undefined {
  const cursor = new TokenCursor(tokenText(text));
  const reader = new Reader();
  const whole = reader.binary(cursor, 0);
  return whole !== undefined && cursor.isAtEnd ? { whole, paths: reader.paths } : undefined;
}

class Reader {
  readonly paths: PathExpression[] = [];
  readonly #scope: Binding[] = [];
  #depth = 0;

  /** Reads operators that bind stronger than `least`. */
  binary(cursor: TokenCursor, least: number): Expression | undefined {
    this.#depth += 1;
    const read = this.#depth > deepest ? undefined : this.#operators(cursor, least);
    this.#depth -= 1;
    return read;
  }

  #operators(cursor: TokenCursor, least: number): Expression | undefined {
    let left = this.#cast(cursor);
    for (let count = 0; left !== undefined; count += 1) {
      const operator = operatorAt(cursor);
      if (operator === undefined || strengths[operator] <= least) {
        return left;
      }
      if (count > deepest) {
        return undefined;
      }
      cursor.at += operator.length;
      const right = this.binary(cursor, strengths[operator]);
      left = right && { kind: "binary", operator, left, right };
    }
    return left;
  }

  #cast(cursor: TokenCursor): Expression | undefined {
    let inner = this.#unary(cursor);
    while (inner !== undefined && cursor.take("as") !== undefined) {
      const type = takePath(cursor);
      inner = type === "" ? undefined : { kind: "cast", inner, type };
    }
    return inner;
  }

  /** `-` and `!` bind stronger than `as`. */
  #unary(cursor: TokenCursor): Expression | undefined {
    const operators: ("-" | "!")[] = [];
    while (operators.length < deepest) {
      const operator = cursor.take("-") ?? cursor.take("!");
      if (operator === undefined) {
        break;
      }
      operators.push(operator.text === "-" ? "-" : "!");
    }
    return operators.reduceRight<Expression | undefined>(
      (inner, operator) => inner && { kind: "unary", operator, inner },
      this.#withMethods(cursor),
    );
  }

  #withMethods(cursor: TokenCursor): Expression | undefined {
    let receiver = this.#primary(cursor);
    for (
      let count = 0;
      receiver !== undefined && cursor.isText(".") && !cursor.isPair("..");
      count += 1
    ) {
      cursor.at += 1;
      const name = cursor.takeIdentifier()?.text;
      const group = cursor.enter("(");
      const given = group && this.#list(group);
      receiver =
        name === undefined || given === undefined || count > deepest
          ? undefined
          : { kind: "method", receiver, name, given };
    }
    return receiver;
  }

  #list(cursor: TokenCursor): readonly Expression[] | undefined {
    const list: Expression[] = [];
    while (!cursor.isAtEnd) {
      const expression = this.binary(cursor, 0);
      if (expression === undefined) {
        return undefined;
      }
      list.push(expression);
      if (cursor.take(",") === undefined) {
        break;
      }
    }
    return cursor.isAtEnd ? list : undefined;
  }

  #primary(cursor: TokenCursor): Expression | undefined {
    const group = cursor.enter("(");
    if (group !== undefined) {
      const inner = this.binary(group, 0);
      return group.isAtEnd ? inner : undefined;
    }
    if (cursor.isText("{")) {
      return this.#block(cursor);
    }
    const token = cursor.peek();
    if (token?.kind === "literal") {
      cursor.at += 1;
      return readLiteral(token.text);
    }
    const word = token?.text ?? "";
    if (word === "true" || word === "false") {
      cursor.at += 1;
      return { kind: "literal", value: word === "true" ? 1n : 0n, type: "bool" };
    }
    if (word === "const" || word === "unsafe") {
      cursor.at += 1;
      return this.#block(cursor);
    }
    return word === "if"
      ? this.#if(cursor)
      : word === "match"
        ? this.#match(cursor)
        : this.#path(cursor);
  }

  #if(cursor: TokenCursor): Expression | undefined {
    cursor.at += 1;
    const condition = this.binary(cursor, 0);
    const then = condition && this.#block(cursor);
    if (condition === undefined || then === undefined || cursor.take("else") === undefined) {
      return undefined;
    }
    const otherwise = cursor.isText("if")
      ? this.#nested(() => this.#if(cursor))
      : this.#block(cursor);
    return otherwise && { kind: "if", condition, then, otherwise };
  }

  /** Names bound by `let`, and the value behind them. */
  #block(cursor: TokenCursor): Expression | undefined {
    const inner = cursor.enter("{");
    if (inner === undefined) {
      return undefined;
    }
    const outer = this.#scope.length;
    const bindings: Binding[] = [];
    let isRead = true;
    while (isRead && inner.take("let") !== undefined) {
      const binding = this.#binding(inner);
      isRead = binding !== undefined;
      if (binding !== undefined) {
        bindings.push(binding);
        this.#scope.push(binding);
      }
    }
    const result = isRead ? this.binary(inner, 0) : undefined;
    this.#scope.length = outer;
    return result !== undefined && inner.isAtEnd ? { kind: "block", bindings, result } : undefined;
  }

  #binding(cursor: TokenCursor): Binding | undefined {
    const name = cursor.takeIdentifier();
    const type = cursor.take(":") === undefined ? null : takePath(cursor);
    const value = cursor.take("=") === undefined ? undefined : this.binary(cursor, 0);
    const isWhole = name !== undefined && !reserved.has(name.text) && type !== "";
    return value !== undefined && isWhole && cursor.take(";") !== undefined
      ? { name: plainName(name.text), type, value }
      : undefined;
  }

  #match(cursor: TokenCursor): Expression | undefined {
    cursor.at += 1;
    const subject = this.binary(cursor, 0);
    const inner = subject && cursor.enter("{");
    const arms: Arm[] = [];
    while (inner !== undefined && !inner.isAtEnd) {
      const arm = this.#arm(inner);
      if (arm === undefined) {
        return undefined;
      }
      arms.push(arm);
    }
    return subject !== undefined && arms.length > 0 ? { kind: "match", subject, arms } : undefined;
  }

  #arm(cursor: TokenCursor): Arm | undefined {
    const patterns = this.#patterns(cursor);
    const hasGuard = cursor.take("if") !== undefined;
    const guard = hasGuard ? this.binary(cursor, 0) : null;
    if (patterns === undefined || guard === undefined || !cursor.takePair("=>")) {
      return undefined;
    }
    const isBlock = cursor.isText("{");
    const result = isBlock ? this.#block(cursor) : this.binary(cursor, 0);
    const isEnded = cursor.take(",") !== undefined || cursor.isAtEnd || isBlock;
    return result !== undefined && isEnded ? { patterns, guard, result } : undefined;
  }

  #patterns(cursor: TokenCursor): readonly Pattern[] | undefined {
    cursor.take("|");
    if (cursor.take("_") !== undefined) {
      return [];
    }
    const patterns: Pattern[] = [];
    do {
      const pattern = this.#pattern(cursor);
      if (pattern === undefined) {
        return undefined;
      }
      patterns.push(pattern);
    } while (cursor.take("|") !== undefined);
    return patterns;
  }

  #pattern(cursor: TokenCursor): Pattern | undefined {
    const from = cursor.isPair("..") ? null : this.#unary(cursor);
    if (from === undefined || !cursor.takePair("..")) {
      // A name that is no constant binds the value: one of a binding outside does so anew, others the lookup does not know.
      return from && from.kind !== "local" ? { kind: "value", value: from } : undefined;
    }
    const isInclusive = !cursor.isPair("=>") && cursor.take("=") !== undefined;
    const isOpen = cursor.isText("=") || cursor.isText("|") || cursor.isText("if");
    const to = isOpen ? null : this.#unary(cursor);
    return to === undefined ? undefined : { kind: "range", from, to, isInclusive };
  }

  #path(cursor: TokenCursor): Expression | undefined {
    const from = cursor.at;
    const segments: string[] = [];
    cursor.enterAngles();
    cursor.takePair("::");
    for (let name = cursor.peek(); name?.kind === "identifier"; name = cursor.peek()) {
      if (reserved.has(name.text)) {
        return undefined;
      }
      cursor.at += 1;
      segments.push(plainName(name.text));
      if (cursor.isPair("::") && cursor.isText("<", 2)) {
        cursor.at += 2;
        cursor.enterAngles();
      }
      if (!cursor.takePair("::")) {
        break;
      }
    }
    if (segments.length === 0 || cursor.isText("!") || cursor.isText("(")) {
      return cursor.isPair("!=") && segments.length > 0
        ? this.#named(segments, cursor, from)
        : undefined;
    }
    return this.#named(segments, cursor, from);
  }

  #named(segments: readonly string[], cursor: TokenCursor, from: number): Expression {
    const binding =
      segments.length === 1 ? this.#scope.findLast(({ name }) => name === segments[0]) : undefined;
    if (binding !== undefined) {
      return { kind: "local", binding };
    }
    const path = { kind: "path", segments, text: cursor.sourceFrom(from).text } as const;
    this.paths.push(path);
    return path;
  }

  #nested<T>(read: () => T | undefined): T | undefined {
    this.#depth += 1;
    const value = this.#depth > deepest ? undefined : read();
    this.#depth -= 1;
    return value;
  }
}

function operatorAt(cursor: TokenCursor): BinaryOperator | undefined {
  return operators.find((operator) =>
    operator.length === 2
      ? cursor.isPair(operator)
      : cursor.isText(operator) && !isAssignment(cursor),
  );
}

/** `+=`; also `=>` behind a value does not begin with an operator. */
function isAssignment(cursor: TokenCursor): boolean {
  const [first, second] = [cursor.peek(), cursor.peek(1)];
  return second?.text === "=" && first?.end === second.start;
}

/** The text of a path without generic arguments; empty when there is none. */
function takePath(cursor: TokenCursor): string {
  const from = cursor.at;
  cursor.takePair("::");
  while (cursor.takeIdentifier() !== undefined && cursor.takePair("::")) {
    // The next segment follows.
  }
  return cursor.sourceFrom(from).text;
}
