// The list of rules. A new rule is a file beside this one and a line here.

import type { ProjectSnapshot } from "../project/project.ts";
import { companionNotInScope } from "./setup/companionNotInScope.ts";
import { fidiusVersions } from "./setup/fidiusVersions.ts";
import { foreignRuntime } from "./setup/foreignRuntime.ts";
import { hostFeature } from "./setup/hostFeature.ts";
import { manifestRules } from "./setup/manifestRules.ts";
import { manifests } from "./setup/manifests.ts";
import { missingAsyncFeature } from "./setup/missingAsyncFeature.ts";
import { missingFidiusDependency } from "./setup/missingFidiusDependency.ts";
import { methodOrder } from "./setup/methodOrder.ts";
import type { ProjectRule, ProjectDiagnostic } from "./diagnostic.ts";
import { plainPolicy, withPolicy, type DiagnosticPolicy } from "./policy.ts";
import { rustProblems } from "./setup/rustProblems.ts";
import { tokioDependency } from "./setup/tokioDependency.ts";

const rules: readonly ProjectRule[] = [
  manifests,
  manifestRules,
  missingFidiusDependency,
  missingAsyncFeature,
  companionNotInScope,
  tokioDependency,
  foreignRuntime,
  methodOrder,
  fidiusVersions,
  hostFeature,
  rustProblems,
];

/** Everything that the rules have to say about a snapshot, as the policy wants it shown. */
export function diagnose(
  snapshot: ProjectSnapshot,
  policy: DiagnosticPolicy = plainPolicy,
): readonly ProjectDiagnostic[] {
  return withPolicy(everything(snapshot), snapshot.files, policy);
}

/** What quick fixes are made of: what is said by others has a fix all the same. */
export function everything(snapshot: ProjectSnapshot): readonly ProjectDiagnostic[] {
  return rules.flatMap((rule) => rule(snapshot));
}
