// Asks `cargo metadata` what only cargo knows: which registry and git packages the dependencies lead to, and where their
// sources are. Runs a program, so never in Restricted Mode; what it answers is read by zod and joined by enrichGraph.ts.

import * as z from "zod";
import { err, ok, type Result } from "../../model/result.ts";
import { cargoEnvironment, runCargo } from "../process/runCargo.ts";

const metadataDependency = z.object({
  name: z.string(),
  rename: z.string().nullish(),
  kind: z.enum(["dev", "build"]).nullish(),
  target: z.string().nullish(),
  optional: z.boolean(),
  uses_default_features: z.boolean(),
  features: z.array(z.string()),
  req: z.string(),
  source: z.string().nullish(),
  path: z.string().nullish(),
});

const metadataPackage = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  manifest_path: z.string(),
  edition: z.string().default("2015"),
  source: z.string().nullish(),
  links: z.string().nullish(),
  authors: z.array(z.string()).default([]),
  description: z.string().nullish(),
  repository: z.string().nullish(),
  features: z.record(z.string(), z.array(z.string())),
  dependencies: z.array(metadataDependency),
  targets: z.array(
    z.object({
      name: z.string(),
      kind: z.array(z.string()),
      crate_types: z.array(z.string()),
      src_path: z.string(),
    }),
  ),
});

const resolvedDependency = z.object({
  name: z.string(),
  pkg: z.string(),
  dep_kinds: z
    .array(z.object({ kind: z.enum(["dev", "build"]).nullish(), target: z.string().nullish() }))
    .default([]),
});

const metadata = z.object({
  packages: z.array(metadataPackage),
  workspace_members: z.array(z.string()),
  workspace_root: z.string(),
  target_directory: z.string(),
  resolve: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string(),
          deps: z.array(resolvedDependency),
          features: z.array(z.string()).default([]),
        }),
      ),
    })
    .nullish(),
});

export type CargoMetadata = z.infer<typeof metadata>;
export type MetadataPackage = z.infer<typeof metadataPackage>;
export type MetadataDependency = z.infer<typeof metadataDependency>;

export interface MetadataRequest {
  /** Absolute path of cargo, from `findCargo`. */
  readonly cargo: string;
  /** A Cargo.toml of the workspace. */
  readonly manifestPath: string;
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** For each of the runs that this may take. */
  readonly timeoutMs?: number;
  /** How the name of some package of the build must begin, for its answer to be of interest: others are not even parsed. */
  readonly mention?: string;
  /** False keeps cargo off the network altogether. */
  readonly canDownload?: boolean;
}

export type MetadataFailure =
  | { readonly kind: "cancelled" }
  /** No package has such a name as was asked for. */
  | { readonly kind: "unrelated"; readonly message: string }
  | { readonly kind: "timedOut"; readonly message: string }
  | { readonly kind: "cargoFailed"; readonly message: string };

const defaultTimeoutMs = 120_000;

/**
 * The metadata of a workspace: offline first, because the answer is nearly always on the disk, then with downloads. Only
 * for this machine's platform: offline, cargo fails on packages that other platforms would need.
 */
export async function readMetadata(
  request: MetadataRequest,
  signal: AbortSignal,
): Promise<Result<CargoMetadata, MetadataFailure>> {
  const host = await hostTriple(request, signal);
  const filter = host === undefined ? [] : ["--filter-platform", host];
  const offline = await run(request, [...filter, "--offline"], signal);
  if (offline.ok || offline.error.kind !== "cargoFailed" || request.canDownload === false) {
    return offline;
  }
  return run(request, filter, signal);
}

async function run(
  request: MetadataRequest,
  extra: readonly string[],
  signal: AbortSignal,
): Promise<Result<CargoMetadata, MetadataFailure>> {
  const output = await capture(
    request,
    ["metadata", "--format-version", "1", "--manifest-path", request.manifestPath, ...extra],
    signal,
  );
  if (!output.ok) {
    return output;
  }
  const { mention } = request;
  if (mention !== undefined && !output.value.includes(`"name":"${mention}`)) {
    return err({ kind: "unrelated", message: `No package of the build is called ${mention}.` });
  }
  const parsed = metadata.safeParse(parseJson(output.value));
  if (parsed.success) {
    return ok(parsed.data);
  }
  return err({
    kind: "cargoFailed",
    message: `cargo metadata answered in a form this version does not know (${z.prettifyError(parsed.error)}). Update the extension, or the Rust toolchain.`,
  });
}

/** `host:` of `rustc -vV`, asked through cargo so that it is the toolchain that cargo would use. */
async function hostTriple(
  request: MetadataRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const output = await capture(request, ["-vV"], signal);
  return output.ok ? /^host: (\S+)$/mu.exec(output.value)?.[1] : undefined;
}

async function capture(
  request: MetadataRequest,
  cargoArguments: readonly string[],
  signal: AbortSignal,
): Promise<Result<string, MetadataFailure>> {
  const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exit = await runCargo({
    cargo: request.cargo,
    arguments: cargoArguments,
    workingDirectory: request.workingDirectory,
    environment: cargoEnvironment({ ...request.environment, CARGO_TERM_COLOR: "never" }),
    signal: AbortSignal.any([signal, timeout]),
    onStdout: (text) => stdout.push(text),
    onStderr: (text) => stderr.push(text),
  });
  switch (exit.kind) {
    case "cancelled":
      return err(
        signal.aborted
          ? exit
          : {
              kind: "timedOut",
              message: `cargo metadata took longer than ${Math.round(timeoutMs / 1000)} s and was ended. Registry crates stay unknown until it answers; run cargo metadata in a terminal to see why.`,
            },
      );
    case "refused":
      return err({ kind: "cargoFailed", message: exit.message });
    case "notStarted":
      return err({
        kind: "cargoFailed",
        message: `cargo could not be started (${exit.message}). Install Rust with rustup, or set fidius.cargo.path.`,
      });
    case "exited":
      return exit.exitCode === 0
        ? ok(stdout.join(""))
        : err({
            kind: "cargoFailed",
            message:
              stderr.join("").trim() || `cargo ended with exit code ${exit.exitCode ?? "unknown"}.`,
          });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
