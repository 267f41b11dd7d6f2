// Shared by the rules on async methods: puts one finding on each async method it concerns and on the manifest line.

import { groupBy } from "../../model/groupBy.ts";
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

/** More places than these of one finding nobody goes through; each has a diagnostic of its own. */
const mostPlaces = 50;

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
  const usesOf = groupBy(uses, ({ method }) => method);
  const message = findingMessage(finding);
  const inSource = [
    ...finding.methods.flatMap(({ name, nameSpan }) => {
      const own = usesOf.get(name) ?? [];
      return own.length === 0 ? [nameSpan] : own.map(({ span }) => span);
    }),
    ...extraSpans,
  ].map((span) => ({ ...common, span, related: atLine, message }));
  if (line === undefined) {
    return inSource;
  }
  const related = [
    ...finding.methods.map(({ name, nameSpan }) => ({
      span: nameSpan,
      message: relatedPlaces.method(name),
    })),
    ...uses.map((use) => ({ span: use.span, message: relatedPlaces.use })),
  ];
  const atManifest = { span: line, related: related.slice(0, mostPlaces) };
  return [...inSource, { ...common, ...atManifest, message: findingManifestMessage(finding) }];
}

/** Where to mark uses of which no async method is known to hold one. */
export function looseSpans(
  finding: SetupFinding & { readonly uses: readonly RuntimeUse[] },
): readonly SourceSpan[] {
  return finding.methods.length > 0 ? [] : finding.uses.map(({ span }) => span);
}
