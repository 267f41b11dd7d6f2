// Another path to Fidius in the interface's attribute.

import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

const reexport = "pub use fidius;";

export const cratePathChanged: DriftRule = {
  id: "crate-path-changed",
  category: "source",
  severity: "breaking",
  page: {
    finds: 'An interface whose `crate = "…"` went through its own crate and does no longer.',
    why: 'Nothing of it crosses. Plugins of such an interface reach Fidius through its crate, `crate = "iface::fidius"`, and do not compile once the re-export is gone.',
    instead: "Keep the re-export.",
    before: exampleInterface({
      methods: runMethod,
      items: reexport,
      more: ', crate = "crate::fidius"',
    }),
    after: exampleInterface({ methods: runMethod, version: 2 }),
    limits: "Any other path is a matter of the interface's crate alone and told as safe.",
  },
  compared: ({ before, after }, report) => {
    const [then, now] = [before.cratePath, after.cratePath];
    if (then === undefined || now === undefined || then === now) {
      return;
    }
    const isOwn = /^(?:crate|self|super)::/u.test(then);
    report(
      isOwn
        ? `The path to Fidius was \`${then}\` and is \`${now}\`. Plugins that reach Fidius through this crate do not compile if it re-exports it no longer.`
        : `The path to Fidius was \`${then}\` and is \`${now}\`, which only this crate sees.`,
      isOwn ? {} : { severity: "safe" },
    );
  },
};
