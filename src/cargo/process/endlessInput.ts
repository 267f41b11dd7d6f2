// The files that cargo reads around a package, looked at before it is started: at a pipe it would wait, from a device it would
// fill the memory, and neither ever ends.

import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { describeFileProblem } from "../../files/fileProblem.ts";
import { statsOf } from "../../files/fileStats.ts";
import { checkRegularFileSync } from "../../files/regularFile.ts";

/** A sentence on the first file at which cargo would hang when it is started in `workingDirectory`. */
export function endlessInput(
  workingDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const cargoHome = environment["CARGO_HOME"];
  const files = [
    ...foldersUp(workingDirectory).flatMap(settingsIn),
    ...(cargoHome === undefined ? [] : configurations(cargoHome)),
  ];
  for (const file of files) {
    const problem = checkRegularFileSync(file, fileLimits.manifest);
    const isEndless = problem?.kind === "pipe" || problem?.kind === "device";
    if (isEndless && !isNullDevice(file)) {
      return describeFileProblem(file, problem);
    }
  }
  return undefined;
}

/** The folder and all above it, the nearest first. */
function foldersUp(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

function settingsIn(folder: string): readonly string[] {
  const names = ["Cargo.toml", "Cargo.lock", "rust-toolchain", "rust-toolchain.toml"];
  return [...names.map((name) => join(folder, name)), ...configurations(join(folder, ".cargo"))];
}

function configurations(folder: string): readonly string[] {
  return [join(folder, "config"), join(folder, "config.toml")];
}

/** A link to it is how a setting is taken out of use: it is empty, and ends. */
function isNullDevice(file: string): boolean {
  const nothing = statsOf(devNull)?.rdev;
  return nothing !== undefined && statsOf(file)?.rdev === nothing;
}
