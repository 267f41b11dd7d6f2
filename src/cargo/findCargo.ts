// Finds the cargo to run: the setting, then PATH, then rustup's folder. Only looks at files, starts nothing.

import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { statsOf } from "../files/fileStats.ts";
import { err, ok, type Result } from "../model/result.ts";

export interface CargoNotFound {
  readonly kind: "cargoNotFound";
  readonly message: string;
}

export interface FindCargoOptions {
  /** The setting `fidius.cargo.path`; empty or absent when unset. `~` is the home folder. */
  readonly configuredPath?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly homeFolder?: string;
  readonly platform?: NodeJS.Platform;
}

/** Absolute path of the cargo executable. */
export function findCargo(options: FindCargoOptions = {}): Result<string, CargoNotFound> {
  const environment = options.environment ?? process.env;
  const platform = options.platform ?? process.platform;
  const home = options.homeFolder ?? homedir();
  const configured = options.configuredPath?.trim() ?? "";
  if (configured !== "") {
    return findConfigured(configured, home, environment, platform);
  }
  const cargoHome = environment["CARGO_HOME"] ?? join(home, ".cargo");
  const found = [...pathFolders(environment), join(cargoHome, "bin")]
    .flatMap((folder) => executableNames("cargo", platform).map((name) => join(folder, name)))
    .find(isExecutable);
  if (found !== undefined) {
    return ok(found);
  }
  return err({
    kind: "cargoNotFound",
    message: "cargo was not found on PATH. Install Rust with rustup, or set fidius.cargo.path.",
  });
}

function findConfigured(
  configured: string,
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Result<string, CargoNotFound> {
  const expanded = /^~[\\/]/u.test(configured) ? join(home, configured.slice(2)) : configured;
  const isBareName = !/[\\/]/u.test(expanded);
  const candidates = isBareName
    ? pathFolders(environment).flatMap((folder) =>
        executableNames(expanded, platform).map((name) => join(folder, name)),
      )
    : executableNames(resolve(expanded), platform);
  const found = candidates.find(isExecutable);
  if (found !== undefined) {
    return ok(found);
  }
  return err({
    kind: "cargoNotFound",
    message: `fidius.cargo.path is "${configured}", but there is no program of that name${isBareName ? " on PATH" : ""}. Correct the setting, or clear it to use the cargo on PATH.`,
  });
}

function pathFolders(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  // Windows spells the variable "Path"; a copied environment is no longer case-insensitive.
  const key = Object.keys(environment).find((name) => name.toUpperCase() === "PATH");
  const value = key === undefined ? "" : (environment[key] ?? "");
  // A relative folder on PATH would depend on the workspace: never run a program from there.
  return value.split(delimiter).filter((folder) => isAbsolute(folder));
}

function executableNames(name: string, platform: NodeJS.Platform): readonly string[] {
  return platform === "win32" && !/\.exe$/iu.test(name) ? [`${name}.exe`] : [name];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statsOf(file)?.isFile() === true;
  } catch {
    return false;
  }
}
