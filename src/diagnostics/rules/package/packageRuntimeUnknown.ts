// A `runtime` that Fidius does not have.

import { packageRuntimes } from "../../../model/package/packageKeys.ts";
import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, plainValue, valuePlace } from "../../source/manifestPlaces.ts";
import { nearestName } from "../../source/nearestName.ts";

export const packageRuntimeUnknown: ManifestRule = {
  id: "package-runtime-unknown",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A `runtime` in a package.toml that is not `rust`, `python` or `wasm`.",
    why: "Fidius refuses the package (reference 7.3).",
    bad: packageExample.replace("\n[metadata]", 'runtime = "Rust"\n\n[metadata]'),
    good: packageExample,
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "runtime");
    const value = entry && plainValue(entry);
    if (entry === undefined || typeof value !== "string") {
      return;
    }
    if (!packageRuntimes.some((runtime) => runtime === value)) {
      const nearest = nearestName(value.toLowerCase(), packageRuntimes);
      report(
        valuePlace(entry),
        "Fidius has the runtimes `rust`, `python` and `wasm`, and no other. Write one of them, or remove the line for `rust`.",
        nearest === undefined
          ? []
          : manifestFix(subject, `Write "${nearest}"`, valuePlace(entry), `"${nearest}"`),
      );
    }
  },
};
