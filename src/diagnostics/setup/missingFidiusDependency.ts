// Rule (a): the path that the generated code names leads to no dependency.

import { findingsOf, placeFinding, pluginSpans } from "./findings.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const missingFidiusDependency: ProjectRule = (snapshot) =>
  findingsOf(snapshot, "missingFidiusDependency").flatMap((finding) =>
    placeFinding(snapshot, finding, {
      severity: "error",
      extraSpans: [
        ...pluginSpans(finding),
        ...(finding.plugin.fidius.isDefault ? [] : [finding.plugin.fidius.span]),
      ],
    }),
  );
