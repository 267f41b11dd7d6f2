// An interface on both sides: which methods of one are which of the other, and what changed in their types.

import type { InterfaceState, MethodPair, MethodState } from "./interfaceState.ts";
import type { MemberPlace, TypeDrift } from "./types/typeChange.ts";
import { typeDrift } from "./types/typeDrift.ts";

export interface ComparedInterface {
  readonly before: InterfaceState;
  readonly after: InterfaceState;
  /** Methods of one name, in today's order; those that were renamed are among them. */
  readonly kept: readonly MethodPair[];
  readonly renamed: readonly MethodPair[];
  /** In the order of then. */
  readonly removed: readonly MethodState[];
  /** In today's order. */
  readonly added: readonly MethodState[];
  /** Changes in what crosses, of methods whose signature stayed. */
  readonly drift: TypeDrift;
  /** Where a member of a type stands today. */
  readonly placeOf: MemberPlace;
}

export function compareMethods(
  before: InterfaceState,
  after: InterfaceState,
  placeOf: MemberPlace,
): ComparedInterface {
  const now = byName(after.methods);
  const then = byName(before.methods);
  const gone = before.methods.filter(({ name }) => !now.has(name));
  const fresh = after.methods.filter(({ name }) => !then.has(name));
  const renamed = before.isOrderKnown ? renames(before, after, gone, fresh) : [];
  const kept = after.methods.flatMap((method): MethodPair[] => {
    const same = then.get(method.name) ?? renamed.find((pair) => pair.after === method)?.before;
    return same === undefined ? [] : [{ before: same, after: method }];
  });
  const unchanged = kept.filter(
    (pair) =>
      pair.before.signature === undefined ||
      restOf(pair.before.signature) === restOf(pair.after.signature),
  );
  return {
    before,
    after,
    kept,
    renamed,
    removed: gone.filter((method) => renamed.every((pair) => pair.before !== method)),
    added: fresh.filter((method) => renamed.every((pair) => pair.after !== method)),
    drift: typeDrift(unchanged, before.types, after.types),
    placeOf,
  };
}

function byName(methods: readonly MethodState[]): ReadonlyMap<string, MethodState> {
  return new Map(methods.map((method) => [method.name, method]));
}

/** A method that is gone and one that is new are one, when they stand at the same slot and differ in nothing but their names. */
function renames(
  before: InterfaceState,
  after: InterfaceState,
  gone: readonly MethodState[],
  fresh: readonly MethodState[],
): readonly MethodPair[] {
  return fresh.flatMap((method): MethodPair[] => {
    const same = before.methods[after.methods.indexOf(method)];
    return same !== undefined &&
      gone.includes(same) &&
      same.isOptional === method.isOptional &&
      same.signature !== undefined &&
      restOf(same.signature) === restOf(method.signature)
      ? [{ before: same, after: method }]
      : [];
  });
}

/** A signature line without the method's name. */
export function restOf(signature: string | undefined): string | undefined {
  return signature?.slice(signature.indexOf(":") + 1);
}
