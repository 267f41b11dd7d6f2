// The parts of a build that cargo made from folders of the user: what rustc wrote for a local package, and the run of its build
// script. Cargo tells such a part by its path inside of the workspace, so that two checkouts of one workspace which share a
// target folder overwrite each other's, and each calls the other's "fresh".

import { dirname, join } from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import type { ArtifactMessage, BuildMessage, ScriptMessage } from "./buildMessages.ts";
import { fileState, type FileState } from "./fileState.ts";
import { isInside } from "../manifest/manifestStore.ts";

/** A part of a build, and what it was made from. */
export interface LocalUnit {
  readonly packageFolder: string;
  /** What it left behind; the first one names it. */
  readonly files: readonly string[];
  /** Cargo makes the part anew when this source is newer than it. */
  readonly rootSource: string;
  /** Cargo made nothing: it took what it found. */
  readonly isReused: boolean;
  /** The states of its sources, as they are now; what build scripts generated is not among them. */
  readonly sources: Readonly<Record<string, FileState>>;
}

export interface CargoRunFacts {
  readonly messages: readonly BuildMessage[];
  /** Every source of the library, from its dep-info. */
  readonly sources: readonly string[];
  readonly startedAtMs: number;
  /** Another cargo had the target folder when this one came. */
  readonly hasWaited: boolean;
}

/** The local parts of a build that has succeeded. */
export function localUnits(facts: CargoRunFacts): readonly LocalUnit[] {
  const artifacts = facts.messages.filter(
    (message) => message.reason === "compiler-artifact" && isPathPackage(message.package_id),
  ) as readonly ArtifactMessage[];
  const folders = new Map(
    artifacts.map((message) => [message.package_id, dirname(message.manifest_path)] as const),
  );
  const runs = facts.messages.filter(
    (message): message is ScriptMessage =>
      message.reason === "build-script-executed" && folders.has(message.package_id),
  );
  const written = facts.sources.filter(
    (file) => !runs.some(({ out_dir: folder }) => isInside(folder, file)),
  );
  const statesOf = sourceStates(written, [...new Set(folders.values())]);
  const scripts = new Map(
    artifacts
      .filter(({ target }) => target.kind.includes("custom-build"))
      .map((message) => [message.package_id, message] as const),
  );
  return [
    ...artifacts.map((message): LocalUnit => {
      const folder = dirname(message.manifest_path);
      const root = message.target.src_path;
      const isScript = message.target.kind.includes("custom-build");
      return {
        packageFolder: folder,
        files: message.filenames,
        rootSource: root,
        isReused: message.fresh,
        sources: isScript ? { [root]: fileState(root) } : statesOf(folder, () => true),
      };
    }),
    ...runs.flatMap((message): readonly LocalUnit[] => {
      const [folder, script] = [folders.get(message.package_id), scripts.get(message.package_id)];
      const output = join(dirname(message.out_dir), "output");
      const ranAtMs = modifiedMs(output);
      if (folder === undefined || script === undefined || ranAtMs === 0) {
        return [];
      }
      return [
        {
          packageFolder: folder,
          files: [output],
          rootSource: script.target.src_path,
          // One that was compiled runs. Cargo does not tell of others; while it waited another cargo may have run them.
          isReused: script.fresh && (facts.hasWaited || ranAtMs < facts.startedAtMs),
          // Rust sources are the library's; a script reads the others.
          sources: statesOf(
            folder,
            (file) => file === script.target.src_path || !file.endsWith(".rs"),
          ),
        },
      ];
    }),
  ];
}

/** Whether a source was written after that time, whatever date it bears. */
export function hasChangedSince(unit: LocalUnit, timeMs: number): boolean {
  return Object.keys(unit.sources).some((file) => {
    const status = statsOf(file);
    return (
      status !== undefined &&
      Math.max(milliseconds(status.mtimeNs), milliseconds(status.ctimeNs)) > timeMs
    );
  });
}

/** Ids are `path+file:///…#0.1.0`, before cargo 1.77 `plug 0.1.0 (path+file:///…)`. */
export function isPathPackage(packageId: string): boolean {
  return /(?:^|\()path\+file:/u.test(packageId);
}

/** Time of the newest of the files; infinite when one is missing. */
export function newestFileMs(files: readonly string[]): number {
  return Math.max(...files.map((file) => modifiedMs(file) || Number.POSITIVE_INFINITY));
}

type StatesOf = (
  packageFolder: string,
  isWanted: (file: string) => boolean,
) => Readonly<Record<string, FileState>>;

/** Sources by the innermost package they lie in; one that lies in none may be anyone's. */
function sourceStates(sources: readonly string[], folders: readonly string[]): StatesOf {
  const owned = sources.map((file) => {
    const owners = folders.filter((folder) => isInside(folder, file));
    const owner = owners.sort((a, b) => b.length - a.length)[0];
    return { file, owner, state: fileState(file) };
  });
  return (packageFolder, isWanted) =>
    Object.fromEntries(
      owned
        .filter(({ file, owner }) => (owner ?? packageFolder) === packageFolder && isWanted(file))
        .map(({ file, state }) => [file, state]),
    );
}

function modifiedMs(file: string): number {
  return milliseconds(statsOf(file)?.mtimeNs ?? 0n);
}

/** With their fractions: files of one build follow each other closely. */
function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e6;
}
