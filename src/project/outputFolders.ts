// What the build scripts of packages left behind, for sources that include what they wrote or are compiled under conditions that
// they printed. The disk is looked at once between two changes of it.

import path from "node:path";
import { targetDirectoryOf } from "../cargo/process/openedPackage.ts";
import {
  type BuildPlace,
  foldersOfRuns,
  newestRun,
  type ScriptConditions,
  type ScriptRun,
} from "../cargo/build/outputFolders.ts";
import type { CrateInfo } from "../model/plugin.ts";
import type { BuildChoices } from "./buildSettings.ts";

export interface OutputFolders {
  folderOf(crate: CrateInfo): string | undefined;
  /** Undefined before the script ran. */
  conditionsOf(crate: CrateInfo): ScriptConditions | undefined;
  /** Where cargo builds a crate, and with which profile. */
  placeOf(crate: CrateInfo): BuildPlace;
  /** Names of the packages that were asked about. */
  packages(): ReadonlySet<string>;
  /** The disk has changed. */
  refresh(): void;
}

export function createOutputFolders({
  targetFolderOf,
  choices,
}: {
  /** As cargo told it; undefined before. */
  readonly targetFolderOf: (workspaceRoot: string) => string | undefined;
  readonly choices: BuildChoices;
}): OutputFolders {
  const known = new Map<string, ScriptRun | undefined>();
  const folders = new Map<string, readonly string[]>();
  const packages = new Set<string>();
  const ownTargets = new Map<string, string | undefined>();
  /** Of a workspace that is a package of ours. */
  const ownTarget = (workspaceRoot: string): string | undefined => {
    if (!ownTargets.has(workspaceRoot)) {
      ownTargets.set(workspaceRoot, targetDirectoryOf(workspaceRoot, undefined));
    }
    return ownTargets.get(workspaceRoot);
  };
  const foldersAt = (targetFolder: string, profile: string): readonly string[] => {
    const key = `${targetFolder}\n${profile}`;
    const found = folders.get(key) ?? foldersOfRuns({ targetFolder, profile });
    folders.set(key, found);
    return found;
  };
  const placeOf = (crate: CrateInfo): BuildPlace => {
    const { profile, targetDirectory } = choices(crate.manifestPath);
    const targetFolder =
      ownTarget(crate.workspaceRoot) ??
      (targetDirectory === undefined
        ? undefined
        : path.resolve(crate.workspaceRoot, targetDirectory)) ??
      targetFolderOf(crate.workspaceRoot) ??
      defaultTarget(crate.workspaceRoot);
    return { targetFolder, profile };
  };
  const runOf = (crate: CrateInfo): ScriptRun | undefined => {
    packages.add(crate.name);
    const { targetFolder, profile } = placeOf(crate);
    const key = `${crate.name}\n${targetFolder}\n${profile}`;
    if (!known.has(key)) {
      known.set(key, newestRun(crate, foldersAt(targetFolder, profile)));
    }
    return known.get(key);
  };
  return {
    folderOf: (crate) => runOf(crate)?.outputFolder,
    conditionsOf: (crate) => runOf(crate)?.conditions,
    placeOf,
    packages: () => packages,
    refresh: () => {
      known.clear();
      folders.clear();
      ownTargets.clear();
    },
  };
}

function defaultTarget(workspaceRoot: string): string {
  return path.resolve(workspaceRoot, process.env["CARGO_TARGET_DIR"] ?? "target");
}
