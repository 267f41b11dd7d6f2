// A package.toml with another interface version than the code.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, plainValue, valuePlace } from "../../source/manifestPlaces.ts";
import { interfacesOf } from "../../source/packageFields.ts";

export const packageVersionDiffers: ManifestRule = {
  id: "package-version-differs",
  severity: "warning",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      "An `interface_version` that is not the version of the interface which the plugin implements.",
    why: "Nothing compares the two when the package is built. A host that goes by the package then loads a plugin of another version.",
    bad: packageExample.replace("interface_version = 1", "interface_version = 7"),
    good: packageExample,
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "interface_version");
    const versions = interfacesOf(subject).map(({ version }) => version);
    const written = entry && plainValue(entry);
    const [version] = versions;
    if (
      entry !== undefined &&
      typeof written === "number" &&
      version !== undefined &&
      !versions.includes(written)
    ) {
      report(
        valuePlace(entry),
        `The interface in the code has version ${String(version)}. Write the same here.`,
        manifestFix(subject, `Write ${String(version)}`, valuePlace(entry), String(version)),
      );
    }
  },
};
