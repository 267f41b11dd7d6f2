// Where the build scripts of packages wrote, for sources that include what they wrote. The disk is looked at once between two
// changes of it.

import path from "node:path";
import { targetDirectoryOf } from "../cargo/openedPackage.ts";
import { newestOutputFolder } from "../cargo/outputFolders.ts";
import type { CrateInfo } from "../model/plugin.ts";
import type { BuildChoices } from "./buildSettings.ts";

export interface OutputFolders {
  folderOf(crate: CrateInfo): string | undefined;
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
  const known = new Map<string, string | undefined>();
  const packages = new Set<string>();
  return {
    folderOf: (crate) => {
      packages.add(crate.name);
      const { profile, targetDirectory } = choices(crate.manifestPath);
      const place = {
        targetFolder:
          targetDirectoryOf(crate.workspaceRoot, undefined) ??
          (targetDirectory === undefined
            ? undefined
            : path.resolve(crate.workspaceRoot, targetDirectory)) ??
          targetFolderOf(crate.workspaceRoot) ??
          defaultTarget(crate.workspaceRoot),
        profile,
      };
      const key = `${crate.name}\n${place.targetFolder}\n${place.profile}`;
      if (!known.has(key)) {
        known.set(key, newestOutputFolder(crate, place));
      }
      return known.get(key);
    },
    packages: () => packages,
    refresh: () => {
      known.clear();
    },
  };
}

function defaultTarget(workspaceRoot: string): string {
  return path.resolve(workspaceRoot, process.env["CARGO_TARGET_DIR"] ?? "target");
}
