// What a constant expression is made of, as far as it is worked out.

import type { ScalarName } from "./scalars.ts";

export type BinaryOperator =
  | ("+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>")
  | ("==" | "!=" | "<" | ">" | "<=" | ">=" | "&&" | "||");

export type Expression =
  /** `type` is what the literal itself says. */
  | { readonly kind: "literal"; readonly value: bigint; readonly type: ScalarName | null }
  /** `text` is the path as written, with `<… as …>` before it and the generic arguments. */
  | { readonly kind: "path"; readonly segments: readonly string[]; readonly text: string }
  | { readonly kind: "local"; readonly binding: Binding }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly inner: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "cast"; readonly inner: Expression; readonly type: string }
  | {
      readonly kind: "method";
      readonly receiver: Expression;
      readonly name: string;
      readonly given: readonly Expression[];
    }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: "block";
      readonly bindings: readonly Binding[];
      readonly result: Expression;
    }
  | { readonly kind: "match"; readonly subject: Expression; readonly arms: readonly Arm[] };

/** `let name: type = value;` */
export interface Binding {
  readonly name: string;
  readonly type: string | null;
  readonly value: Expression;
}

export interface Arm {
  /** Empty for `_`. */
  readonly patterns: readonly Pattern[];
  readonly guard: Expression | null;
  readonly result: Expression;
}

/** A value, or the bounds of a range; an open bound is null. */
export type Pattern =
  | { readonly kind: "value"; readonly value: Expression }
  | {
      readonly kind: "range";
      readonly from: Expression | null;
      readonly to: Expression | null;
      readonly isInclusive: boolean;
    };
