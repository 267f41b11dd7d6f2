// Enables features on a dependency line, whatever form the line has.

import { enableFeatures as edit } from "../../cargo/edit/editManifest.ts";
import type { SetupFix } from "../../project/asyncRules/setupFinding.ts";
import type { QuickFix } from "./quickFix.ts";

type EnableFeatures = Extract<SetupFix, { kind: "enableFeatures" }>;

export const enableFeatures: QuickFix<EnableFeatures> = (
  { manifestPath: file, entry: { key, kind, target }, features },
  { files },
) => {
  const edited = edit(files.read(file) ?? "", { key, kind, target, features });
  return edited.ok ? { file, text: edited.value.text } : undefined;
};
