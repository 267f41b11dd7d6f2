// Runs every rule on the Fidius code of a crate.

import type { CrateCheck } from "../rust/fidius/crateCheck.ts";
import type { RustProblem } from "../rust/fidius/facts.ts";
import { spanOf } from "../rust/names/modules.ts";
import { sourceRules } from "./rules/index.ts";
import { implSubject, traitSubject } from "./source/subjects.ts";
import type { ReportAt, SourceRule } from "./sourceRule.ts";

/** What all rules say of a crate. */
export const checkCrate: CrateCheck = (sources) => {
  const interfaces = sources.interfaces.map((found) => traitSubject(sources, found));
  const hostInterfaces = sources.hostInterfaces.map((found) => traitSubject(sources, found));
  const impls = sources.impls.map((found) => implSubject(sources, found));
  const problems: RustProblem[] = [];
  for (const rule of sourceRules) {
    const at = reporter(rule, problems);
    for (const subject of interfaces) {
      rule.interface?.(subject, (...rest) => {
        at(subject.placed, ...rest);
      });
    }
    for (const subject of impls) {
      rule.impl?.(subject, (...rest) => {
        at(subject.placed, ...rest);
      });
    }
    for (const subject of hostInterfaces) {
      rule.hostInterface?.(subject, (...rest) => {
        at(subject.placed, ...rest);
      });
    }
    rule.crate?.(sources, at);
  }
  return problems;
};

/** Where the rule's diagnostics go. */
function reporter({ id, severity }: SourceRule, problems: RustProblem[]): ReportAt {
  return (subject, fragment, message, { placed = subject, ...details } = {}) => {
    problems.push({ code: id, severity, message, span: spanOf(placed, fragment), ...details });
  };
}
