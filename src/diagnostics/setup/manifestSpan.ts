// Where a dependency line stands in the text of its manifest, for diagnostics.

import { readManifestSource } from "../../cargo/edit/manifestSource.ts";
import type { Range, SourceSpan } from "../../model/text/span.ts";
import type { ManifestPlace } from "../../project/asyncRules/setupFinding.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";

/** The line, the key of a table that spans lines, or the `[dependencies]` header; undefined when the text does not parse. */
export function manifestSpan(files: SourceFiles, place: ManifestPlace): SourceSpan | undefined {
  const file = place.manifestPath;
  const source = readManifestSource(files.read(file) ?? "");
  if (!source.ok) {
    return undefined;
  }
  const { dependencyHeaders, packageName, packageHeader } = source.value;
  const entry = place.entry === null ? undefined : source.value.dependency(place.entry);
  if (entry !== undefined) {
    return { file, ...(isOneLine(entry.entryRange) ? entry.entryRange : entry.keyRange) };
  }
  const header = dependencyHeaders.find(({ kind, target }) => kind === "normal" && target === null);
  const range = header?.range ?? packageName ?? packageHeader;
  return range === null ? undefined : { file, ...range };
}

function isOneLine({ start, end }: Range): boolean {
  return start.line === end.line;
}
