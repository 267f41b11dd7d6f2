// Runs every rule on the Fidius code of a crate.

import type { CrateCheck } from "../rust/fidius/crateCheck.ts";
import type { RustProblem } from "../rust/fidius/facts.ts";
import { spanOf, type Placed } from "../rust/names/modules/modules.ts";
import type { TypeFinding } from "../rust/types/typeFindings.ts";
import { sourceRules } from "./rules/index.ts";
import { implSubject, traitSubject } from "./source/subjects.ts";
import type { Report, ReportAt, SourceRule } from "./sourceRule.ts";

/** What all rules say of a crate. */
export const checkCrate: CrateCheck = {
  interface: (found, sources) => {
    const subject = traitSubject(sources, found);
    return saidAt(subject.placed, (rule, report) => rule.interface?.(subject, report));
  },
  impl: (found, sources) => {
    const subject = implSubject(sources, found);
    return saidAt(subject.placed, (rule, report) => rule.impl?.(subject, report));
  },
  hostInterface: (found, sources) => {
    const subject = traitSubject(sources, found);
    return saidAt(subject.placed, (rule, report) => rule.hostInterface?.(subject, report));
  },
  types: (findings) =>
    sourceRules.flatMap((rule) => findings.flatMap((found) => saidOf(found, rule))),
  crate: (sources) => said((rule, report) => rule.crate?.(sources, report)),
};

/** What the rules say of one item. */
function saidAt(
  placed: Placed<unknown>,
  ask: (rule: SourceRule, report: Report) => void,
): readonly RustProblem[] {
  return said((rule, at) => {
    ask(rule, (...rest) => {
      at(placed, ...rest);
    });
  });
}

/** What a rule says where a method names a type. */
function saidOf(finding: TypeFinding, rule: SourceRule): readonly RustProblem[] {
  const problems: RustProblem[] = [];
  rule.type?.(finding, (message, details) => {
    problems.push({ ...headOf(rule), message, span: finding.span, ...details });
  });
  return problems;
}

function said(ask: (rule: SourceRule, report: ReportAt) => void): readonly RustProblem[] {
  const problems: RustProblem[] = [];
  for (const rule of sourceRules) {
    ask(rule, reporter(rule, problems));
  }
  return problems;
}

/** Where the rule's diagnostics go. */
function reporter(rule: SourceRule, problems: RustProblem[]): ReportAt {
  return (subject, fragment, message, { placed = subject, ...details } = {}) => {
    problems.push({ ...headOf(rule), message, span: spanOf(placed, fragment), ...details });
  };
}

/** What all diagnostics of a rule have in common. */
function headOf({
  id: code,
  severity,
  word,
}: SourceRule): Pick<RustProblem, "code" | "severity" | "isLiveInRustAnalyzer"> {
  return { code, severity, ...(word === "macro" && { isLiveInRustAnalyzer: true }) };
}
