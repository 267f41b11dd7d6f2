// The list of rules. A new rule is a file beside this one and a line here.

import type { ProjectSnapshot } from "../../project/project.ts";
import { companionNotInScope } from "./companionNotInScope.ts";
import { foreignRuntime } from "./foreignRuntime.ts";
import { manifests } from "./manifests.ts";
import { missingAsyncFeature } from "./missingAsyncFeature.ts";
import { missingFidiusDependency } from "./missingFidiusDependency.ts";
import { methodOrder } from "./methodOrder.ts";
import type { DiagnosticRule, ProjectDiagnostic } from "./rule.ts";
import { rustProblems } from "./rustProblems.ts";
import { tokioDependency } from "./tokioDependency.ts";

const rules: readonly DiagnosticRule[] = [
  manifests,
  missingFidiusDependency,
  missingAsyncFeature,
  companionNotInScope,
  tokioDependency,
  foreignRuntime,
  methodOrder,
  rustProblems,
];

/** Everything that the rules have to say about a snapshot. */
export function diagnose(snapshot: ProjectSnapshot): readonly ProjectDiagnostic[] {
  return rules.flatMap((rule) => rule(snapshot));
}
