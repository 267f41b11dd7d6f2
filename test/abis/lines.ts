// The plugins of test/fixtures-abis, one workspace for each line of published Fidius crates, built with that line and its own
// Cargo.lock; and what Fidius' own host of that line says of the same calls.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

/** A line of releases in one of its builds. */
export interface Line {
  /** Folder in test/fixtures-abis. */
  readonly folder: string;
  readonly version: string;
  readonly abi: number;
  readonly profile: "debug" | "release";
  readonly values: "json" | "bincode";
  /** Arguments as a tuple: methods take any number of them. */
  readonly hasTuples: boolean;
  /** Fidius' own host was published for it. */
  readonly hasHost: boolean;
}

const plain = { profile: "debug", values: "bincode", hasTuples: true, hasHost: true } as const;
const first = {
  folder: "alpha",
  version: "0.0.0-alpha.1",
  abi: 1,
  hasTuples: false,
  hasHost: true,
};
const bare = { folder: "0.0.4", version: "0.0.4", abi: 2, hasTuples: false, hasHost: true };
const tupled = { folder: "0.0.5", version: "0.0.5", abi: 2, hasTuples: true, hasHost: true };
const json = { profile: "debug", values: "json" } as const;
const optimized = { profile: "release", values: "bincode" } as const;

export const lines: readonly Line[] = [
  { ...first, ...json },
  { ...first, ...optimized },
  { ...bare, ...json },
  { ...bare, ...optimized },
  { ...tupled, ...json },
  { ...tupled, ...optimized },
  { ...plain, folder: "0.1", version: "0.1.0", abi: 100, hasHost: false },
  { ...plain, folder: "0.2", version: "0.2.1", abi: 200 },
  { ...plain, folder: "0.3", version: "0.3.0", abi: 300 },
  { ...plain, folder: "0.4", version: "0.4.2", abi: 400 },
  { ...plain, folder: "0.5", version: "0.5.9", abi: 500 },
];

export function lineFolder({ folder }: Line): string {
  return join(repositoryRoot, "test/fixtures-abis", folder);
}

/** For titles: "0.0.5 (debug)". */
export function lineName({ version, profile }: Line): string {
  return `${version} (${profile})`;
}

/** One call as Fidius' own host saw it. */
export interface OracleCall {
  readonly method: string;
  /** What was sent, in hex. */
  readonly input: string;
  readonly kind: "ok" | "error" | "panic" | "failed";
  /** serde_json's text of the value, the error, or the panic's message. */
  readonly value: string;
}

export interface BuiltLine {
  readonly library: string;
  readonly calls: readonly OracleCall[];
}

interface ArtifactMessage {
  readonly reason: string;
  readonly target?: { readonly kind: readonly string[] };
  readonly filenames?: readonly string[];
  readonly executable?: string | null;
}

const execute = promisify(execFile);
const builds = new Map<string, Promise<BuiltLine>>();

/** Builds a line once for a test run, and asks its oracle. */
export function builtLine(line: Line): Promise<BuiltLine> {
  const key = lineName(line);
  const known = builds.get(key) ?? build(line);
  builds.set(key, known);
  return known;
}

async function build(line: Line): Promise<BuiltLine> {
  const { library, oracle } = await buildWorkspace(lineFolder(line), line);
  return { library, calls: oracle === undefined ? [] : await askOracle(oracle, library) };
}

/** Builds a workspace's library and, when Fidius' own host was published for it, the oracle beside it. */
export async function buildWorkspace(
  folder: string,
  { hasHost, profile }: Pick<Line, "hasHost" | "profile">,
): Promise<{ readonly library: string; readonly oracle: string | undefined }> {
  const { stdout } = await execute(
    "cargo",
    [
      "build",
      "--locked",
      "--lib",
      "--message-format=json-render-diagnostics",
      ...(hasHost ? ["--examples"] : []),
      ...(profile === "release" ? ["--release"] : []),
    ],
    {
      cwd: folder,
      env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const messages = stdout
    .split("\n")
    .filter((text) => text.startsWith("{"))
    .map((text) => JSON.parse(text) as ArtifactMessage);
  const library = messages
    .filter(({ target }) => target?.kind.includes("cdylib"))
    .flatMap(({ filenames }) => filenames ?? [])
    .find((file) => /\.(?:so|dylib|dll)$/.test(file));
  const oracle = messages.find(({ executable }) => typeof executable === "string")?.executable;
  if (library === undefined) {
    throw new Error(`cargo built no library in ${folder}`);
  }
  return { library, oracle: oracle ?? undefined };
}

/** Its value stays text: a JS number would lose digits. */
const oracleLine =
  /^\{"method":"(?<method>\w+)","input":"(?<input>[\da-f]*)","kind":"(?<kind>\w+)","value":(?<value>.*)\}$/;

async function askOracle(oracle: string, library: string): Promise<readonly OracleCall[]> {
  const { stdout } = await execute(oracle, [library]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const groups = oracleLine.exec(line)?.groups;
      if (groups === undefined) {
        throw new Error(`the oracle said ${line}`);
      }
      return groups as unknown as OracleCall;
    });
}
