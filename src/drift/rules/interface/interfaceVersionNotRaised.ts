// Changes under the version of before.

import { exampleInterface, runMethod } from "../../example.ts";
import { concernsVersion } from "../../concernsVersion.ts";
import type { DriftRule } from "../../driftRule.ts";

export const interfaceVersionNotRaised: DriftRule = {
  id: "interface-version-not-raised",
  category: "binary",
  severity: "warning",
  page: {
    finds: "An interface that changed and has the version of before, or a lower one.",
    why: "The version is what people and hosts see of a change: nobody can tell plugins of then from plugins of now.",
    instead: "Raise `version` by one.",
    before: exampleInterface({ methods: runMethod }),
    after: exampleInterface({ methods: `${runMethod}\n    fn stop(&self) -> bool;` }),
    limits: "Other paths, modules, metadata or a new release of Fidius need no new version.",
  },
  concluded: ({ before, after }, changes, report) => {
    const reasons = changes.filter(concernsVersion);
    const [first] = reasons;
    if (first !== undefined && after.version <= before.version) {
      const next = before.version + 1;
      const state =
        after.version < before.version
          ? `went down from ${String(before.version)} to ${String(after.version)}`
          : `is still ${String(after.version)}`;
      report(
        `\`${after.name}\` changed and its version ${state}. Write \`version = ${String(next)}\`.`,
        { methods: first.methods, span: first.span },
      );
    }
  },
};
