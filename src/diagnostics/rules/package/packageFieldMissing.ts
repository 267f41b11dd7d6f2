// A package.toml that lacks a field which Fidius needs.

import { packageTables } from "../../../model/package/packageKeys.ts";
import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, headerPlace, manifestFix } from "../../source/manifestPlaces.ts";
import { fieldText } from "../../source/packageFields.ts";

export const packageFieldMissing: ManifestRule = {
  id: "package-field-missing",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      "A package.toml without `name`, `version`, `interface` or `interface_version`, a `[python]` without `entry_module`, a `[wasm]` without `component`.",
    why: "Fidius refuses to load or to pack such a package (reference 7.3). The fix takes what the crate says.",
    bad: packageExample.replace(/interface = .*\n/u, ""),
    good: packageExample,
  },
  check: (subject, report) => {
    const { document } = subject;
    for (const { name: table, keys = {} } of packageTables) {
      const isThere = Object.hasOwn(document.root, table);
      const missing = Object.keys(keys).filter(
        (key) => keys[key]?.isRequired === true && entryAt(subject, table, key) === undefined,
      );
      if (missing.length === 0 || (!isThere && table !== "package")) {
        continue;
      }
      const list = missing.map((field) => `\`${field}\``).join(", ");
      const header = document.headers.find(({ path }) => path.join() === table);
      const lines = missing.map((key) => fieldText(subject, table, key));
      const added = `\n${lines.join("\n")}`;
      const fixes =
        header !== undefined
          ? manifestFix(
              subject,
              `Add ${list}`,
              { start: header.bodyEnd, end: header.bodyEnd },
              added,
            )
          : isThere
            ? []
            : manifestFix(subject, `Add ${list}`, { start: 0, end: 0 }, `[${table}]${added}\n\n`);
      report(
        headerPlace(subject, table),
        `This package has no ${list}, which Fidius needs to load it. Add ${missing.length === 1 ? "it" : "them"}.`,
        fixes,
      );
    }
  },
};
