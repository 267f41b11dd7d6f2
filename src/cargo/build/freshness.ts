// Tells, without cargo and in a few milliseconds, whether a built library is still what cargo would build now. Errs only
// towards "stale": cargo then runs and says that there is nothing to do.

import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { homeFolder } from "../../files/homeFolder.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import { choiceKey, readBuildChoice } from "../graph/buildChoice.ts";
import type { BuildMessage } from "./buildMessages.ts";
import type { BuildRecord, BuildRequest, BuiltLibrary } from "./builtLibrary.ts";
import { parseDepInfo } from "./depInfo.ts";
import { fileState, newestChangeMs } from "./fileState.ts";
import { isPathPackage } from "./localUnits.ts";
import { isInside } from "../manifest/manifestStore.ts";
import { cargoEnvironment } from "../process/runCargo.ts";

/**
 * Whether cargo would leave the library as it is. With `request`, also whether it would be built with the same settings
 * and environment.
 */
export function isFresh(built: BuiltLibrary, request?: BuildRequest): Promise<boolean> {
  const { record } = built;
  if (record.isUncertain || (request !== undefined && requestKey(request) !== record.requestKey)) {
    return Promise.resolve(false);
  }
  const isUnchanged = Object.entries(record.inputs).every(
    ([file, state]) => fileState(file) === state,
  );
  return Promise.resolve(isUnchanged);
}

export interface FinishedBuild {
  readonly request: BuildRequest;
  /** The file that is handed out. */
  readonly libraryFile: string;
  readonly depInfoFile: string;
  readonly messages: readonly BuildMessage[];
  readonly startedAtMs: number;
}

/** Takes down the inputs of a build that has just succeeded. */
export function recordBuild(build: FinishedBuild): BuildRecord {
  const { request, libraryFile, depInfoFile, messages, startedAtMs } = build;
  const sources = readSources(depInfoFile, request.crate.workspaceRoot);
  const packages = localPackages(messages);
  const outputFolders = messages.flatMap((message) =>
    message.reason === "build-script-executed" ? [message.out_dir] : [],
  );
  const watched = [...(sources ?? []), ...packages.manifests, ...packages.scriptedFolders];
  const settings = settingFiles(request, packages.manifests);
  // What was saved after the start may or may not be in the library.
  const changedMeanwhile = [...watched, ...settings].some(
    (path) =>
      newestChangeMs(path) > startedAtMs && !outputFolders.some((folder) => isInside(folder, path)),
  );
  const lockFile = join(request.crate.workspaceRoot, "Cargo.lock");
  // What scripts generate follows from their own inputs, and another checkout's run may replace it.
  const inputs = [...watched, ...settings, lockFile, libraryFile].filter(
    (path) => !outputFolders.some((folder) => isInside(folder, path)),
  );
  return {
    requestKey: requestKey(request),
    choiceKey: choiceKey(
      readBuildChoice(request.profile, request.features, request.extraArguments),
    ),
    inputs: Object.fromEntries(inputs.map((path) => [path, fileState(path)])),
    // A watched file that does not exist makes cargo run its build script every time.
    isUncertain:
      changedMeanwhile || sources?.every((file) => fileState(file) !== "absent") !== true,
  };
}

/** The sources that a dep-info names, absolute; undefined when there is none. */
export function readSources(
  depInfoFile: string,
  workspaceRoot: string,
): readonly string[] | undefined {
  const text = readRegularTextSync(depInfoFile, fileLimits.manifest);
  return text.ok ? parseDepInfo(text.value).map((file) => resolve(workspaceRoot, file)) : undefined;
}

interface LocalPackages {
  readonly manifests: readonly string[];
  /** Folders of packages with a build script: without `rerun-if-changed` any file in them counts. */
  readonly scriptedFolders: readonly string[];
}

function localPackages(messages: readonly BuildMessage[]): LocalPackages {
  const manifests = new Set<string>();
  const scriptedFolders = new Set<string>();
  for (const message of messages) {
    if (message.reason !== "compiler-artifact" || !isPathPackage(message.package_id)) {
      continue;
    }
    manifests.add(message.manifest_path);
    if (message.target.kind.includes("custom-build")) {
      scriptedFolders.add(dirname(message.manifest_path));
    }
  }
  return { manifests: [...manifests], scriptedFolders: [...scriptedFolders] };
}

/** Files that steer cargo and rustc: manifests and config up the folders, toolchain choice, the programs themselves. */
function settingFiles(request: BuildRequest, manifests: readonly string[]): readonly string[] {
  const environment = cargoEnvironment(request.environment);
  const home = homeFolder() ?? "";
  const cargoHome = environment["CARGO_HOME"] ?? join(home, ".cargo");
  const rustupHome = environment["RUSTUP_HOME"] ?? join(home, ".rustup");
  const files = new Set([
    request.cargo,
    join(cargoHome, "config"),
    join(cargoHome, "config.toml"),
    join(rustupHome, "settings.toml"),
  ]);
  for (const folder of foldersUp(request.crate.workspaceRoot)) {
    files.add(join(folder, ".cargo", "config"));
    files.add(join(folder, ".cargo", "config.toml"));
    files.add(join(folder, "rust-toolchain"));
    files.add(join(folder, "rust-toolchain.toml"));
  }
  for (const folder of new Set(manifests.flatMap((manifest) => foldersUp(dirname(manifest))))) {
    files.add(join(folder, "Cargo.toml"));
  }
  const toolchains = join(rustupHome, "toolchains");
  return [...files, ...compilers(toolchains)];
}

/** rustc of every installed toolchain, so that an update is seen whichever of them is in use. */
function compilers(toolchains: string): readonly string[] {
  const rustc = process.platform === "win32" ? "rustc.exe" : "rustc";
  return folderNames(toolchains).map((name) => join(toolchains, name, "bin", rustc));
}

function foldersUp(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** What a shell changes with every command; cargo runs elsewhere in any case. */
const shellVariable = /^(?:_|OLDPWD|PWD|SHLVL)$/u;

function requestKey(request: BuildRequest): string {
  const environment = Object.entries(cargoEnvironment(request.environment))
    .filter(([name]) => !shellVariable.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    request.cargo,
    request.crate.manifestPath,
    request.crate.workspaceRoot,
    [...request.features].sort(),
    request.profile,
    request.extraArguments,
    request.targetDirectory ?? null,
    environment,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function folderNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
