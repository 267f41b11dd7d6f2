// Builds and runs oracle/: Fidius' own packing, signing and verifying.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

const execute = promisify(execFile);

export type OracleVerdict =
  | { readonly accepted: true; readonly text: string }
  | { readonly accepted: false; readonly reason: string };

export type PackageOracle = (...command: readonly string[]) => Promise<OracleVerdict>;

/** Builds the oracle; the function runs one command of it. */
export async function buildPackageOracle(): Promise<PackageOracle> {
  const manifest = join(repositoryRoot, "test/packages/oracle/Cargo.toml");
  const target = testTargetFolder();
  await execute(
    "cargo",
    ["build", "--locked", "--manifest-path", manifest, "--target-dir", target],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const program = join(target, "debug/package-oracle");
  return async (...command) => {
    try {
      const { stdout } = await execute(program, command);
      return { accepted: true, text: stdout.trim() };
    } catch (error) {
      return { accepted: false, reason: String((error as { stderr?: unknown }).stderr) };
    }
  };
}
