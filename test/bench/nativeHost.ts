// Fidius' own host as the measure of ours: a release build of test/native-host and of the fixtures, started for each
// measurement, and what it printed.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildFixture, repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import type { FixtureName } from "../support/fixtureLibraries.ts";

const execute = promisify(execFile);

/** Builds the program that measures Fidius' own host, and says where it is. */
export async function buildNativeHost(): Promise<string> {
  const manifest = join(repositoryRoot, "test", "native-host", "Cargo.toml");
  await execute("cargo", ["build", "--release", "--locked", "--manifest-path", manifest], {
    env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
  });
  return join(testTargetFolder(), "release", "measure");
}

/** The release build of a fixture. */
export function releaseFixture(name: FixtureName): Promise<string> {
  return buildFixture(name, { profile: "release" });
}

/** Milliseconds by the names that the program prints. */
export async function measureNative(
  program: string,
  what: "calls" | "stream",
  library: string,
): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await execute(program, [what, library]);
  const lines = stdout.trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [name = "", nanoseconds = ""] = line.split(" ");
      return [name, Number(nanoseconds) / 1e6] as const;
    }),
  );
}
