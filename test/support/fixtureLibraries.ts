// Builds the plugins of test/fixtures with cargo (debug profile, one shared target folder) and says where the libraries are.

import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

export const repositoryRoot = resolve(import.meta.dirname, "../..");
export const fixturesFolder = join(repositoryRoot, "test/fixtures");

/** The packages of the fixture workspace by the short name that tests use. */
export type FixtureName =
  | "attributed"
  | "calls"
  | "faults"
  | "revision"
  | "malformed"
  | "plain"
  | "configured"
  | "aborting"
  | "streams"
  | "hostcall"
  | "evolved"
  | "ancestor"
  | "stateful";

export interface FixtureBuild {
  readonly profile?: "release";
  readonly features?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** For rustc, for this crate alone: `-C panic=abort` needs no second build of everything else. */
  readonly rustcArguments?: readonly string[];
}

interface ArtifactMessage {
  readonly reason: string;
  readonly target?: { readonly name: string };
  readonly filenames?: readonly string[];
}

/** Where cargo puts what the tests build: FIDIUS_TEST_TARGET, or target/test in the repository. */
export function testTargetFolder(): string {
  return process.env["FIDIUS_TEST_TARGET"] ?? join(repositoryRoot, "target/test");
}

/** The built programs: FIDIUS_TEST_DIST, or dist in the repository. */
export function distFolder(): string {
  return process.env["FIDIUS_TEST_DIST"] ?? join(repositoryRoot, "dist");
}

let sharedBuild: Promise<ReadonlyMap<string, string>> | undefined;

/** The library of a fixture; the first call of a test run builds all of them. */
export async function fixtureLibrary(name: FixtureName): Promise<string> {
  sharedBuild ??= buildFixtures(["--workspace"], {});
  return libraryIn(await sharedBuild, name);
}

/** Builds one fixture in another way and gives its library. */
export async function buildFixture(name: FixtureName, build: FixtureBuild): Promise<string> {
  return libraryIn(await buildFixtures(["-p", `fixture-${name}`], build), name);
}

/** The framework workspace: packages whose plugins are made by macros. */
export const frameworkFolder = join(fixturesFolder, "framework");

let frameworkBuild: Promise<ReadonlyMap<string, string>> | undefined;

/** The library of a package of the framework workspace, such as `polite-greeter`; built as candidates are. */
export async function frameworkLibrary(packageName: string): Promise<string> {
  frameworkBuild ??= buildIn(frameworkFolder, ["--workspace"], {
    features: ["greeting-framework/async"],
  });
  const library = (await frameworkBuild).get(packageName.replaceAll("-", "_"));
  if (library === undefined) {
    throw new Error(`cargo built no library for ${packageName}`);
  }
  return library;
}

/** The program that stands for a debugger; see test/fixtures/tracer. */
export async function tracerProgram(): Promise<string> {
  const folder = testTargetFolder();
  await mkdir(folder, { recursive: true });
  const environment = { ...process.env, CARGO_TARGET_DIR: folder };
  await runCargo(fixturesFolder, ["build", "-p", "fixture-tracer"], environment);
  return join(folder, "debug/fixture-tracer");
}

function libraryIn(libraries: ReadonlyMap<string, string>, name: FixtureName): string {
  const library = libraries.get(`fixture_${name}`);
  if (library === undefined) {
    throw new Error(`cargo built no library for fixture ${name}`);
  }
  return library;
}

function buildFixtures(
  selection: readonly string[],
  build: FixtureBuild,
): Promise<ReadonlyMap<string, string>> {
  return buildIn(fixturesFolder, selection, build);
}

async function buildIn(
  folder: string,
  selection: readonly string[],
  build: FixtureBuild,
): Promise<ReadonlyMap<string, string>> {
  const target = testTargetFolder();
  await mkdir(target, { recursive: true });
  const profile = build.profile === "release" ? ["--release"] : [];
  const features = build.features?.length ? ["--features", build.features.join(",")] : [];
  const rustc = build.rustcArguments ?? [];
  const command = rustc.length > 0 ? "rustc" : "build";
  const trailing = rustc.length > 0 ? ["--", ...rustc] : [];
  const options = ["--lib", "--message-format=json-render-diagnostics", ...selection];
  const output = await runCargo(
    folder,
    [command, ...options, ...profile, ...features, ...trailing],
    {
      ...process.env,
      ...build.environment,
      CARGO_TARGET_DIR: target,
    },
  );
  const libraries = new Map<string, string>();
  for (const line of output.split("\n").filter((text) => text.startsWith("{"))) {
    const message = JSON.parse(line) as ArtifactMessage;
    const library = message.filenames?.find((file) => /\.(?:so|dylib|dll)$/.test(file));
    if (message.reason === "compiler-artifact" && message.target && library !== undefined) {
      libraries.set(message.target.name, library);
    }
  }
  return libraries;
}

function runCargo(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolveOutput, reject) => {
    const cargo = spawn("cargo", args, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    cargo.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    cargo.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    cargo.once("error", reject);
    cargo.once("close", (code) => {
      if (code === 0) {
        resolveOutput(Buffer.concat(stdout).toString("utf8"));
      } else {
        const text = Buffer.concat(stderr).toString("utf8");
        reject(new Error(`cargo ${args.join(" ")} failed:\n${text}`));
      }
    });
  });
}
