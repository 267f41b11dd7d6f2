// Works out the constants that array lengths, const arguments and discriminants use: literals, other constants, arithmetic in
// the width of its type, conditions and blocks. What Rust would refuse, and what is more than that, has no value: never a
// wrong one.

import type { BinaryOperator, Binding, Expression, Pattern } from "./expression.ts";
import { inferTypes, type ConstantNames, type PathValue } from "./inference.ts";
import { methodNamed } from "./methods.ts";
import { readExpression } from "./readExpression.ts";
import {
  bitsOf,
  cutOff,
  fits,
  isIntegerName,
  type ConstantValue,
  type IntegerName,
  type ScalarName,
} from "./scalars.ts";

type Kind = ConstantValue["type"];

/** Value of `expression` where a value of type `expected` is wanted (null: any), or null when it is not known. */
export function evaluateConstant(
  expression: string,
  expected: ScalarName | null,
  names: ConstantNames,
): ConstantValue | null {
  const read = readExpression(expression);
  if (read === undefined) {
    return null;
  }
  // All names first, so that a chain of constants and the levels of one expression do not add up.
  const values = new Map<Expression, PathValue | null>(
    read.paths.map((path) => [path, names.valueAt(path)]),
  );
  const known = { ...names, valueAt: (path: Expression) => values.get(path) ?? null };
  const typeOf = inferTypes(read.whole, expected, known);
  const value = typeOf === undefined ? null : new Evaluation(typeOf, known).value(read.whole);
  return typeOf === undefined || value === null ? null : { type: typeOf(read.whole), value };
}

class Evaluation {
  readonly #typeOf: (part: Expression) => Kind;
  readonly #names: ConstantNames;
  readonly #bindings = new Map<Binding, bigint | null>();

  constructor(typeOf: (part: Expression) => Kind, names: ConstantNames) {
    this.#typeOf = typeOf;
    this.#names = names;
  }

  value(expression: Expression): bigint | null {
    const value = this.#work(expression);
    const type = this.#typeOf(expression);
    const isHeld = value === null || type === null || type === "variant" || fits(type, value);
    return isHeld ? value : null;
  }

  #work(expression: Expression): bigint | null {
    switch (expression.kind) {
      case "literal":
        return this.#literal(expression, expression.value);
      case "path":
        return this.#names.valueAt(expression)?.value ?? null;
      case "local":
        return this.#bindings.get(expression.binding) ?? null;
      case "unary":
        return this.#unary(expression);
      case "binary":
        return this.#binary(expression);
      case "cast":
        return this.#cast(expression);
      case "method":
        return this.#method(expression);
      case "if": {
        const condition = this.value(expression.condition);
        return condition === null
          ? null
          : this.value(condition === 1n ? expression.then : expression.otherwise);
      }
      case "block":
        // A binding without a value is no reason: rustc refuses only what cannot be computed.
        for (const binding of expression.bindings) {
          this.#bindings.set(binding, this.value(binding.value));
        }
        return this.value(expression.result);
      case "match":
        return this.#match(expression);
    }
  }

  /** A literal that its type does not hold is cut off, where rustc is told to take it at all. */
  #literal(literal: Expression, value: bigint): bigint | null {
    const type = this.#typeOf(literal);
    return type !== null && isIntegerName(type) ? cutOff(type, value) : value;
  }

  #unary({ operator, inner }: Extract<Expression, { kind: "unary" }>): bigint | null {
    const type = this.#typeOf(inner);
    if (type === "char" || type === "variant") {
      return null;
    }
    if (operator === "-") {
      // `-128i8` is one number, though `128i8` is none.
      if (inner.kind === "literal") {
        return this.#literal(inner, -inner.value);
      }
      const value = this.value(inner);
      return value === null || type === "bool" ? null : -value;
    }
    const value = this.value(inner);
    if (value === null || type === null) {
      return null;
    }
    return type === "bool" ? 1n - value : cutOff(type, ~value);
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: "binary" }>): bigint | null {
    const first = this.value(left);
    if (first === null) {
      return null;
    }
    if (operator === "&&" || operator === "||") {
      return first === (operator === "&&" ? 0n : 1n) ? first : this.value(right);
    }
    const second = this.value(right);
    const type = this.#typeOf(left);
    if (second === null || type === "variant") {
      return null;
    }
    const compared = comparisons[operator]?.(first, second);
    if (compared !== undefined) {
      return compared ? 1n : 0n;
    }
    return type === "char" ? null : combine(operator, type, first, second);
  }

  #cast({ inner, type: path }: Extract<Expression, { kind: "cast" }>): bigint | null {
    const value = this.value(inner);
    const [from, to] = [this.#typeOf(inner), this.#names.scalarAt(path)];
    if (value === null || to === null) {
      return null;
    }
    if (isIntegerName(to)) {
      return cutOff(to, value);
    }
    return from === to || (to === "char" && from === "u8") ? value : null;
  }

  #method({ receiver, name, given }: Extract<Expression, { kind: "method" }>): bigint | null {
    const type = this.#typeOf(receiver);
    const self = this.value(receiver);
    const [argument] = given;
    const second = argument === undefined ? 0n : this.value(argument);
    return type === null || !isIntegerName(type) || self === null || second === null
      ? null
      : (methodNamed(name)?.apply(type, self, second) ?? null);
  }

  #match({ subject, arms }: Extract<Expression, { kind: "match" }>): bigint | null {
    const value = this.value(subject);
    if (value === null) {
      return null;
    }
    for (const { patterns, guard, result } of arms) {
      const isFitting = patterns.length === 0 ? true : this.#isAny(patterns, value);
      if (isFitting === null) {
        return null;
      }
      const isChosen = isFitting && guard !== null ? this.value(guard) : isFitting ? 1n : 0n;
      if (isChosen !== 0n) {
        return isChosen === null ? null : this.value(result);
      }
    }
    return null;
  }

  /** Null when it is not known. */
  #isAny(patterns: readonly Pattern[], value: bigint): boolean | null {
    const found = patterns.map((pattern) => this.#isFitting(pattern, value));
    return found.includes(true) ? true : found.includes(null) ? null : false;
  }

  #isFitting(pattern: Pattern, value: bigint): boolean | null {
    if (pattern.kind === "value") {
      const wanted = this.value(pattern.value);
      return wanted === null ? null : wanted === value;
    }
    const from = pattern.from === null ? value : this.value(pattern.from);
    const to = pattern.to === null ? value : this.value(pattern.to);
    if (from === null || to === null) {
      return null;
    }
    const isBelow = pattern.to === null || pattern.isInclusive ? value <= to : value < to;
    return from <= value && isBelow;
  }
}

const comparisons: Partial<Record<BinaryOperator, (left: bigint, right: bigint) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
};

/** What does not fit its type is refused by the caller. */
const arithmetic: Partial<
  Record<BinaryOperator, (left: bigint, right: bigint, type: ScalarName | null) => bigint | null>
> = {
  "|": (left, right) => left | right,
  "^": (left, right) => left ^ right,
  "&": (left, right) => left & right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0n ? null : left / right),
  // Rust refuses the remainder of the least number and -1, as it does the quotient.
  "%": (left, right, type) =>
    right === 0n || (right === -1n && !isHeld(type, -left)) ? null : left % right,
};

/** `type` null: the width is not known, so neither is what a shift keeps. */
function combine(
  operator: BinaryOperator,
  type: ScalarName | null,
  left: bigint,
  right: bigint,
): bigint | null {
  const work = arithmetic[operator];
  if (work !== undefined) {
    return work(left, right, type);
  }
  return type !== null && isIntegerName(type) ? shift(operator, type, left, right) : null;
}

function isHeld(type: ScalarName | null, value: bigint): boolean {
  return type === null || fits(type, value);
}

function shift(
  operator: BinaryOperator,
  type: IntegerName,
  left: bigint,
  right: bigint,
): bigint | null {
  if (right < 0n || right >= BigInt(bitsOf(type))) {
    return null;
  }
  return operator === "<<" ? cutOff(type, left << right) : left >> right;
}
