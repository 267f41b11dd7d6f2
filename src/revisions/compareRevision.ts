// The interfaces of a folder, then and now: the sources of a revision are read like those of the work tree, in a private copy.

import { join } from "node:path";
import type { BuildChoice } from "../cargo/graph/buildChoice.ts";
import type { InterfaceState } from "../drift/interfaceState.ts";
import { DisposableStore } from "../model/disposable.ts";
import type { Logger } from "../model/logger.ts";
import { ok, type Result } from "../model/result.ts";
import { createProject, type ProjectSnapshot } from "../project/project.ts";
import { interfaceStates } from "./interfaceStates.ts";
import {
  extractRevision,
  findRevision,
  folderInRevision,
  type Revision,
} from "./revisionSources.ts";

export interface ReadOptions {
  /** False: no process but git is started. */
  readonly isTrusted: boolean;
  readonly cargoPath?: string | null;
  readonly choice: BuildChoice;
  readonly logger: Logger;
}

export interface RevisionInterfaces {
  readonly revision: Revision;
  /** With the places that their files have in the work tree. */
  readonly interfaces: readonly InterfaceState[];
}

/** The interfaces that `folder` had in a revision. `cache` is a folder of the user's own. */
export async function readRevision(
  folder: string,
  name: string,
  cache: string,
  options: ReadOptions,
  signal: AbortSignal,
): Promise<Result<RevisionInterfaces, string>> {
  const revision = await findRevision(folder, name, signal);
  if (!revision.ok) {
    return revision;
  }
  const extracted = await extractRevision(revision.value, join(cache, "revisions"), signal);
  if (!extracted.ok) {
    return extracted;
  }
  await using sources = extracted.value;
  const then = folderInRevision(folder, revision.value, sources);
  const moved = { from: sources.folder, to: revision.value.repository };
  const interfaces = await readSnapshot(then, options, (snapshot) =>
    interfaceStates(snapshot, then, moved),
  );
  return ok({ revision: revision.value, interfaces });
}

/** What `read` makes of the sources in a folder, once they are read as well as they can be. */
export async function readSnapshot<T>(
  folder: string,
  { choice, ...options }: ReadOptions,
  read: (snapshot: ProjectSnapshot) => T,
): Promise<T> {
  const store = new DisposableStore();
  try {
    const project = store.add(
      createProject({ ...options, folders: [folder], choices: () => choice }),
    );
    await project.whenSettled();
    return read(project.snapshot());
  } finally {
    store.dispose();
  }
}
