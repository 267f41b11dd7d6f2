// Rules (b), (c), (d): the crate that the generated code names is built without its `async` feature.

import { findingsOf, placeFinding } from "./findings.ts";
import type { DiagnosticRule } from "./rule.ts";

export const missingAsyncFeature: DiagnosticRule = (snapshot) =>
  findingsOf(snapshot, "missingAsyncFeature").flatMap((finding) =>
    placeFinding(snapshot, finding, { severity: "error" }),
  );
