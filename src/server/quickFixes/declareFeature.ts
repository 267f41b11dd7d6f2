// Declares a feature in the manifest of a package.

import { declareFeature as edit } from "../../cargo/edit/declareFeature.ts";
import type { ManifestFix } from "../../model/manifestFix.ts";
import type { QuickFix } from "./quickFix.ts";

type DeclareFeature = Extract<ManifestFix, { kind: "declareFeature" }>;

export const declareFeature: QuickFix<DeclareFeature> = (
  { manifestPath: file, feature, enables },
  { files },
) => {
  const edited = edit(files.read(file) ?? "", feature, enables);
  return edited.ok ? { file, text: edited.value.text } : undefined;
};
