// A package.toml without `[metadata]`.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { headerPlace, manifestFix } from "../../source/manifestPlaces.ts";

export const packageMetadataMissing: ManifestRule = {
  id: "package-metadata-missing",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A package.toml without the table `[metadata]`.",
    why: "Fidius needs the table, even an empty one, and refuses the package without it (reference 7.3).",
    bad: packageExample.replace("\n[metadata]\n", ""),
    good: packageExample,
  },
  check: (subject, report) => {
    if (!Object.hasOwn(subject.document.root, "metadata")) {
      const { length } = subject.document.text;
      report(
        headerPlace(subject, "package"),
        "This package has no `[metadata]`, which Fidius needs, even an empty one. Add the table.",
        manifestFix(subject, "Add `[metadata]`", { start: length, end: length }, "\n[metadata]\n"),
      );
    }
  },
};
