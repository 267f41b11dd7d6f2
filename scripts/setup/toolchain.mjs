// The two things a machine must bring: Node and Rust. Everything else the set-up installs.

import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { findProgram, root, runNpm } from "../run.mjs";
import { readJson } from "../readJson.mjs";
import { SetupFailure } from "./failure.mjs";

const oldestNode = 20;

/** Checks the Node that runs this script. */
export function requireNode() {
  const version = process.versions.node;
  if (Number(version.split(".")[0]) < oldestNode) {
    throw new SetupFailure(
      `Node ${version} is too old: version ${oldestNode} or newer is needed. Install it from https://nodejs.org.`,
    );
  }
}

/** Makes sure that cargo can be started from here on. */
export function requireCargo() {
  if (findProgram("cargo") !== undefined) {
    return;
  }
  const bin = join(process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"), "bin");
  if (existsSync(join(bin, process.platform === "win32" ? "cargo.exe" : "cargo"))) {
    process.env["PATH"] = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
    return;
  }
  throw new SetupFailure(
    "cargo was not found on PATH: the plugins are Rust crates. Install Rust from https://rustup.rs and run this again.",
  );
}

/** Installs the npm packages, when they are missing or older than the lock file. */
export async function installPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  const isInstalled =
    existsSync(installed) &&
    (statSync(installed).mtimeMs >= statSync(lock).mtimeMs || haveSamePackages(lock, installed));
  if (!isInstalled) {
    console.log("Installing npm packages…");
    const { reason } = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if (reason !== "") {
      throw new SetupFailure(`The npm packages could not be installed: ${reason}.`);
    }
  }
  requireInstalledNode();
}

/**
 * A fresh checkout touches the lock file without changing it.
 * @param {string} lock
 * @param {string} installed
 */
function haveSamePackages(lock, installed) {
  /** @param {string} file */
  const versions = (file) => {
    const { packages } =
      /** @type {{ packages: Record<string, { version?: string; optional?: boolean }> }} */ (
        readJson(file)
      );
    return new Map(Object.entries(packages).filter(([path]) => path !== ""));
  };
  const wanted = versions(lock);
  const present = versions(installed);
  return [...wanted].every(
    ([path, { version, optional }]) =>
      present.get(path)?.version === version || (optional === true && !present.has(path)),
  );
}

/** The dev dependency `node` brings the Node that all tools run on; its install script must have run. */
function requireInstalledNode() {
  const program = process.platform === "win32" ? "node.exe" : "node";
  if (!existsSync(join(root, "node_modules", "node", "bin", program))) {
    throw new SetupFailure(
      "The npm package `node` was installed without its program, which its install script fetches. " +
        "Allow install scripts (`npm config set ignore-scripts false`), delete node_modules and run this again.",
    );
  }
}
