// Which bridge is wanted, and where it lies: the same interface in the same workspace has the same folder and program.

import { createHash } from "node:crypto";
import { join, parse, resolve } from "node:path";
import type { BuildError } from "../cargo/build/build.ts";
import type { BuildRequest, BuiltLibrary } from "../cargo/build/builtLibrary.ts";
import { findCargo } from "../cargo/process/findCargo.ts";
import { configuredTargetDirectory } from "../cargo/build/configuredTarget.ts";
import { targetDirectoryOf } from "../cargo/process/openedPackage.ts";
import type { InterfaceSchema } from "../model/plugin.ts";
import { ok, type Result } from "../model/result.ts";
import type { BridgedBuild } from "./bridgedBuild.ts";
import type { BridgedMethod } from "./generatedSource.ts";

/** Changes when bridges built by another version of this program are of no use. */
const generation = 4;

/** Which bridge, and how to build it. */
export interface BridgeRequest {
  /** Whose types are asked for; the generated code stands behind its `fullSpan`. */
  readonly interface: InterfaceSchema;
  /** In place of the trait's methods. */
  readonly methods?: readonly BridgedMethod[];
  /** Folder of the workspace whose lock file and features count: the plugin's, else the interface's. */
  readonly workspaceRoot: string;
  /** Whose values the bridge reads and writes. */
  readonly build: BridgedBuild;
  readonly cargoPath: string | null;
  readonly environment: Readonly<Record<string, string>>;
  /** Null: `target` in the workspace, or what the environment says. */
  readonly targetDirectory: string | null;
  /** Folder with the runtime's sources, `dist/bridge`. */
  readonly runtimeFolder: string;
}

export interface PreparedBridge {
  readonly build: BuildRequest;
  /** The overlay's. */
  readonly folder: string;
}

/** Where a bridge lies and how cargo is run for it; starts nothing. */
export function prepareBridge(request: BridgeRequest): Result<PreparedBridge, BuildError> {
  const environment = { ...process.env, ...request.environment };
  const cargo = findCargo({ configuredPath: request.cargoPath ?? undefined, environment });
  if (!cargo.ok) {
    return cargo;
  }
  const target =
    targetDirectoryOf(request.workspaceRoot, request.targetDirectory) ??
    environment["CARGO_TARGET_DIR"] ??
    environment["CARGO_BUILD_TARGET_DIR"] ??
    configuredTargetDirectory(request.workspaceRoot) ??
    join(request.workspaceRoot, "target");
  const { profile } = request.build.choice;
  const folder = resolve(request.workspaceRoot, target, "fidius-bridge", keyOf(request));
  return ok({
    folder,
    build: {
      cargo: cargo.value,
      // What the record is about: the bridge's program, in the user's workspace.
      crate: {
        ...request.interface.crate,
        name: `${request.interface.id} ${request.interface.hash}`,
        manifestPath: join(folder, "program/Cargo.toml"),
        workspaceRoot: request.workspaceRoot,
      },
      features: [],
      profile: profile === "debug" ? "dev" : profile,
      extraArguments: [String(generation), request.interface.hash],
      environment: request.environment,
    },
  });
}

/** The bridge's program in the form that freshness is asked for. */
export function asLibrary(build: BuildRequest, executable: string): BuiltLibrary {
  const path = parse(executable);
  return {
    libraryFile: executable,
    depInfoFile: join(path.dir, `${path.name}.d`),
    crate: build.crate,
    features: [],
    durationMs: 0,
    didCompile: false,
    record: { requestKey: "", inputs: {}, isUncertain: true },
  };
}

/** Short, the same for the same interface in the same build of a workspace: the bridge is used again and again. */
function keyOf(request: BridgeRequest): string {
  return createHash("sha256")
    .update(
      JSON.stringify([request.interface.crate.manifestPath, request.interface.id, request.build]),
    )
    .digest("hex")
    .slice(0, 16);
}

/** Name of the program that cargo makes. */
export function programName(request: BridgeRequest): string {
  return `fidius-bridge-${keyOf(request)}`;
}
