// A change in a type that crosses, and who it concerns.

import type { TypeId, TypeSchema } from "../../model/schema/schema.ts";
import type { SourceSpan } from "../../model/text/span.ts";

/** A struct or enum of today, or one field or variant of it. */
export interface Member {
  readonly type: TypeId;
  readonly name?: string;
}

/** Where a member stands in the source. */
export type MemberPlace = (member: Member) => SourceSpan | undefined;

export interface TypeChange {
  /**
   * `wire`: the bytes are others, or mean something else. `variant`: an enum has more variants behind those that it had.
   * `names`: the bytes are the same, and code that names the parts is not.
   */
  readonly effect: "wire" | "variant" | "names";
  /** A clause: "`P` gained the field `y`". */
  readonly clause: string;
  /** Undefined: the method itself. */
  readonly member: Member | undefined;
  /** Of today, in their order. */
  readonly methods: readonly string[];
}

/** Types that one side does not know. */
export interface UnknownTypes {
  readonly method: string;
  readonly rustType: string;
  readonly reason: string;
}

export interface TypeDrift {
  readonly changes: readonly TypeChange[];
  readonly unknown: readonly UnknownTypes[];
}

/** Where a change was found, and what it is; who it concerns is known to the caller. */
export type Tell = (
  effect: TypeChange["effect"],
  clause: string,
  member: Member | undefined,
) => void;

/** Compares two types that stand at one place. */
export type CompareTypes = (
  place: string,
  then: TypeSchema,
  now: TypeSchema,
  member: Member,
) => void;
