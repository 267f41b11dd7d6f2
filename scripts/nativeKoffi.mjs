// koffi's native part of a platform. npm installs that of this machine; those of others are kept in .cache/, as the lock file has them.

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "./readJson.mjs";
import { root, runNpm } from "./run.mjs";
import { SetupFailure } from "./setup/failure.mjs";
import { platformKoffi } from "./vsceTarget.mjs";

/**
 * The folder of the npm package with the native part, relative to the project. It exists after `requireNativeKoffi`.
 * @param {string} [target]
 */
export function nativeKoffiFolder(target) {
  const { koffi } = platformKoffi(target);
  const own = `node_modules/${koffi}`;
  return existsSync(join(root, own)) ? own : `.cache/koffi/${lockedKoffi(koffi).version}/${own}`;
}

/**
 * Installs the native part of a platform where it is missing.
 * @param {string} target
 */
export async function requireNativeKoffi(target) {
  if (existsSync(join(root, nativeKoffiFolder(target)))) {
    return;
  }
  const { koffi } = platformKoffi(target);
  const { version, integrity } = lockedKoffi(koffi);
  const cache = join(root, ".cache", "koffi", version);
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), '{ "private": true }\n');
  // The package says which system it is for; --force takes it on another one.
  const args = ["install", "--force", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { reason } = await runNpm([...args, "--loglevel=error", `${koffi}@${version}`], {
    cwd: cache,
    output: "collect",
  });
  const installed =
    reason === "" ? lockedKoffi(koffi, join(cache, "package-lock.json")).integrity : "";
  if (reason !== "" || installed !== integrity) {
    rmSync(cache, { recursive: true, force: true });
    throw new SetupFailure(
      `${koffi} ${version} could not be installed: ${reason || "it is not the one of package-lock.json"}.`,
    );
  }
}

/**
 * What a lock file says of a package.
 * @param {string} name
 * @param {string} [lock]
 * @returns {{ version: string; integrity: string }}
 */
function lockedKoffi(name, lock = join(root, "package-lock.json")) {
  const { packages } =
    /** @type {{ packages: Record<string, { version: string; integrity: string }> }} */ (
      readJson(lock)
    );
  const found = packages[`node_modules/${name}`];
  if (found === undefined) {
    throw new Error(`${lock} does not list ${name}.`);
  }
  return found;
}
