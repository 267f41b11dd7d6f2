// The package.toml of a folder, read and checked.

import { join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularText } from "../files/regularFile.ts";
import type { PackageInfo } from "../model/package/packageInfo.ts";
import { err, type Result } from "../model/result.ts";
import { packageManifestName, parsePackageManifest } from "./packageManifest.ts";

/** The error is a sentence, in which the folder is called `shownAs`. */
export async function readPackageManifest(
  folder: string,
  shownAs: string,
): Promise<Result<PackageInfo, string>> {
  const file = join(folder, packageManifestName);
  const text = await readRegularText(file, { limit: fileLimits.manifest });
  if (!text.ok) {
    return err(
      text.error.kind === "absent"
        ? `${shownAs} is no package: it has no ${packageManifestName}.`
        : describeFileProblem(`The ${packageManifestName} of ${shownAs}`, text.error),
    );
  }
  const info = parsePackageManifest(text.value);
  return info.ok
    ? info
    : err(`The ${packageManifestName} of ${shownAs} cannot be used: ${info.error}`);
}
