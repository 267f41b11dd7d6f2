// Another line of Fidius releases: another ABI.

import { releasesOfAbi } from "../../../abi/versions.ts";
import { exampleInterface, runMethod } from "../../example.ts";
import type { DriftRule } from "../../driftRule.ts";

const text = exampleInterface({ methods: runMethod });

export const fidiusChanged: DriftRule = {
  id: "fidius-changed",
  category: "binary",
  severity: "breaking",
  page: {
    finds: "An interface that is built with a release of Fidius of another ABI.",
    why: "Hosts refuse plugins of another ABI, and plugins that stay at the old release do not compile: the generated code of both does not fit together.",
    instead: "Raise Fidius in the interface, its plugins and its hosts together.",
    before: text,
    after: text,
    limits:
      "The release is that of the lock file or of the requirement. Releases of one minor version share their ABI.",
  },
  compared: ({ before, after }, report) => {
    if (before.abi === undefined || after.abi === undefined || before.abi === after.abi) {
      return;
    }
    const [then, now] = [before.abi, after.abi].map(
      (abi) => `Fidius ${releasesOfAbi(abi) ?? "of an unknown release"} (ABI ${String(abi)})`,
    );
    report(
      `It was built with ${then ?? ""} and is built with ${now ?? ""}. Hosts refuse plugins of another ABI, and plugins have to raise Fidius too.`,
    );
  },
};
