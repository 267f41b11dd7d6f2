// Finds the cargo to run: the setting, then PATH, then rustup's folder. Only looks at files, starts nothing.

import { isAbsolute, join, resolve } from "node:path";
import { homeFolder } from "../../files/homeFolder.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { executableNames, isExecutable, programOnPath } from "../../system/programOnPath.ts";

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
  const home = options.homeFolder ?? homeFolder() ?? "";
  const configured = options.configuredPath?.trim() ?? "";
  if (configured !== "") {
    return findConfigured(configured, home, environment, platform);
  }
  const cargoHome = environment["CARGO_HOME"] ?? join(home, ".cargo");
  const found =
    programOnPath("cargo", environment, platform) ??
    executableNames("cargo", platform)
      .map((name) => join(cargoHome, "bin", name))
      .filter((file) => isAbsolute(file))
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
  const found = isBareName
    ? programOnPath(expanded, environment, platform)
    : executableNames(resolve(expanded), platform).find(isExecutable);
  if (found !== undefined) {
    return ok(found);
  }
  return err({
    kind: "cargoNotFound",
    message: `fidius.cargo.path is "${configured}", but there is no program of that name${isBareName ? " on PATH" : ""}. Correct the setting, or clear it to use the cargo on PATH.`,
  });
}
