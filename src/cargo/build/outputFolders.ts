// What build scripts left behind: OUT_DIR of a package's newest run and the conditions that it printed, found in cargo's target
// folder, without cargo.

import { readdirSync } from "node:fs";
import path from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import type { CrateInfo } from "../../model/plugin.ts";

/** Where cargo builds a workspace, and in which profile. */
export interface BuildPlace {
  /** The target folder. */
  readonly targetFolder: string;
  /** As cargo names it: `dev`, `release` or one of the user's. */
  readonly profile: string;
}

/** What a build script left behind when it ran last. */
export interface ScriptRun {
  /** OUT_DIR. */
  readonly outputFolder: string;
  readonly conditions: ScriptConditions;
}

/** What a build script printed about `cfg`. */
export interface ScriptConditions {
  /** Of each `cargo::rustc-cfg=…`, what stands behind the first `=`. */
  readonly set: readonly string[];
  /** The names in each `cargo::rustc-check-cfg=…`: they are decided, set or not. */
  readonly declared: readonly string[];
}

/** More is printed by no script that only tells cargo something. */
const largestOutput = 1_000_000;

/**
 * The folders of runs of build scripts in that profile. Builds for another target have a folder of their own below the target
 * folder.
 */
export function foldersOfRuns(place: BuildPlace): readonly string[] {
  const profile = folderOfProfile(place.profile);
  const targets = [place.targetFolder, ...foldersIn(place.targetFolder)];
  return targets.flatMap((target) => foldersIn(path.join(target, profile, "build")));
}

/** The newest of the runs in `folders` that is one of the build script of `crate`; undefined before it ran. */
export function newestRun(crate: CrateInfo, folders: readonly string[]): ScriptRun | undefined {
  const runs = folders
    .filter((folder) => isRunOf(crate.name, path.basename(folder)))
    .map((folder) => ({ folder, ranAt: ranAt(folder) }));
  const newest = runs.reduce<(typeof runs)[number] | undefined>(
    (best, run) => (run.ranAt > (best?.ranAt ?? 0n) ? run : best),
    undefined,
  );
  return (
    newest && {
      outputFolder: path.join(newest.folder, "out"),
      conditions: conditionsIn(path.join(newest.folder, "output")),
    }
  );
}

/** `cargo:rustc-cfg=fast`, `cargo::rustc-cfg=kind="slow"`, `cargo::rustc-check-cfg=cfg(kind, values("slow"))`. */
function conditionsIn(file: string): ScriptConditions {
  const printed = readRegularTextSync(file, largestOutput);
  const text = printed.ok ? printed.value : "";
  const all = (pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].map(([, found = ""]) => found.trim());
  return {
    set: all(/^cargo::?rustc-cfg=(.+)$/gmu),
    declared: all(/^cargo::?rustc-check-cfg=\s*cfg\(([^()]*)/gmu).flatMap((names) =>
      names
        .split(",")
        .flatMap((name) => /^\s*([\p{XID_Start}_]\p{XID_Continue}*)\s*$/u.exec(name)?.[1] ?? []),
    ),
  };
}

/** Whether a file is what a build script of one of these packages wrote, or printed. */
export function isScriptOutput(file: string, packageNames: ReadonlySet<string>): boolean {
  const run = /[\\/]build[\\/](?<name>[^\\/]+)-[0-9a-f]{16}[\\/](?:out[\\/]|output$)/u.exec(file);
  return packageNames.has(run?.groups?.["name"] ?? "");
}

/** `name-0123456789abcdef`. */
function isRunOf(packageName: string, folder: string): boolean {
  return (
    folder.startsWith(`${packageName}-`) &&
    /^[0-9a-f]{16}$/u.test(folder.slice(packageName.length + 1))
  );
}

/** When the script of a run ended, which is when cargo wrote what it printed; 0 for a folder of the script itself. */
function ranAt(folder: string): bigint {
  return statsOf(path.join(folder, "output"))?.mtimeNs ?? 0n;
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [path.join(folder, entry.name)] : [],
    );
  } catch {
    return []; // nothing was built there
  }
}

function folderOfProfile(profile: string): string {
  return profile === "dev" || profile === "test"
    ? "debug"
    : profile === "bench"
      ? "release"
      : profile;
}
