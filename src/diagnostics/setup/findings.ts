// Shared by the rules on async methods: puts one finding on each async method it concerns and on the manifest line.

import type { ProjectSnapshot } from "../../project/project.ts";
import type {
  SetupFinding,
  SetupFindingKind,
  FindingOf,
} from "../../project/asyncRules/setupFinding.ts";
import type { RelatedPlace, RuntimeUse } from "../../rust/fidius/facts.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import { manifestSpan } from "./manifestSpan.ts";
import { findingManifestMessage, findingMessage, relatedPlaces } from "./sentences.ts";
import type { ProjectDiagnostic } from "../diagnostic.ts";

/** The findings of one kind. */
export function findingsOf<K extends SetupFindingKind>(
  snapshot: ProjectSnapshot,
  kind: K,
): readonly FindingOf<K>[] {
  return snapshot.setup.filter((finding): finding is FindingOf<K> => finding.kind === kind);
}

interface Placement {
  readonly severity: ProjectDiagnostic["severity"];
  /** Places in the source besides the methods. */
  readonly extraSpans?: readonly SourceSpan[];
  /** Where the finding's cause is named. */
  readonly uses?: readonly RuntimeUse[];
}

/** Where to mark what concerns a plugin without async methods: its attribute, as the compiler does. */
export function pluginSpans({ methods, plugin }: SetupFinding): readonly SourceSpan[] {
  return methods.length > 0 ? [] : [plugin.attributeSpan];
}

/**
 * One diagnostic on each use, on each method without one, on each extra span and on the manifest line, each pointing at the
 * others.
 */
export function placeFinding(
  snapshot: ProjectSnapshot,
  finding: SetupFinding,
  { severity, extraSpans = [], uses = [] }: Placement,
): readonly ProjectDiagnostic[] {
  const common = {
    code: finding.kind,
    severity,
    fixes: finding.fixes,
    plugin: finding.plugin.schema,
  };
  const line = finding.place === null ? undefined : manifestSpan(snapshot.files, finding.place);
  const atLine: RelatedPlace[] =
    line === undefined ? [] : [{ span: line, message: relatedPlaces.manifestLine }];
  const methodSpans = finding.methods.map(({ name, nameSpan }) => ({ name, nameSpan }));
  const inSource = [
    ...methodSpans.flatMap(({ name, nameSpan }) => {
      const own = uses.filter(({ method }) => method === name).map(({ span }) => span);
      const spans = own.length === 0 ? [nameSpan] : own;
      return spans.map((span) => ({ span, related: atLine }));
    }),
    ...extraSpans.map((span) => ({ span, related: atLine })),
  ].map((place) => ({ ...common, ...place, message: findingMessage(finding) }));
  if (line === undefined) {
    return inSource;
  }
  const related = [
    ...methodSpans.map(({ name, nameSpan }) => ({
      span: nameSpan,
      message: relatedPlaces.method(name),
    })),
    ...uses.map((use) => ({ span: use.span, message: relatedPlaces.use })),
  ];
  return [
    ...inSource,
    { ...common, span: line, related, message: findingManifestMessage(finding) },
  ];
}

/** Where to mark uses of which no async method is known to hold one. */
export function looseSpans(
  finding: SetupFinding & { readonly uses: readonly RuntimeUse[] },
): readonly SourceSpan[] {
  return finding.methods.length > 0 ? [] : finding.uses.map(({ span }) => span);
}
