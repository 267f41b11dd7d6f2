// Quick fixes for what rustc says, whoever shows it: a build in VS Code, rust-analyzer, another editor's own cargo check. What the compiler
// marks comes with the request.

import path from "node:path";
import * as z from "zod";
import type { Diagnostic } from "vscode-languageserver";
import type { DiagnosticFix } from "../../diagnostics/diagnostic.ts";
import type { Range } from "../../model/text/span.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { entryOf } from "../../project/asyncRules/setupFinding.ts";
import type { ProjectDiagnostic } from "../../diagnostics/diagnostic.ts";
import { pathOfUri } from "../fileUris.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";

/** What rustc writes at an item that a feature keeps out. */
const gated = /gated behind the `(?<feature>[^`]+)` feature/u;

/** Files of a package above one of its sources. */
const deepestSource = 16;

/** The features that rustc says are missing, each enabled on the dependency that leads to the item's package. */
export function gatedFeatureFixes(
  file: string,
  diagnostics: readonly Diagnostic[],
  snapshot: ProjectSnapshot,
): readonly DiagnosticFix[] {
  const crate = ownerCrate(snapshot.graph, file);
  if (crate === undefined) {
    return [];
  }
  const { manifestPath } = crate.info;
  const wanted = diagnostics.filter(({ source }) => source !== "fidius").flatMap(gatedItems);
  return wanted.flatMap(({ feature, uri }): readonly DiagnosticFix[] => {
    const place = pathOfUri(uri);
    const name = place === undefined ? undefined : packageAround(place, snapshot);
    const line = crate.dependencies.find(({ packageName }) => packageName === name);
    return line === undefined
      ? []
      : [{ kind: "enableFeatures", manifestPath, entry: entryOf(line), features: [feature] }];
  });
}

interface GatedItem {
  readonly feature: string;
  /** A file of the package that has the feature. */
  readonly uri: string;
}

/** Labels at the item, or rustc's whole text, which rust-analyzer keeps beside its own. */
function gatedItems({ relatedInformation = [], data }: Diagnostic): readonly GatedItem[] {
  const text = renderedSchema.safeParse(data).data?.rendered ?? "";
  return relatedInformation.flatMap(({ message, location: { uri } }) => {
    const inText = message.includes("configured out") ? text : "";
    const feature = (gated.exec(message) ?? gated.exec(inText))?.groups?.["feature"];
    return feature === undefined ? [] : [{ feature, uri }];
  });
}

const renderedSchema = z.object({ rendered: z.string() });

/** The name in the nearest Cargo.toml above a file, be it of a registry. */
function packageAround(file: string, { files }: ProjectSnapshot): string | undefined {
  let folder = path.dirname(file);
  for (let step = 0; step < deepestSource; step++) {
    const manifest = files.read(path.join(folder, "Cargo.toml"));
    const name = /^\s*\[package\][^[]*?^\s*name\s*=\s*"(?<name>[^"]+)"/mu.exec(manifest ?? "");
    if (manifest !== undefined || path.dirname(folder) === folder) {
      return name?.groups?.["name"];
    }
    folder = path.dirname(folder);
  }
  return undefined;
}

/** Errors that rustc puts on the attribute of an interface or a plugin, though their cause stands in the item below it. */
const onAttribute: ReadonlySet<string> = new Set([
  "E0053",
  "E0061",
  "E0277",
  "E0308",
  "E0407",
  "E0425",
  "E0428",
  "E0432",
  "E0433",
  "E0599",
]);

/** What the rules say inside of an item whose attribute the compiler marks; its fixes mend what the compiler means. */
export function meantByCompiler(
  { file, diagnostics }: { readonly file: string; readonly diagnostics: readonly Diagnostic[] },
  said: readonly ProjectDiagnostic[],
  snapshot: ProjectSnapshot,
): readonly ProjectDiagnostic[] {
  const { plugins, interfaces } = snapshot.rust;
  const marked = diagnostics.filter(
    ({ source, code }) => source !== "fidius" && onAttribute.has(String(code ?? "")),
  );
  const items = [...plugins, ...interfaces].filter(
    ({ attributeSpan }) =>
      attributeSpan.file === file && marked.some(({ range }) => isWithin(range, attributeSpan)),
  );
  return said.filter(
    ({ severity, span, plugin }) =>
      severity === "error" &&
      items.some(
        ({ schema }) => plugin?.id === schema.id || (span.file === file && isIn(span, schema)),
      ),
  );
}

/** In one of the methods, whose spans an item's schema knows. */
function isIn(
  span: SourceSpan,
  { methods }: { readonly methods: readonly { readonly fullSpan?: SourceSpan }[] },
): boolean {
  return methods.some(({ fullSpan }) => fullSpan !== undefined && isWithin(span, fullSpan));
}

function isWithin({ start, end }: Range, around: Range): boolean {
  return !isBefore(start, around.start) && !isBefore(around.end, end);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
