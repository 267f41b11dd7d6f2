// A package.toml with another name or version than the crate beside it.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, plainValue, valuePlace } from "../../source/manifestPlaces.ts";
import { fieldValue } from "../../source/packageFields.ts";

export const packageCrateDiffers: ManifestRule = {
  id: "package-crate-differs",
  severity: "hint",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A `name` or `version` that is not the one of the crate beside the package.toml.",
    why: "The archive is called by what stands here. Nothing compares it with Cargo.toml, so that it stays behind when the crate's version is raised.",
    bad: packageExample.replace('version = "0.1.0"', 'version = "0.0.9"'),
    good: packageExample,
    limits: "A package may have a name of its own on purpose: this is a hint.",
  },
  check: (subject, report) => {
    for (const key of subject.plugins.length === 0 ? [] : ["name", "version"]) {
      const entry = entryAt(subject, "package", key);
      const value = entry && plainValue(entry);
      const right = fieldValue(subject, key);
      if (entry !== undefined && typeof value === "string" && right !== undefined) {
        if (JSON.stringify(value) !== right) {
          report(
            valuePlace(entry),
            `Cargo.toml has the ${key} ${right}. Write the same here, if the package is to follow the crate.`,
            manifestFix(subject, `Write ${right}`, valuePlace(entry), right),
          );
        }
      }
    }
  },
};
