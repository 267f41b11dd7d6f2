// Rule (f): the companion module that the generated code names bare is not imported beside the trait.

import { findingsOf, placeFinding, pluginSpans } from "./findings.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const companionNotInScope: ProjectRule = (snapshot) =>
  findingsOf(snapshot, "companionNotInScope").flatMap((finding) => {
    const { traitImport } = finding.plugin;
    return placeFinding(snapshot, finding, {
      severity: "error",
      extraSpans: [
        ...pluginSpans(finding),
        ...(traitImport === null ? [] : [traitImport.leafSpan]),
      ],
    });
  });
