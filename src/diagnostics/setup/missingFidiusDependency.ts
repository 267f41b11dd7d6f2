// Rule (a): the path that the generated code names leads to no dependency.

import { cratePathUnresolved } from "../rules/interfaceAttribute/cratePathUnresolved.ts";
import { findingsOf, placeFinding, pluginSpans } from "./findings.ts";
import { findingMessage } from "./sentences.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const missingFidiusDependency: ProjectRule = (snapshot) =>
  findingsOf(snapshot, "missingFidiusDependency").flatMap((finding) => {
    const { fidius, schema } = finding.plugin;
    if (!fidius.isDefault && finding.fixes.length === 0) {
      // No dependency is missing: the path is wrong.
      const code = cratePathUnresolved.id;
      const message = findingMessage(finding);
      const places = { span: fidius.span, related: [], fixes: [], plugin: schema };
      return [{ code, severity: "error", message, ...places } as const];
    }
    return placeFinding(snapshot, finding, {
      severity: "error",
      extraSpans: [...pluginSpans(finding), ...(fidius.isDefault ? [] : [fidius.span])],
    });
  });
