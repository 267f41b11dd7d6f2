// A section of a package.toml that belongs to another runtime.

import { packageRuntimes } from "../../../model/package/packageKeys.ts";
import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import {
  entryAt,
  headerPlace,
  manifestFix,
  plainValue,
  valuePlace,
} from "../../source/manifestPlaces.ts";
import { fieldText } from "../../source/packageFields.ts";

export const packageSectionMismatch: ManifestRule = {
  id: "package-section-mismatch",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds: "A `[python]` or `[wasm]` without its runtime, or a runtime without its section.",
    why: "Each runtime needs its own section and refuses the other (reference 7.3).",
    bad: `${packageExample}\n[python]\nentry_module = "tool"\n`,
    good: packageExample,
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "runtime");
    const written = entry === undefined ? "rust" : plainValue(entry);
    const runtime = packageRuntimes.find((each) => each === written);
    if (runtime === undefined) {
      return; // another rule says so
    }
    for (const section of ["python", "wasm"]) {
      const isThere = Object.hasOwn(subject.document.root, section);
      if (isThere && runtime !== section) {
        report(
          headerPlace(subject, section),
          `\`[${section}]\` is for packages with \`runtime = "${section}"\`, and this one has \`${runtime}\`. Remove the section, or change the runtime.`,
        );
      } else if (!isThere && runtime === section && entry !== undefined) {
        const { length } = subject.document.text;
        const key = section === "python" ? "entry_module" : "component";
        report(
          valuePlace(entry),
          `A package with \`runtime = "${section}"\` needs the section \`[${section}]\`. Add it.`,
          manifestFix(
            subject,
            `Add \`[${section}]\``,
            { start: length, end: length },
            `\n[${section}]\n${fieldText(subject, section, key)}\n`,
          ),
        );
      }
    }
  },
};
