// Rule (g): an async method relies on a runtime that Fidius does not run.

import { findingsOf, placeFinding } from "./findings.ts";
import type { DiagnosticRule } from "./rule.ts";

export const foreignRuntime: DiagnosticRule = (snapshot) =>
  findingsOf(snapshot, "foreignRuntime").flatMap((finding) =>
    placeFinding(snapshot, finding, {
      severity: "warning",
      uses: finding.uses,
    }),
  );
