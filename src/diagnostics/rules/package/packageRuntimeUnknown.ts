// A `runtime` that Fidius does not have.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, valuePlace } from "../../source/manifestPlaces.ts";

export const packageRuntimeUnknown: ManifestRule = {
  id: "package-runtime-unknown",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A `runtime` in a package.toml that is not `rust`, `python` or `wasm`.",
    why: "Fidius refuses the package (reference 7.3).",
    bad: packageExample.replace("\n[metadata]", 'runtime = "go"\n\n[metadata]'),
    good: packageExample,
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "runtime");
    const value = entry?.value.type === "TOMLValue" ? entry.value.value : undefined;
    if (entry !== undefined && !["rust", "python", "wasm"].includes(String(value))) {
      report(
        valuePlace(entry),
        "Fidius has the runtimes `rust`, `python` and `wasm`, and no other. Write one of them, or remove the line for `rust`.",
      );
    }
  },
};
