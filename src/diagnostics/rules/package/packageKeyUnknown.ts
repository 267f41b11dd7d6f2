// A table or a key of a package.toml that Fidius does not read.

import type { TextRange, TomlDocument } from "../../../cargo/manifest/tomlDocument.ts";
import { packageTable, packageTables } from "../../../model/package/packageKeys.ts";
import type { ManifestRule, ManifestSubject, ReportInManifest } from "../../manifestRule.ts";
import { nearestName } from "../../source/nearestName.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { manifestFix } from "../../source/manifestPlaces.ts";

export const packageKeyUnknown: ManifestRule = {
  id: "package-key-unknown",
  severity: "warning",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      "A table, or a key under `[package]`, `[python]` or `[wasm]`, that Fidius does not know.",
    why: "Fidius ignores it, so that a slip in `extension` or `runtime` has no effect and no message.",
    bad: packageExample.replace("\n[metadata]", 'runtimes = "rust"\n\n[metadata]'),
    good: packageExample,
    limits: "What stands under `[metadata]` is the host's, and nothing is said of it.",
  },
  check: (subject, report) => {
    const { document } = subject;
    for (const [name, place] of tablePlaces(document)) {
      if (packageTable(name) === undefined) {
        say(subject, report, { name: `[${name}]`, place, written: name, known: tableNames });
      }
    }
    for (const { path, keyParts } of document.entries) {
      const [table = "", key = ""] = path;
      const place = keyParts.at(-1);
      const known = Object.keys(packageTable(table)?.keys ?? {});
      const isRead = known.length === 0 || known.includes(key);
      if (path.length === 2 && !isRead && place !== undefined) {
        say(subject, report, { name: key, place, written: key, known });
      }
    }
  },
};

const tableNames = packageTables.map(({ name }) => name);

/** What stands at the root, each where it stands first. */
function tablePlaces({ headers, entries }: TomlDocument): ReadonlyMap<string, TextRange> {
  const places = new Map<string, TextRange>();
  for (const { path, keyParts } of [...headers, ...entries]) {
    const [name] = path;
    // Below a header only its own parts are written.
    const first = keyParts.length === path.length ? keyParts[0] : undefined;
    if (name !== undefined && first !== undefined && !places.has(name)) {
      places.set(name, first);
    }
  }
  return places;
}

interface Unknown {
  readonly name: string;
  readonly place: TextRange;
  readonly written: string;
  readonly known: readonly string[];
}

function say(
  subject: ManifestSubject,
  report: ReportInManifest,
  { name, place, written, known }: Unknown,
): void {
  const nearest = nearestName(written, known);
  report(
    place,
    `Fidius does not read \`${name}\` in a package.toml. ${nearest === undefined ? "Put it under `[metadata]`, or remove it." : `Did you mean \`${nearest}\`?`}`,
    nearest === undefined ? [] : manifestFix(subject, `Write \`${nearest}\``, place, nearest),
  );
}
