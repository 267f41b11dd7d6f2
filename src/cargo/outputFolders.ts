// Where build scripts wrote: OUT_DIR of a package's newest run, found in cargo's target folder, without cargo.

import { readdirSync } from "node:fs";
import path from "node:path";
import { statsOf } from "../files/fileStats.ts";
import type { CrateInfo } from "../model/plugin.ts";

/** Where cargo builds a workspace, and in which profile. */
export interface BuildPlace {
  /** The target folder. */
  readonly targetFolder: string;
  /** As cargo names it: `dev`, `release` or one of the user's. */
  readonly profile: string;
}

/**
 * The folder that the build script of `crate` wrote to when it ran last in that profile; undefined before it ran. Builds for
 * another target have a folder of their own below the target folder: the newest of all counts.
 */
export function newestOutputFolder(crate: CrateInfo, place: BuildPlace): string | undefined {
  const profile = folderOfProfile(place.profile);
  const targets = [place.targetFolder, ...foldersIn(place.targetFolder)];
  const runs = targets.flatMap((target) =>
    foldersIn(path.join(target, profile, "build"))
      .filter((folder) => isRunOf(crate.name, path.basename(folder)))
      .map((folder) => ({ folder: path.join(folder, "out"), ranAt: ranAt(folder) })),
  );
  const newest = runs.reduce<(typeof runs)[number] | undefined>(
    (best, run) => (run.ranAt > (best?.ranAt ?? 0n) ? run : best),
    undefined,
  );
  return newest?.folder;
}

/** Whether a file is what a build script of one of these packages wrote. */
export function isScriptOutput(file: string, packageNames: ReadonlySet<string>): boolean {
  const run = /[\\/]build[\\/](?<name>[^\\/]+)-[0-9a-f]{16}[\\/]out[\\/]/u.exec(file);
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
