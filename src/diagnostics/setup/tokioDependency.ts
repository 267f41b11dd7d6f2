// Rule (e): code names tokio, which is no dependency, or a part of tokio whose feature the build does not enable.

import { findingsOf, looseSpans, placeFinding } from "./findings.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const tokioDependency: ProjectRule = (snapshot) => [
  ...findingsOf(snapshot, "missingTokioDependency").flatMap((finding) =>
    placeFinding(snapshot, finding, {
      severity: "error",
      uses: finding.uses,
      extraSpans: looseSpans(finding),
    }),
  ),
  ...findingsOf(snapshot, "missingTokioFeature").flatMap((finding) =>
    placeFinding(snapshot, finding, {
      severity: finding.isCertain ? "error" : "warning",
      uses: finding.uses,
      extraSpans: looseSpans(finding),
    }),
  ),
];
