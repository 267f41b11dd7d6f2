// Which release of Fidius a new crate is made for: the one that the workspace is locked to, else the newest that cargo knows, else the
// newest that this program knows.

import { dirname, join } from "node:path";
import * as z from "zod";
import { cargoEnvironment, runCargo } from "../cargo/process/runCargo.ts";
import { findCargo } from "../cargo/process/findCargo.ts";
import { parseTomlValues } from "../cargo/manifest/tomlDocument.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { statsOf } from "../files/fileStats.ts";
import { readRegularTextSync } from "../files/regularFile.ts";

/** What is written where neither a lock file nor cargo tells. */
export const newestKnownFidius = "0.5.9";

/** How long cargo may take to ask its registry. */
const registryMs = 15_000;

const lockFile = z.object({
  package: z.array(z.object({ name: z.string(), version: z.string() })),
});

/** The newest Fidius in the lock file of a workspace; undefined when it has none. */
export function lockedFidius(workspaceFolder: string): string | undefined {
  const text = readRegularTextSync(join(workspaceFolder, "Cargo.lock"), fileLimits.source);
  const values = text.ok ? lockFile.safeParse(parseTomlValues(text.value)) : undefined;
  return values?.data?.package
    .filter(({ name }) => name === "fidius")
    .map(({ version }) => version)
    .sort(compareReleases)
    .at(-1);
}

export interface RegistryOptions {
  /** The setting `fidius.cargo.path`; empty or absent when unset. */
  readonly cargoPath?: string;
  readonly signal?: AbortSignal;
}

/** The newest Fidius that cargo's registry has; undefined when cargo cannot be asked. */
export async function registryFidius(
  folder: string,
  { cargoPath, signal }: RegistryOptions = {},
): Promise<string | undefined> {
  const cargo = findCargo({ configuredPath: cargoPath });
  if (!cargo.ok) {
    return undefined;
  }
  const limit = AbortSignal.timeout(registryMs);
  let output = "";
  await runCargo({
    cargo: cargo.value,
    arguments: ["info", "--quiet", "--color", "never", "fidius"],
    workingDirectory: existingFolder(folder),
    environment: cargoEnvironment({}),
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    onStdout: (text) => {
      output += text;
    },
    onStderr: () => undefined,
  });
  // "version: 0.5.7 (latest 0.5.9)" inside of a workspace that is locked.
  const found = /^version: (\d+\.\d+\.\d+)(?: \(latest (\d+\.\d+\.\d+)\))?\s*$/mu.exec(output);
  return found?.[2] ?? found?.[1];
}

function existingFolder(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || statsOf(folder)?.isDirectory() === true
    ? folder
    : existingFolder(parent);
}

/** Orders releases by their numbers, the oldest first. What is no release counts as 0. */
export function compareReleases(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  const at = [0, 1, 2].find((index) => a[index] !== b[index]);
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function numbersOf(release: string): readonly number[] {
  return (
    /(\d+)\.(\d+)(?:\.(\d+))?/u
      .exec(release)
      ?.slice(1)
      .map((part: string | undefined) => Number(part ?? 0)) ?? [0, 0, 0]
  );
}
