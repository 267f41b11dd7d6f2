// What rustc sets for its default target: asked of rustc itself, since only it knows all of it. Runs a program, so never in
// Restricted Mode; there targetPlatform.ts tells what Node knows.

import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { executableNames, isExecutable, programOnPath } from "../../system/programOnPath.ts";
import { cargoFolder } from "../process/openedPackage.ts";
import { cargoEnvironment } from "../process/runCargo.ts";
import type { TargetPlatform } from "./targetPlatform.ts";

/** How long rustc gets for an answer that takes it some 20 ms. */
const timeoutMs = 10_000;

/** The platform that the rustc beside `cargo` builds for; undefined when it does not say. */
export function readTargetPlatform(
  cargo: string,
  workingDirectory: string,
  triple: string,
  signal: AbortSignal,
): Promise<TargetPlatform | undefined> {
  const environment = cargoEnvironment({});
  const rustc = rustcBeside(cargo, environment);
  if (rustc === undefined) {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    execFile(
      rustc,
      ["--print", "cfg"],
      {
        cwd: cargoFolder(workingDirectory),
        env: environment,
        timeout: timeoutMs,
        signal,
        windowsHide: true,
      },
      (error, stdout) => {
        resolve(error === null ? parseCfg(stdout, triple) : undefined);
      },
    );
  });
}

/** Reads the lines of `rustc --print cfg`: `name` and `name="value"`. */
export function parseCfg(output: string, triple: string): TargetPlatform {
  const flags: string[] = [];
  const values: Record<string, string[]> = {};
  for (const line of output.split(/\r?\n/u)) {
    const match = /^(?<name>[A-Za-z_]\w*)(?:="(?<value>.*)")?$/u.exec(line.trim())?.groups;
    const name = match?.["name"];
    const value = match?.["value"];
    if (name !== undefined && value === undefined) {
      flags.push(name);
    } else if (name !== undefined && value !== undefined) {
      (values[name] ??= []).push(value);
    }
  }
  return { triple, flags, values };
}

/** The rustc that cargo runs: RUSTC's, the one in cargo's folder, or the one on PATH. */
export function rustcBeside(
  cargo: string,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const given = environment["RUSTC"];
  if (given !== undefined && /[\\/]/u.test(given)) {
    return given;
  }
  const beside = executableNames("rustc", process.platform)
    .map((name) => join(dirname(cargo), name))
    .find(isExecutable);
  return (given === undefined ? beside : undefined) ?? programOnPath(given ?? "rustc", environment);
}
