// A package.toml that lacks a field which Fidius needs.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, headerPlace } from "../../source/manifestPlaces.ts";

export const packageFieldMissing: ManifestRule = {
  id: "package-field-missing",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A package.toml without `name`, `version`, `interface` or `interface_version`.",
    why: "Fidius refuses to load or to pack such a package (reference 7.3).",
    bad: packageExample.replace(/interface = .*\n/u, ""),
    good: packageExample,
  },
  check: (subject, report) => {
    const missing = ["name", "version", "interface", "interface_version"].filter(
      (field) => entryAt(subject, "package", field) === undefined,
    );
    if (missing.length > 0) {
      const list = missing.map((field) => `\`${field}\``).join(", ");
      report(
        headerPlace(subject, "package"),
        `This package has no ${list}, which Fidius needs to load it. Add ${missing.length === 1 ? "it" : "them"}.`,
      );
    }
  },
};
