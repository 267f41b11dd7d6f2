// Packages that were opened from an archive, or under a signature, lie in folders of ours: `<content>/package`, with a mark beside it.
// cargo runs beside the package and builds beside it, so that no configuration, toolchain file or build output in or above the
// package takes part, whoever put it there.

import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Name of the folder with a package's files. */
export const openedPackageFolder = "package";

/** Name of the file beside it that tells such a folder from any other. */
export const openedPackageMark = "opened-package.json";

/** Where cargo runs for a package of ours. */
interface OpenedPackagePlace {
  readonly workingDirectory: string;
  readonly targetDirectory: string;
}

/** The place for a folder in an opened package; undefined for every other folder. */
function openedPackagePlace(folder: string): OpenedPackagePlace | undefined {
  const parent = dirname(folder);
  if (parent === folder) {
    return undefined;
  }
  return basename(folder) === openedPackageFolder && existsSync(join(parent, openedPackageMark))
    ? { workingDirectory: parent, targetDirectory: join(parent, "target") }
    : openedPackagePlace(parent);
}

/** Whether a folder is that of an opened package, or in it. */
export function isOpenedPackage(folder: string): boolean {
  return openedPackagePlace(folder) !== undefined;
}

/** Where cargo is started for a crate or workspace in `folder`. */
export function cargoFolder(folder: string): string {
  return openedPackagePlace(folder)?.workingDirectory ?? folder;
}

/** Where a crate in `folder` is built: a package of ours beside itself, everything else where its user wants it. */
export function targetDirectoryOf<Chosen>(folder: string, chosen: Chosen): string | Chosen {
  return openedPackagePlace(folder)?.targetDirectory ?? chosen;
}
