// Rule (g): an async method relies on a runtime that Fidius does not run.

import { findingsOf, placeFinding } from "./findings.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const foreignRuntime: ProjectRule = (snapshot) =>
  findingsOf(snapshot, "foreignRuntime").flatMap((finding) =>
    placeFinding(snapshot, finding, {
      severity: "warning",
      uses: finding.uses,
    }),
  );
