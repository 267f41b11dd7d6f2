// Packages that are not for this machine's hosts, told by their files: `runtime` in package.toml, and a WASM target in cargo's
// configuration. Building them would take minutes and give nothing that can be loaded.

import path from "node:path";
import {
  parseTomlValues,
  type TomlTable,
  type TomlValue,
} from "../../cargo/manifest/tomlDocument.ts";
import { guestObstacle } from "../../model/callObstacle.ts";
import type { CallObstacle, CrateInfo } from "../../model/plugin.ts";

export interface GuestPackages {
  /** Why no host here can load what the package makes; undefined when one can. */
  obstacleOf(crate: CrateInfo): CallObstacle | undefined;
  /** The disk, or an open text, has changed. */
  refresh(): void;
}

/** `read` gives a file's text. */
export function createGuestPackages(read: (file: string) => string | undefined): GuestPackages {
  const known = new Map<string, CallObstacle | null>();
  return {
    obstacleOf: (crate) => {
      const key = crate.manifestPath;
      let found = known.get(key);
      if (found === undefined) {
        found = findObstacle(crate, read) ?? null;
        known.set(key, found);
      }
      return found ?? undefined;
    },
    refresh: () => {
      known.clear();
    },
  };
}

function findObstacle(
  crate: CrateInfo,
  read: (file: string) => string | undefined,
): CallObstacle | undefined {
  const folder = path.dirname(crate.manifestPath);
  const runtime = valueAt(read(path.join(folder, "package.toml")), ["package", "runtime"]);
  if (runtime === "wasm" || runtime === "python") {
    return guestObstacle(crate, runtime, `its package.toml has runtime = "${runtime}"`);
  }
  const target = process.env["CARGO_BUILD_TARGET"] ?? configuredTarget(folder, read);
  return target?.startsWith("wasm32-") === true
    ? guestObstacle(crate, "wasm", `cargo builds it for ${target} (build.target)`)
    : undefined;
}

/** `build.target` of the nearest `.cargo/config.toml` that has one. */
function configuredTarget(
  folder: string,
  read: (file: string) => string | undefined,
): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    for (const name of ["config.toml", "config"]) {
      const target = valueAt(read(path.join(current, ".cargo", name)), ["build", "target"]);
      const [first] = Array.isArray(target) ? target : [target];
      if (typeof first === "string") {
        return first;
      }
    }
    if (current === path.dirname(current)) {
      return undefined;
    }
  }
}

function valueAt(
  text: string | undefined,
  steps: readonly [string, string],
): TomlValue | undefined {
  const table = text === undefined ? undefined : parseTomlValues(text)?.[steps[0]];
  return isTable(table) ? table[steps[1]] : undefined;
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}
