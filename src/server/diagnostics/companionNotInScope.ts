// Rule (f): the companion module that the generated code names bare is not imported beside the trait.

import { findingsOf, placeFinding } from "./findings.ts";
import type { DiagnosticRule } from "./rule.ts";

export const companionNotInScope: DiagnosticRule = (snapshot) =>
  findingsOf(snapshot, "companionNotInScope").flatMap((finding) => {
    const { traitImport } = finding.plugin;
    return placeFinding(snapshot, finding, {
      severity: "error",
      extraSpans: traitImport === null ? [] : [traitImport.leafSpan],
    });
  });
