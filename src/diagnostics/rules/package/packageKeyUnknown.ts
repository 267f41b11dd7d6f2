// A key of a package.toml that Fidius does not read.

import type { ManifestRule } from "../../manifestRule.ts";
import { nearestName } from "../../source/nearestName.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { manifestFix } from "../../source/manifestPlaces.ts";

const known: readonly string[] = [
  "name",
  "version",
  "interface",
  "interface_version",
  "extension",
  "runtime",
];

export const packageKeyUnknown: ManifestRule = {
  id: "package-key-unknown",
  severity: "warning",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A key under `[package]` that Fidius does not know.",
    why: "Fidius ignores it, so that a slip in `extension` or `runtime` has no effect and no message.",
    bad: packageExample.replace("\n[metadata]", 'runtimes = "rust"\n\n[metadata]'),
    good: packageExample,
  },
  check: (subject, report) => {
    for (const { path, keyParts } of subject.document.entries) {
      const [table, key = ""] = path;
      const place = keyParts.at(-1);
      if (table === "package" && path.length === 2 && !known.includes(key) && place !== undefined) {
        const nearest = nearestName(key, known);
        report(
          place,
          `Fidius does not read \`${key}\` in a package.toml. ${nearest === undefined ? "Put it under `[metadata]`, or remove it." : `Did you mean \`${nearest}\`?`}`,
          nearest === undefined ? [] : manifestFix(subject, `Write \`${nearest}\``, place, nearest),
        );
      }
    }
  },
};
