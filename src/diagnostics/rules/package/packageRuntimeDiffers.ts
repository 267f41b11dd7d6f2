// A package.toml whose runtime cannot run what the crate beside it makes.

import { isGuestPath } from "../../../rust/fidius/guest.ts";
import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, headerPlace, plainValue, valuePlace } from "../../source/manifestPlaces.ts";

export const packageRuntimeDiffers: ManifestRule = {
  id: "package-runtime-differs",
  severity: "warning",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      'A package of `runtime = "wasm"` or `"python"` whose crate makes a native plugin, and the other way round.',
    why: "The host goes by `runtime`. It looks for a component or a module in the package, and the library that cargo builds is not loaded.",
    bad: `${packageExample.replace("\n[metadata]", 'runtime = "wasm"\n\n[metadata]')}\n[wasm]\ncomponent = "tool.wasm"\n`,
    good: packageExample,
    limits:
      'A plugin is one for WASM when its attribute says `crate = "fidius_guest"`. A crate with plugins of both kinds is left alone.',
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "runtime");
    const runtime = entry === undefined ? "rust" : plainValue(entry);
    const guests = subject.plugins.filter(({ fidius }) => isGuestPath(fidius)).length;
    const isMixed = guests > 0 && guests < subject.plugins.length;
    if (subject.plugins.length === 0 || isMixed) {
      return;
    }
    const place = entry === undefined ? headerPlace(subject, "package") : valuePlace(entry);
    if (guests === 0 && (runtime === "wasm" || runtime === "python")) {
      report(
        place,
        `The crate beside this package makes a native plugin, which a host does not load from a package with \`runtime = "${runtime}"\`. Remove the line, or take another crate.`,
      );
    } else if (guests > 0 && runtime === "rust") {
      report(
        place,
        'The crate beside this package makes a WASM component, and the host looks for a native library. Write `runtime = "wasm"`, with a `[wasm]` that names the component.',
      );
    }
  },
};
