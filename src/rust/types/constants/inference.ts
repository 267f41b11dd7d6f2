// The type of every part of a constant expression, as rustc infers it: what `!0` or `1 << 40` is depends on it.

import type { Arm, Binding, Expression, Pattern } from "./expression.ts";
import { methodNamed } from "./methods.ts";
import { isIntegerName, type ConstantValue, type ScalarName } from "./scalars.ts";

/** What a path stands for; its value is null where only its type is known. */
export type PathValue = Pick<ConstantValue, "type"> & { readonly value: bigint | null };

/** What the names in an expression mean. */
export interface ConstantNames {
  valueAt(path: Expression & { readonly kind: "path" }): PathValue | null;
  /** The scalar type that a type's path names; null for all others. */
  scalarAt(path: string): ScalarName | null;
}

/** One type that several parts share. */
class Variable {
  #next: Variable | null = null;
  #type: ScalarName | "variant" | null;
  /** Depends on something that is not known, so that it is no `i32` when nothing else says what it is. */
  #isOpen: boolean;

  constructor(type: ScalarName | "variant" | null, isOpen = false) {
    this.#type = type;
    this.#isOpen = isOpen;
  }

  get root(): Variable {
    return this.#next === null ? this : this.#next.root;
  }

  /** False where rustc would report two types. */
  join(other: Variable): boolean {
    const [left, right] = [this.root, other.root];
    if (left !== right) {
      if (left.#type !== null && right.#type !== null && left.#type !== right.#type) {
        return false;
      }
      right.#type ??= left.#type;
      right.#isOpen ||= left.#isOpen;
      left.#next = right;
    }
    return true;
  }

  get type(): ScalarName | "variant" | null {
    const { root } = this;
    return root.#type ?? (root.#isOpen ? null : "i32");
  }
}

/** The types of an expression's parts; undefined when rustc would refuse it. */
export function inferTypes(
  expression: Expression,
  expected: ScalarName | null,
  names: ConstantNames,
): ((part: Expression) => ScalarName | "variant" | null) | undefined {
  const inference = new Inference(names);
  const whole = inference.of(expression, null);
  const wanted = new Variable(expected, expected === null);
  return whole.join(wanted) && !inference.isWrong
    ? (part) => inference.variables.get(part)?.type ?? null
    : undefined;
}

class Inference {
  readonly variables = new Map<Expression, Variable>();
  readonly #bindings = new Map<Binding, Variable>();
  readonly #names: ConstantNames;
  isWrong = false;

  constructor(names: ConstantNames) {
    this.#names = names;
  }

  /** `cast`: the type that the expression is cast to, which a bare literal takes. */
  of(expression: Expression, cast: ScalarName | null): Variable {
    const variable = this.#infer(expression, cast);
    this.variables.set(expression, variable);
    return variable;
  }

  #infer(expression: Expression, cast: ScalarName | null): Variable {
    switch (expression.kind) {
      case "literal":
        return new Variable(expression.type ?? (cast === "char" ? "u8" : castable(cast)));
      case "path": {
        const found = this.#names.valueAt(expression);
        return new Variable(found?.type ?? null, (found?.type ?? null) === null);
      }
      case "local":
        return this.#bindings.get(expression.binding) ?? new Variable(null, true);
      case "unary":
        return this.of(expression.inner, cast);
      case "binary":
        return this.#binary(expression);
      case "cast": {
        const type = this.#names.scalarAt(expression.type);
        this.of(expression.inner, type);
        return new Variable(type, type === null);
      }
      case "method":
        return this.#method(expression);
      case "if":
        this.#same(this.of(expression.condition, null), new Variable("bool"));
        return this.#same(this.of(expression.then, null), this.of(expression.otherwise, null));
      case "block":
        expression.bindings.forEach((binding) => {
          this.#bind(binding);
        });
        return this.of(expression.result, cast);
      case "match":
        return this.#match(expression.subject, expression.arms);
    }
  }

  #binary({ operator, left, right }: Extract<Expression, { kind: "binary" }>): Variable {
    const [first, second] = [this.of(left, null), this.of(right, null)];
    if (operator === "<<" || operator === ">>") {
      return first;
    }
    if (operator === "&&" || operator === "||") {
      return this.#same(this.#same(first, second), new Variable("bool"));
    }
    this.#same(first, second);
    return /^[=!<>]/u.test(operator) ? new Variable("bool") : first;
  }

  #method({ receiver, name, given }: Extract<Expression, { kind: "method" }>): Variable {
    const self = this.of(receiver, null);
    const method = methodNamed(name);
    const variables = given.map((argument) => this.of(argument, null));
    if (method === undefined) {
      return new Variable(null, true);
    }
    this.isWrong ||= given.length !== (method.takes === null ? 0 : 1);
    for (const variable of variables) {
      this.#same(variable, method.takes === "Self" ? self : new Variable(method.takes));
    }
    return method.gives === "Self" ? self : new Variable(method.gives);
  }

  #bind(binding: Binding): void {
    const variable = this.of(binding.value, null);
    if (binding.type !== null && binding.type !== "_") {
      const type = this.#names.scalarAt(binding.type);
      this.#same(variable, new Variable(type, type === null));
    }
    this.#bindings.set(binding, variable);
  }

  #match(subject: Expression, arms: readonly Arm[]): Variable {
    const matched = this.of(subject, null);
    const results = arms.map(({ patterns, guard, result }) => {
      for (const part of patterns.flatMap(partsOf)) {
        this.#same(this.of(part, null), matched);
      }
      if (guard !== null) {
        this.#same(this.of(guard, null), new Variable("bool"));
      }
      return this.of(result, null);
    });
    return results.reduce((all, result) => this.#same(all, result));
  }

  #same(left: Variable, right: Variable): Variable {
    this.isWrong ||= !left.join(right);
    return left;
  }
}

function partsOf(pattern: Pattern): readonly Expression[] {
  return pattern.kind === "value"
    ? [pattern.value]
    : [pattern.from, pattern.to].filter((part) => part !== null);
}

function castable(cast: ScalarName | null): ScalarName | null {
  return cast !== null && isIntegerName(cast) ? cast : null;
}
