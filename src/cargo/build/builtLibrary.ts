// What a build is asked for and what it leaves behind: the data that build.ts and freshness.ts share with their callers.

import type { BuildFailure } from "../../model/outcome.ts";
import type { CrateInfo } from "../../model/plugin.ts";
import type { BuildProgress } from "./buildProgress.ts";
import type { FileState } from "./fileState.ts";

export interface BuildRequest {
  /** Absolute path of cargo, from `findCargo`. */
  readonly cargo: string;
  readonly crate: CrateInfo;
  /** For `--features`, such as `fidius/async`. */
  readonly features: readonly string[];
  /** A cargo profile: `dev` (also written `debug`), `release`, or one of the user's. */
  readonly profile: string;
  readonly extraArguments: readonly string[];
  /** Added to this process's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** `--target-dir`; absent: cargo's own choice. */
  readonly targetDirectory?: string | undefined;
  /** The dep-info of the build before this one, when it is known. */
  readonly depInfoFile?: string | undefined;
}

export interface BuildHooks {
  readonly onProgress: (progress: BuildProgress) => void;
  /** A line, or several joined by line ends, of what cargo and rustc say; no progress bar, no colours. */
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface BuiltLibrary {
  /** A copy of the package's dynamic library as this build left it, which no other build replaces. */
  readonly libraryFile: string;
  /** Cargo's, beside the library that cargo made. */
  readonly depInfoFile: string;
  readonly crate: CrateInfo;
  readonly features: readonly string[];
  readonly durationMs: number;
  /** False when cargo found everything up to date. */
  readonly didCompile: boolean;
  readonly record: BuildRecord;
}

export type BuildError = BuildFailure | { readonly kind: "cancelled" };

/** Everything a build depended on, as it was. Plain JSON. */
export interface BuildRecord {
  /** Equal keys: the same package, settings and environment. */
  readonly requestKey: string;
  /** Equal keys: the same profile and features; see `choiceKey`. Absent for bridges. */
  readonly choiceKey?: string;
  readonly inputs: Readonly<Record<string, FileState>>;
  /** Set when the inputs are not known for sure, or one changed while the build ran: never fresh. */
  readonly isUncertain: boolean;
}
