// Compares the interfaces of two sides by every rule.

import type { DriftChange } from "./change.ts";
import { compareMethods, type ComparedInterface } from "./comparedInterface.ts";
import type { DriftRule, Report } from "./driftRule.ts";
import type { InterfaceState } from "./interfaceState.ts";
import { driftRules } from "./rules/index.ts";
import type { MemberPlace } from "./types/typeChange.ts";

export interface InterfaceDrift {
  /** Today's; undefined for an interface that is gone. */
  readonly after: InterfaceState | undefined;
  readonly before: InterfaceState | undefined;
  readonly changes: readonly DriftChange[];
}

/** What changed from one side to the other, for each interface of either, today's first. */
export function compareInterfaces(
  before: readonly InterfaceState[],
  after: readonly InterfaceState[],
  placeOf: MemberPlace,
): readonly InterfaceDrift[] {
  const pairs = pairUp(before, after);
  const matched = new Set(pairs.values());
  return [
    ...after.map((now): InterfaceDrift => {
      const then = pairs.get(now);
      return {
        before: then,
        after: now,
        changes: then === undefined ? added(now) : compare(then, now, placeOf),
      };
    }),
    ...before
      .filter((then) => !matched.has(then))
      .map((then): InterfaceDrift => ({ before: then, after: undefined, changes: removed(then) })),
  ];
}

/** The changes of an interface that both sides have. */
export function compare(
  before: InterfaceState,
  after: InterfaceState,
  placeOf: MemberPlace,
): readonly DriftChange[] {
  const compared = compareMethods(before, after, placeOf);
  const changes = collect(after, (rule, report) => {
    rule.compared?.(compared, report);
  });
  return [...changes, ...conclude(compared, changes)];
}

function conclude(
  compared: ComparedInterface,
  changes: readonly DriftChange[],
): readonly DriftChange[] {
  return collect(compared.after, (rule, report) => {
    rule.concluded?.(compared, changes, report);
  });
}

function added(state: InterfaceState): readonly DriftChange[] {
  return collect(state, (rule, report) => {
    rule.added?.(state, report);
  });
}

function removed(state: InterfaceState): readonly DriftChange[] {
  return collect(state, (rule, report) => {
    rule.removed?.(state, report);
  });
}

function collect(
  state: InterfaceState,
  run: (rule: DriftRule, report: Report) => void,
): readonly DriftChange[] {
  const changes: DriftChange[] = [];
  for (const rule of driftRules) {
    run(rule, (message, { methods = [], span, severity, category } = {}) => {
      const named = state.methods.find(({ name }) => name === methods[0]);
      changes.push({
        rule: rule.id,
        category: category ?? rule.category,
        severity: severity ?? rule.severity,
        interfaceId: state.id,
        interfaceName: state.name,
        methods,
        message,
        span: span ?? named?.span ?? state.span,
      });
    });
  }
  return changes;
}

/** By id; what is left by name, where only one of each side has it. */
function pairUp(
  before: readonly InterfaceState[],
  after: readonly InterfaceState[],
): ReadonlyMap<InterfaceState, InterfaceState> {
  const pairs = new Map<InterfaceState, InterfaceState>();
  const free = new Set(before);
  const pair = (now: InterfaceState, then: InterfaceState | undefined): void => {
    if (then !== undefined) {
      pairs.set(now, then);
      free.delete(then);
    }
  };
  for (const now of after) {
    pair(
      now,
      before.find(({ id, kind }) => id === now.id && kind === now.kind),
    );
  }
  for (const now of after) {
    const isAlike = ({ name, kind }: InterfaceState): boolean =>
      name === now.name && kind === now.kind;
    const candidates = [...free].filter(isAlike);
    const others = after.filter((each) => !pairs.has(each) && isAlike(each));
    if (!pairs.has(now) && candidates.length === 1 && others.length === 1) {
      pair(now, candidates[0]);
    }
  }
  return pairs;
}
