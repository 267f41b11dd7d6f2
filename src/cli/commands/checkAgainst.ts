// `fidius-call check --against`: how the interfaces of a folder changed since a revision, or since a library was built.

import { resolve } from "node:path";
import { readBuildChoice } from "../../cargo/graph/buildChoice.ts";
import { judge, type JudgedChange } from "../../drift/accepted.ts";
import { compare, compareInterfaces, type InterfaceDrift } from "../../drift/compareInterfaces.ts";
import { libraryInterfaces } from "../../drift/libraryStates.ts";
import { breakingText, countChanges, summaryText } from "../../drift/summary.ts";
import { cacheFolder } from "../../files/cacheFolder.ts";
import { statsOf } from "../../files/fileStats.ts";
import { nullLogger } from "../../model/logger.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { readAcceptedChanges } from "../../revisions/acceptedChanges.ts";
import { readRevision, readSnapshot, type ReadOptions } from "../../revisions/compareRevision.ts";
import { interfaceStates } from "../../revisions/interfaceStates.ts";
import { memberPlaces } from "../../revisions/memberPlaces.ts";
import { findRepository } from "../../revisions/revisionSources.ts";
import type { CheckArguments } from "../options/commandLine.ts";
import { openGivenPath } from "../options/givenLibrary.ts";
import { withHostSession } from "../options/hostSession.ts";
import { projectFolder } from "../options/project/loadProject.ts";
import { driftLines, summaryLine } from "../output/driftText.ts";
import { exitCodes } from "../output/exitCodes.ts";
import type { CliFailure } from "../output/failure.ts";
import { untilInterrupted } from "../options/interruption.ts";
import type { Terminal } from "../output/terminal.ts";

type AgainstArguments = CheckArguments & { readonly against: string };

interface Ports {
  readonly terminal: Terminal;
  readonly distFolder: string;
}

interface Comparison {
  readonly drifts: readonly InterfaceDrift[];
  readonly notes: readonly string[];
  /** "since v0.3". */
  readonly since: string;
}

/** Prints every change; a breaking one that nobody accepted is a failure. */
export async function runCheckAgainst(
  path: string | undefined,
  options: AgainstArguments,
  ports: Ports,
): Promise<CliFailure | undefined> {
  const folder = projectFolder(path, process.cwd());
  if (!folder.ok) {
    return notCompared(folder.error.message);
  }
  return untilInterrupted((signal) => compareAndPrint(folder.value, options, ports, signal));
}

async function compareAndPrint(
  folder: string,
  options: AgainstArguments,
  ports: Ports,
  signal: AbortSignal,
): Promise<CliFailure | undefined> {
  const { terminal } = ports;
  const repository = await findRepository(folder, signal);
  const accepted = await readAcceptedChanges(folder, repository.ok ? repository.value : folder);
  if (!accepted.ok) {
    return notCompared(accepted.error);
  }
  const compared = isLibrary(options.against)
    ? await compareWithLibrary(folder, options, ports)
    : await compareWithRevision(folder, options, signal);
  if (signal.aborted) {
    return { exitCode: exitCodes.interrupted, kind: "cancelled", message: "It was cancelled." };
  }
  if (!compared.ok) {
    return notCompared(compared.error);
  }
  const { drifts, notes, since } = compared.value;
  const { changes, unused } = judge(
    drifts.flatMap((drift) => drift.changes),
    accepted.value.entries,
  );
  const sorted = sortedByPlace(changes);
  terminal.result(...driftLines(sorted, options.format, process.cwd()));
  for (const entry of unused) {
    const method = entry.method === undefined ? "" : ` on ${entry.method}`;
    terminal.note(
      `note: ${accepted.value.file ?? ""} accepts ${entry.rule} of ${entry.interface}${method}, which no change needs any more. Remove the entry.`,
    );
  }
  terminal.note(...notes.map((note) => `note: ${note}`));
  const summary = summaryText(drifts, changes, since);
  const counts = countChanges(changes);
  terminal.result(summaryLine(summary, counts, options.format));
  return counts.breaking === 0
    ? undefined
    : {
        exitCode: exitCodes.breaking,
        kind: "breaking",
        message: `${breakingText(counts.breaking, since)}.`,
        details: { ...counts },
      };
}

function notCompared(message: string): CliFailure {
  return { exitCode: exitCodes.notCompared, kind: "notCompared", message };
}

/** A file that is there and looks like one; names of revisions have no such endings. */
function isLibrary(against: string): boolean {
  const isFile = statsOf(resolve(against))?.isFile() === true;
  return /\.(?:so|dylib|dll|fid)$/iu.test(against) || (isFile && /[\\/]/u.test(against));
}

function readOptions(options: AgainstArguments): ReadOptions {
  const profile = options.release === true ? "release" : (options.profile ?? "dev");
  return {
    isTrusted: true,
    choice: readBuildChoice(profile, options.features ?? [], []),
    logger: nullLogger,
  };
}

async function compareWithRevision(
  folder: string,
  options: AgainstArguments,
  signal: AbortSignal,
): Promise<Result<Comparison, string>> {
  const cache = cacheFolder().folder;
  const read = readOptions(options);
  const then = await readRevision(folder, options.against, cache, read, signal);
  if (!then.ok) {
    return then;
  }
  const drifts = await readSnapshot(folder, read, (snapshot) =>
    compareInterfaces(
      then.value.interfaces,
      interfaceStates(snapshot, folder),
      memberPlaces(snapshot),
    ),
  );
  return drifts.length === 0
    ? err(
        `There is no interface in ${folder}, neither now nor in ${options.against}. Fidius looks for traits under #[plugin_interface].`,
      )
    : ok({ drifts, notes: [], since: `since ${options.against}` });
}

async function compareWithLibrary(
  folder: string,
  options: AgainstArguments,
  { terminal, distFolder }: Ports,
): Promise<Result<Comparison, string>> {
  const cache = cacheFolder();
  const opened = await openGivenPath(options.against, options, cache);
  if (!opened.ok) {
    return err(opened.error.message);
  }
  if (opened.value.kind !== "library") {
    return err(`${options.against} is a package. Give the library that was built from it.`);
  }
  const { file, sha256 } = opened.value;
  const inspected = await withHostSession(
    distFolder,
    (chunk) => {
      terminal.pluginOutput(chunk);
    },
    ({ runner }) => {
      runner.expectContent(file, sha256);
      return runner.inspect(file);
    },
  );
  if (!inspected.ok) {
    return err(inspected.error.message);
  }
  return readSnapshot(folder, readOptions(options), (snapshot) => {
    const states = interfaceStates(snapshot, folder);
    const { pairs, notes } = libraryInterfaces(inspected.value, states);
    const places = memberPlaces(snapshot);
    const drifts = pairs.map(([before, after]): InterfaceDrift => ({
      before,
      after,
      changes: compare(before, after, places),
    }));
    return drifts.length === 0
      ? err([`${options.against} has no plugin of an interface in ${folder}.`, ...notes].join(" "))
      : ok({ drifts: uniqueDrifts(drifts), notes, since: `since ${options.against} was built` });
  });
}

/** Plugins of one interface mostly say the same. */
function uniqueDrifts(drifts: readonly InterfaceDrift[]): readonly InterfaceDrift[] {
  return [...new Map(drifts.map((drift) => [JSON.stringify(drift.changes), drift])).values()];
}

function sortedByPlace(changes: readonly JudgedChange[]): readonly JudgedChange[] {
  return changes.toSorted(
    ({ span: a }, { span: b }) =>
      (a?.file ?? "").localeCompare(b?.file ?? "") ||
      (a?.start.line ?? 0) - (b?.start.line ?? 0) ||
      (a?.start.character ?? 0) - (b?.start.character ?? 0),
  );
}
