// `workspace/executeCommand`: interfaces against a revision or a library, for any editor.

import { relative } from "node:path";
import * as z from "zod";
import { reportMarkdown, type DriftReport, type PlaceLink } from "../../drift/driftReport.ts";
import { countChanges, summaryText } from "../../drift/summary.ts";
import type { LibraryReport } from "../../model/libraryReport.ts";
import { err, type Result } from "../../model/result.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { CompareAnswer, CompareBases, CompareTarget } from "../../protocol/lsp.ts";
import { findBase } from "../../revisions/baseRevision.ts";
import type { DriftReports, ReportSubject } from "../../revisions/driftReports.ts";
import { uriOfPath } from "../fileUris.ts";
import { driftTexts } from "../messages.ts";
import { inspectLibrary } from "./inspectLibrary.ts";

const target = z.object({
  interfaceId: z.string().optional(),
  base: z.enum(["lastTag", "mergeBase"]).optional(),
  revision: z.string().optional(),
  library: z.string().min(1).optional(),
  // What the client says of a library it says of every plugin in it, see `fidius/libraryReports`.
  report: z
    .object({ name: z.string(), library: z.custom<LibraryReport>((value) => isReport(value)) })
    .optional(),
  isShown: z.boolean().optional(),
});

function isReport(value: unknown): boolean {
  return typeof value === "object" && value !== null && "plugins" in value && "abi" in value;
}

export interface ComparePorts {
  readonly reports: DriftReports;
  readonly snapshot: () => ProjectSnapshot;
  readonly isTrusted: () => boolean;
  /** Ends with the server. */
  readonly signal: AbortSignal;
}

/** What a client asks with; the error is a sentence. */
export function readTarget(argument: unknown): Result<CompareTarget, string> {
  const parsed = target.safeParse(argument ?? {});
  return parsed.success
    ? { ok: true, value: parsed.data }
    : err(driftTexts.badArgument(z.prettifyError(parsed.error).replaceAll("\n", " ")));
}

export async function compareInterfaces(
  asked: CompareTarget,
  ports: ComparePorts,
): Promise<CompareAnswer> {
  const report = await reportFor(asked, ports);
  if (!report.ok) {
    return { kind: "failed", message: report.error };
  }
  const { drifts, changes, since } = report.value;
  return {
    kind: "compared",
    markdown: reportMarkdown(report.value, linkTo(ports.snapshot(), asked)),
    summary: summaryText(drifts, changes, since),
    breaking: countChanges(changes).breaking,
  };
}

/** Which revisions a user may mean, as far as the repository has them. */
export async function compareBases(
  asked: CompareTarget,
  { snapshot, isTrusted, signal }: ComparePorts,
): Promise<CompareBases> {
  const subject = subjectOf(snapshot(), asked.interfaceId);
  if (!subject.ok || !isTrusted()) {
    return { lastTag: null, mergeBase: null };
  }
  const labelOf = async (kind: "lastTag" | "mergeBase"): Promise<string | null> => {
    const base = await findBase(subject.value.folder, kind, signal);
    return base.ok ? base.value.label : null;
  };
  return { lastTag: await labelOf("lastTag"), mergeBase: await labelOf("mergeBase") };
}

async function reportFor(
  asked: CompareTarget,
  { reports, snapshot, isTrusted, signal }: ComparePorts,
): Promise<Result<DriftReport, string>> {
  if (!isTrusted()) {
    return err(driftTexts.untrusted);
  }
  const subject = subjectOf(snapshot(), asked.interfaceId);
  if (!subject.ok) {
    return subject;
  }
  if (asked.report !== undefined) {
    const { name, library } = asked.report;
    return reports.againstLibrary(subject.value, library, name, signal);
  }
  if (asked.library !== undefined) {
    const library = await inspectLibrary(asked.library, signal);
    return library.ok
      ? reports.againstLibrary(subject.value, library.value, asked.library, signal)
      : library;
  }
  if (asked.revision !== undefined) {
    return reports.againstRevision(subject.value, asked.revision, asked.revision, signal);
  }
  const base = await findBase(subject.value.folder, asked.base ?? "lastTag", signal);
  return base.ok
    ? reports.againstRevision(subject.value, base.value.revision, base.value.label, signal)
    : base;
}

/** The cargo workspace of an interface, or the only one there is. */
function subjectOf(
  snapshot: ProjectSnapshot,
  interfaceId: string | undefined,
): Result<ReportSubject, string> {
  const { interfaces, hostInterfaces } = snapshot.model;
  const folders = new Set(
    [...interfaces, ...hostInterfaces]
      .filter(({ id }) => interfaceId === undefined || id === interfaceId)
      .map(({ crate }) => crate.workspaceRoot),
  );
  const [folder, ...others] = folders;
  if (folder === undefined) {
    return err(driftTexts.noInterface);
  }
  return others.length > 0
    ? err(driftTexts.manyWorkspaces)
    : { ok: true, value: { snapshot, folder, interfaceId } };
}

/** Places open in the editor; they are called by their paths in the workspace. */
function linkTo(snapshot: ProjectSnapshot, asked: CompareTarget): PlaceLink {
  const subject = subjectOf(snapshot, asked.interfaceId);
  const folder = subject.ok ? subject.value.folder : "";
  return ({ file, start }) => ({
    label: `${relative(folder, file)}:${String(start.line + 1)}`,
    uri: `${uriOfPath(file)}#L${String(start.line + 1)},${String(start.character + 1)}`,
  });
}
