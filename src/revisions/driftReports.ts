// Comparisons for editors: the newest state of the project against a revision or a library. What a revision had is read once.

import { readAcceptedChanges } from "./acceptedChanges.ts";
import { readRevision, type ReadOptions, type RevisionInterfaces } from "./compareRevision.ts";
import { interfaceStates } from "./interfaceStates.ts";
import { memberPlaces } from "./memberPlaces.ts";
import { findRepository, findRevision } from "./revisionSources.ts";
import { judge } from "../drift/accepted.ts";
import { compare, compareInterfaces, type InterfaceDrift } from "../drift/compareInterfaces.ts";
import type { DriftReport } from "../drift/driftReport.ts";
import type { InterfaceState } from "../drift/interfaceState.ts";
import { libraryInterfaces } from "../drift/libraryStates.ts";
import type { LibraryReport } from "../model/libraryReport.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { ProjectSnapshot } from "../project/project.ts";

/** So many revisions are remembered. */
const mostRemembered = 4;

/** What a comparison is about. */
export interface ReportSubject {
  readonly snapshot: ProjectSnapshot;
  /** The folder of the cargo workspace. */
  readonly folder: string;
  /** Absent: all interfaces of the folder. */
  readonly interfaceId?: string | undefined;
}

export class DriftReports {
  readonly #cache: string;
  readonly #optionsFor: (folder: string) => ReadOptions;
  readonly #known = new Map<string, Promise<Result<RevisionInterfaces, string>>>();

  /** `cache`: a folder of the user's own. */
  constructor(cache: string, optionsFor: (folder: string) => ReadOptions) {
    this.#cache = cache;
    this.#optionsFor = optionsFor;
  }

  /** `label` is how people call the revision. */
  async againstRevision(
    subject: ReportSubject,
    revision: string,
    label: string,
    signal: AbortSignal,
  ): Promise<Result<DriftReport, string>> {
    const then = await this.read(subject.folder, revision, signal);
    return then.ok ? compareWith(subject, then.value, label) : then;
  }

  /** What the library said of itself when it was loaded, out of this process. */
  async againstLibrary(
    subject: ReportSubject,
    library: LibraryReport,
    label: string,
    signal: AbortSignal,
  ): Promise<Result<DriftReport, string>> {
    const { snapshot, folder, interfaceId } = subject;
    const isMeant = ({ id }: InterfaceState): boolean =>
      interfaceId === undefined || id === interfaceId;
    const { pairs, notes } = libraryInterfaces(
      library,
      interfaceStates(snapshot, folder).filter(isMeant),
    );
    const places = memberPlaces(snapshot);
    const drifts = pairs.map(([before, after]): InterfaceDrift => ({
      before,
      after,
      changes: compare(before, after, places),
    }));
    const repository = await findRepository(folder, signal);
    const top = repository.ok ? repository.value : folder;
    return judged(subject, top, { drifts, notes, since: `since ${label} was built` });
  }

  /** The interfaces that a folder had in a revision. */
  async read(
    folder: string,
    name: string,
    signal: AbortSignal,
  ): Promise<Result<RevisionInterfaces, string>> {
    const revision = await findRevision(folder, name, signal);
    if (!revision.ok) {
      return revision;
    }
    const key = JSON.stringify([folder, revision.value.commit]);
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const reading = readRevision(
      folder,
      revision.value.commit,
      this.#cache,
      this.#optionsFor(folder),
      signal,
    );
    this.#known.set(key, reading);
    for (const oldest of [...this.#known.keys()].slice(0, -mostRemembered)) {
      this.#known.delete(oldest);
    }
    const read = await reading;
    if (!read.ok) {
      this.#known.delete(key);
    }
    return read;
  }
}

/** Holds the project against what a revision had. */
export async function compareWith(
  subject: ReportSubject,
  { interfaces, revision }: RevisionInterfaces,
  label: string,
): Promise<Result<DriftReport, string>> {
  const { snapshot, folder } = subject;
  const now = interfaceStates(snapshot, folder);
  const drifts = compareInterfaces(interfaces, now, memberPlaces(snapshot));
  return judged(subject, revision.repository, { drifts, notes: [], since: `since ${label}` });
}

async function judged(
  { folder, interfaceId }: ReportSubject,
  repository: string,
  found: Pick<DriftReport, "drifts" | "notes" | "since">,
): Promise<Result<DriftReport, string>> {
  const drifts = found.drifts.filter(
    ({ before, after }) => interfaceId === undefined || (after ?? before)?.id === interfaceId,
  );
  if (drifts.length === 0) {
    return err(["There is no such interface on either side.", ...found.notes].join(" "));
  }
  const accepted = await readAcceptedChanges(folder, repository);
  if (!accepted.ok) {
    return accepted;
  }
  const { changes } = judge(
    drifts.flatMap((drift) => drift.changes),
    accepted.value.entries,
  );
  return ok({ ...found, drifts, changes });
}
