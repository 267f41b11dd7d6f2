// Matches the tokens of a macro's call against one rule, as rustc does: no way back but out of a repetition.

import type { TokenCursor } from "../syntax/items/tokenCursor.ts";
import { takeFragment } from "./fragments.ts";
import type { Pattern, TokenRange } from "./rules.ts";
import type { StepBudget } from "./stepBudget.ts";

/** What a variable of a pattern stands for. */
export type Binding =
  | { readonly kind: "fragment"; readonly fragment: string; readonly range: TokenRange }
  /** One entry for each turn of the repetition that it stands in. */
  | { readonly kind: "repeated"; readonly turns: readonly (Binding | undefined)[] };

export type Bindings = ReadonlyMap<string, Binding>;

/** The variables when all of the input matches; undefined when it does not. */
export function matchRule(
  pattern: readonly Pattern[],
  input: TokenCursor,
  budget: StepBudget,
): Bindings | undefined {
  const bindings = new Map<string, Binding>();
  return matchAll(pattern, input, bindings, budget) && input.isAtEnd ? bindings : undefined;
}

function matchAll(
  patterns: readonly Pattern[],
  input: TokenCursor,
  bindings: Map<string, Binding>,
  budget: StepBudget,
): boolean {
  return patterns.every((pattern) => budget.spend(1) && matchOne(pattern, input, bindings, budget));
}

function matchOne(
  pattern: Pattern,
  input: TokenCursor,
  bindings: Map<string, Binding>,
  budget: StepBudget,
): boolean {
  switch (pattern.kind) {
    case "token": {
      const isHere = input.peek()?.text === pattern.text;
      input.at += isHere ? 1 : 0;
      return isHere;
    }
    case "variable": {
      const from = input.at;
      const isHere = takeFragment(input, pattern.fragment);
      const range = { source: input.source, from, to: input.at };
      budget.spend(input.at - from);
      bindings.set(pattern.name, { kind: "fragment", fragment: pattern.fragment, range });
      return isHere;
    }
    case "group": {
      const inner = input.enter(pattern.open);
      return (
        inner !== undefined && matchAll(pattern.inner, inner, bindings, budget) && inner.isAtEnd
      );
    }
    case "repetition":
      return matchRepetition(pattern, input, bindings, budget);
  }
}

function matchRepetition(
  { inner, separator, operator }: Extract<Pattern, { kind: "repetition" }>,
  input: TokenCursor,
  bindings: Map<string, Binding>,
  budget: StepBudget,
): boolean {
  const turns: Bindings[] = [];
  const most = operator === "?" ? 1 : Number.POSITIVE_INFINITY;
  while (turns.length < most && budget.spend(1)) {
    const before = input.at;
    const turn = new Map<string, Binding>();
    const isSeparated = turns.length === 0 || takeAll(input, separator);
    if (!isSeparated || !matchAll(inner, input, turn, budget) || input.at === before) {
      input.at = before;
      break;
    }
    turns.push(turn);
  }
  for (const name of variablesOf(inner)) {
    bindings.set(name, { kind: "repeated", turns: turns.map((turn) => turn.get(name)) });
  }
  return operator !== "+" || turns.length > 0;
}

function takeAll(input: TokenCursor, texts: readonly string[]): boolean {
  return texts.every((text) => {
    const isHere = input.peek()?.text === text;
    input.at += isHere ? 1 : 0;
    return isHere;
  });
}

function variablesOf(patterns: readonly Pattern[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    switch (pattern.kind) {
      case "token":
        return [];
      case "variable":
        return [pattern.name];
      case "group":
      case "repetition":
        return variablesOf(pattern.inner);
    }
  });
}
