// Builds a package's library so that what is handed out was made from this checkout's sources as they are. Cargo alone does not
// promise that: in a target folder that several checkouts of one workspace share it takes the others' results for its own, and
// a source that was replaced by an older one passes for unchanged. So what cargo reuses must be known to be of this checkout; what
// is not gets a new date, and cargo compiles it again. In the end the library is copied to a place of its own.

import { constants, utimesSync } from "node:fs";
import { copyFile, rename, rm, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { err, ok, type Result } from "../../model/result.ts";
import { ArtifactLedger, checkoutFolder } from "./artifactLedger.ts";
import { type CargoBuild, runCargoBuild } from "./build.ts";
import type { BuildError, BuildHooks, BuildRequest, BuiltLibrary } from "./builtLibrary.ts";
import { fileState, type FileState } from "./fileState.ts";
import { readSources, recordBuild } from "./freshness.ts";
import { hasChangedSince, type LocalUnit, localUnits, newestFileMs } from "./localUnits.ts";
import { outsideSource } from "./outsideSources.ts";
import { isSameFile } from "../manifest/samePath.ts";
import { sourceOutside } from "./sourcesRead.ts";
import { writingTarget } from "./targetFolder.ts";

/** Cargo runs once, and again for what it found of another checkout; more often only while that one builds too. */
const maxSharedRuns = 4;

/** With those in a folder where no other checkout builds. */
const maxRuns = 6;

/** Builds the package's library. Expected failures are values. */
export async function buildLibrary(
  request: BuildRequest,
  hooks: BuildHooks,
): Promise<Result<BuiltLibrary, BuildError>> {
  const startedAtMs = Date.now();
  const { crate } = request;
  const early = await sourceOutside(crate.workspaceRoot, crate.name, request, hooks.signal);
  if (early !== undefined) {
    return err(early);
  }
  let next = request;
  let didCompile = false;
  let own: string | undefined;
  for (let run = 1; run <= maxRuns; run += 1) {
    const result = await runCargoBuild(next, hooks);
    if (!result.ok) {
      return result;
    }
    const build = result.value;
    didCompile ||= build.didCompile;
    const outside = outsideSource(request.crate, build.depInfoFile, build.messages);
    if (outside !== undefined) {
      return err(outside);
    }
    const judged = await judge(build, request);
    if ("ok" in judged) {
      return judged;
    }
    if (judged.libraryFile !== undefined) {
      const { libraryFile } = judged;
      return ok(toBuiltLibrary(request, build, { libraryFile, startedAtMs, didCompile }));
    }
    hooks.onOutput(describeDoubt(judged.foreign));
    // All at once from the second time on: what was ours a moment ago may be replaced by now.
    const mayShare = renew(run === 1 ? judged.foreign : judged.units) && run < maxSharedRuns;
    if (!mayShare) {
      own ??= ownTarget(build, request);
    }
    next = {
      ...next,
      depInfoFile: build.depInfoFile,
      targetDirectory: own ?? request.targetDirectory,
    };
  }
  return err({ kind: "cargoFailed", exitCode: null, message: crowded(request) });
}

interface Judgement {
  /** The copy to hand out; undefined when the build is not known to be of this checkout. */
  readonly libraryFile: string | undefined;
  readonly units: readonly LocalUnit[];
  /** Those that another checkout may have made. */
  readonly foreign: readonly LocalUnit[];
}

async function judge(
  build: CargoBuild,
  request: BuildRequest,
): Promise<Judgement | Result<never, BuildError>> {
  const state = stateOf(build);
  const units = unitsOf(build, request);
  if (units === undefined) {
    return { libraryFile: undefined, units: [], foreign: [] };
  }
  const ledger = new ArtifactLedger(build.libraryFile, request.crate.workspaceRoot);
  const foreign = units.filter((unit) => isForeign(unit, build, ledger));
  const folder = checkoutFolder(build.libraryFile, request.crate.workspaceRoot);
  const libraryFile =
    foreign.length === 0
      ? await writingTarget(folder, request, () => takeCopy(build, folder, state))
      : undefined;
  if (typeof libraryFile === "object") {
    return libraryFile;
  }
  if (libraryFile !== undefined) {
    ledger.add(units.filter((unit) => !hasChangedSince(unit, build.startedAtMs)));
  }
  return { libraryFile, units, foreign };
}

/** The local parts of the build; undefined when its dep-info is missing, or another checkout's by now. */
function unitsOf(build: CargoBuild, { crate }: BuildRequest): readonly LocalUnit[] | undefined {
  const sources = readSources(build.depInfoFile, crate.workspaceRoot);
  if (sources === undefined) {
    return undefined;
  }
  const units = localUnits({ ...build, sources });
  const library = units.find(({ files }) => files.includes(build.libraryFile));
  return library !== undefined && sources.some((file) => isSameFile(file, library.rootSource))
    ? units
    : undefined;
}

/**
 * What cargo made in this run was there when it wrote the dep-info: a newer file has been put in its place since. What it found
 * must be what this checkout made of its sources as they are.
 */
function isForeign(unit: LocalUnit, build: CargoBuild, ledger: ArtifactLedger): boolean {
  return unit.isReused
    ? !ledger.has(unit)
    : newestFileMs(unit.files) > newestFileMs([build.depInfoFile]);
}

/** Gives the sources a new date, so that cargo makes the parts again; false when they cannot be given one. */
function renew(units: readonly LocalUnit[]): boolean {
  const now = new Date();
  try {
    for (const { rootSource } of units) {
      utimesSync(rootSource, now, now);
    }
    return true;
  } catch {
    return false;
  }
}

/** A target folder where no other checkout builds. */
function ownTarget({ libraryFile }: CargoBuild, { crate }: BuildRequest): string {
  return join(checkoutFolder(libraryFile, crate.workspaceRoot), "target");
}

/**
 * What another checkout's build changes: first the library, then its dep-info, whose later time would make that library pass for
 * one of this run.
 */
function stateOf({ libraryFile, depInfoFile }: CargoBuild): FileState {
  return `${fileState(libraryFile)}, ${fileState(depInfoFile)}`;
}

/** A copy of the library in the state that was judged; undefined when it has been replaced meanwhile. */
async function takeCopy(
  build: CargoBuild,
  folder: string,
  state: FileState,
): Promise<string | undefined> {
  const { libraryFile } = build;
  const copy = join(folder, basename(libraryFile));
  const draft = `${copy}.${String(process.pid)}`;
  try {
    const { atime, mtime, size } = await stat(libraryFile);
    const old = await stat(copy).catch(() => undefined);
    const isThere = old?.size === size && old.mtime.getTime() === mtime.getTime();
    if (!isThere) {
      await copyFile(libraryFile, draft, constants.COPYFILE_FICLONE);
      await utimes(draft, atime, mtime);
    }
    if (stateOf(build) !== state) {
      return undefined;
    }
    if (!isThere) {
      await rename(draft, copy);
    }
    return copy;
  } finally {
    await rm(draft, { force: true });
  }
}

function toBuiltLibrary(
  request: BuildRequest,
  { depInfoFile, messages, startedAtMs }: CargoBuild,
  whole: Pick<BuiltLibrary, "libraryFile" | "didCompile"> & { readonly startedAtMs: number },
): BuiltLibrary {
  const { crate, features } = request;
  const { libraryFile, didCompile } = whole;
  const durationMs = Date.now() - whole.startedAtMs;
  const record = recordBuild({ request, libraryFile, depInfoFile, messages, startedAtMs });
  return { libraryFile, depInfoFile, crate, features, durationMs, didCompile, record };
}

function describeDoubt(units: readonly LocalUnit[]): string {
  const names = [...new Set(units.map(({ packageFolder }) => basename(packageFolder)))].join(", ");
  return names === ""
    ? "Another build changed the target folder meanwhile; cargo runs again."
    : `What cargo found of ${names} in the target folder is not known to be built from these sources; it is compiled again.`;
}

function crowded({ crate }: BuildRequest): string {
  return `Another checkout of ${crate.name} builds in the same target folder again and again, so its library cannot be told from this one's. Give each checkout a target folder of its own, with CARGO_TARGET_DIR or the setting fidius.cargo.targetDir.`;
}
