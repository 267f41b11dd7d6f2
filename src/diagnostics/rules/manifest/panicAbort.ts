// A profile in which a panic ends the process.

import type { ManifestRule } from "../../manifestRule.ts";
import { cargoExample } from "../../source/examples/manifestExamples.ts";
import { linePlace, manifestFix, valuePlace } from "../../source/manifestPlaces.ts";

export const panicAbort: ManifestRule = {
  id: "panic-abort",
  severity: "warning",
  word: "silent",
  file: "Cargo.toml",
  page: {
    finds: 'A profile with `panic = "abort"` in a workspace that has a plugin.',
    why: "Fidius catches the panics of methods and hands them to the host as errors. With this setting there is nothing to catch: a panic ends the host.",
    bad: `${cargoExample}\n[profile.release]\npanic = "abort"\n`,
    good: cargoExample,
    limits: "Only the manifest at the root of the workspace counts, for cargo as well.",
  },
  check: (subject, report) => {
    if (!subject.isRoot) {
      return;
    }
    for (const entry of subject.document.entries) {
      const [table, profile, key] = entry.path;
      const isAbort =
        table === "profile" &&
        key === "panic" &&
        entry.path.length === 3 &&
        entry.value.type === "TOMLValue" &&
        entry.value.value === "abort";
      if (isAbort) {
        const fixes =
          entry.container === "inline"
            ? []
            : manifestFix(subject, 'Remove `panic = "abort"`', linePlace(subject, entry), "");
        report(
          valuePlace(entry),
          `In the profile \`${profile ?? ""}\` a panic in a plugin ends the host's process: Fidius has nothing to catch. Remove the line.`,
          fixes,
        );
      }
    }
  },
};
