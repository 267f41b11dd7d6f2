// A package.toml with another interface version than the code.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, valuePlace } from "../../source/manifestPlaces.ts";

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
    const { interfaces } = subject.snapshot.model;
    const versions = subject.plugins.flatMap(({ schema }) => {
      const found = interfaces.find(({ id }) => id === schema.interfaceId);
      return found?.version ?? [];
    });
    const written = entry?.value.type === "TOMLValue" ? Number(entry.value.value) : undefined;
    const [version] = versions;
    if (entry !== undefined && version !== undefined && !versions.includes(written ?? version)) {
      report(
        valuePlace(entry),
        `The interface in the code has version ${String(version)}. Write the same here.`,
        manifestFix(subject, `Write ${String(version)}`, valuePlace(entry), String(version)),
      );
    }
  },
};
