// Builds a plugin's library when it is missing or older than its sources, and remembers what cargo reported, so that an
// unchanged plugin is called without starting cargo. Shared by the extension and the CLI.

import { choiceKey, readBuildChoice, type BuildChoice } from "../cargo/graph/buildChoice.ts";
import { buildLibrary } from "../cargo/build/buildLibrary.ts";
import type { BuildProgress } from "../cargo/build/buildProgress.ts";
import type { BuildRequest, BuiltLibrary } from "../cargo/build/builtLibrary.ts";
import { fileState } from "../cargo/build/fileState.ts";
import { findCargo } from "../cargo/process/findCargo.ts";
import { isFresh } from "../cargo/build/freshness.ts";
import { targetDirectoryOf } from "../cargo/process/openedPackage.ts";
import { crateIdOf, type CrateId } from "../model/crateGraph.ts";
import type { BuildFailure } from "../model/outcome.ts";
import type { Buildable } from "../model/plugin.ts";
import { ok, type Result } from "../model/result.ts";

export interface BuildSettings {
  /** `stale`: when sources are newer; `always`: cargo decides; `never`: the last build's library, however old. */
  readonly when: "stale" | "always" | "never";
  /** Null: the cargo on PATH. */
  readonly cargoPath: string | null;
  readonly profile: string;
  /** Beside those that the async set-up misses. */
  readonly features: readonly string[];
  readonly extraArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly targetDirectory: string | null;
}

export interface BuildListener {
  /** cargo is being started. */
  onStart?(): void;
  onProgress?(progress: BuildProgress): void;
  /** What cargo and rustc say, line by line. */
  onOutput?(text: string): void;
}

export type BuildStep =
  | {
      readonly kind: "ready";
      readonly library: string;
      /** Absent when cargo did not run. */
      readonly buildMs?: number;
      readonly notes: readonly string[];
      /** cargo says that it is what the sources make, or nothing changed since it did. */
      readonly isCurrent?: boolean;
    }
  | { readonly kind: "failed"; readonly failure: BuildFailure }
  | { readonly kind: "cancelled" };

/** What is known of a plugin's library without running cargo; `unknown`: not built by this process yet. */
export type LibraryState = "unknown" | "fresh" | "stale" | "missing" | "failed";

type LastBuild =
  { readonly kind: "built"; readonly built: BuiltLibrary } | { readonly kind: "failed" };

/** Keeps builds beyond the end of the process. */
export interface BuildMemory {
  get(crate: CrateId): BuiltLibrary | undefined;
  set(crate: CrateId, built: BuiltLibrary): void;
}

export class PluginBuilder {
  /** By crate: each has one library. */
  readonly #last = new Map<string, LastBuild>();
  /** The last build of each profile and features, by crate and choice. */
  readonly #ofChoice = new Map<string, BuiltLibrary>();
  readonly #memory: BuildMemory | undefined;

  constructor(memory?: BuildMemory) {
    this.#memory = memory;
  }

  /** The plugin's library, built now if it has to be. */
  async ensureBuilt(
    plugin: Buildable,
    settings: BuildSettings,
    listener: BuildListener,
    signal: AbortSignal,
  ): Promise<BuildStep> {
    if (plugin.obstacle !== undefined) {
      const { message } = plugin.obstacle;
      return { kind: "failed", failure: { kind: "noLibrary", message } };
    }
    const key = crateIdOf(plugin.crate);
    const known = this.#lastBuilt(key);
    if (settings.when === "never") {
      return this.#lastOfChoice(plugin, settings);
    }
    const request = buildRequest(plugin, settings);
    if (!request.ok) {
      return { kind: "failed", failure: request.error };
    }
    if (settings.when === "stale" && known !== undefined && (await isFresh(known, request.value))) {
      return { ...ready(plugin, known), isCurrent: true };
    }
    listener.onStart?.();
    const depInfoFile = known?.depInfoFile;
    const result = await buildLibrary(
      { ...request.value, depInfoFile },
      {
        onProgress: (progress) => listener.onProgress?.(progress),
        onOutput: (text) => listener.onOutput?.(text),
        signal,
      },
    );
    if (result.ok) {
      this.#last.set(key, { kind: "built", built: result.value });
      this.#ofChoice.set(`${key} ${result.value.record.choiceKey ?? ""}`, result.value);
      this.#memory?.set(key, result.value);
      return { ...ready(plugin, result.value), isCurrent: true, buildMs: result.value.durationMs };
    }
    if (result.error.kind === "cancelled") {
      return { kind: "cancelled" };
    }
    this.#last.set(key, { kind: "failed" });
    return { kind: "failed", failure: result.error };
  }

  /** The library as far as it is known to be what cargo would build now; never starts cargo. */
  async freshLibrary(plugin: Buildable, settings: BuildSettings): Promise<string | undefined> {
    const known = this.#lastBuilt(crateIdOf(plugin.crate));
    const request = buildRequest(plugin, settings);
    const isCurrent = known !== undefined && request.ok && (await isFresh(known, request.value));
    return isCurrent ? known.libraryFile : undefined;
  }

  /** The state of the plugin's library against its sources and these settings. */
  async libraryState(plugin: Buildable, settings: BuildSettings): Promise<LibraryState> {
    const last = this.#last.get(crateIdOf(plugin.crate));
    if (last === undefined) {
      return "unknown";
    }
    if (last.kind === "failed") {
      return "failed";
    }
    const request = buildRequest(plugin, settings);
    return request.ok && (await isFresh(last.built, request.value)) ? "fresh" : "stale";
  }

  /** The last library of the chosen profile and features, however old; or why there is none. */
  #lastOfChoice(plugin: Buildable, settings: BuildSettings): BuildStep {
    const key = crateIdOf(plugin.crate);
    const choice = choiceOf(plugin, settings);
    const wanted = choiceKey(choice);
    const last = this.#lastBuilt(key);
    const built =
      this.#ofChoice.get(`${key} ${wanted}`) ??
      (last?.record.choiceKey === wanted ? last : undefined);
    if (built === undefined) {
      return notBuiltYet(plugin, last === undefined ? "" : ` with ${describeChoice(choice)}`);
    }
    // One of other features goes to the same place.
    const isThere = fileState(built.libraryFile) === built.record.inputs[built.libraryFile];
    return isThere ? ready(plugin, built) : replaced(plugin, choice);
  }

  #lastBuilt(crate: CrateId): BuiltLibrary | undefined {
    const last = this.#last.get(crate);
    return last === undefined
      ? this.#memory?.get(crate)
      : last.kind === "built"
        ? last.built
        : undefined;
  }
}

/** What cargo is asked for, the features that the async set-up misses included. */
function buildRequest(
  plugin: Buildable,
  settings: BuildSettings,
): Result<BuildRequest, BuildFailure> {
  const cargo = findCargo({
    configuredPath: settings.cargoPath ?? undefined,
    environment: { ...process.env, ...settings.environment },
  });
  if (!cargo.ok) {
    return cargo;
  }
  return ok({
    cargo: cargo.value,
    crate: plugin.crate,
    features: allFeatures(plugin, settings),
    profile: settings.profile,
    extraArguments: [
      ...settings.extraArguments,
      ...(plugin.missingAsyncPackages ?? []).flatMap((name) => ["--package", name]),
    ],
    environment: settings.environment,
    targetDirectory:
      targetDirectoryOf(plugin.crate.workspaceRoot, settings.targetDirectory) ?? undefined,
  });
}

function ready(plugin: Buildable, built: BuiltLibrary): BuildStep & { kind: "ready" } {
  const added = plugin.missingAsyncFeatures.filter((feature) => built.features.includes(feature));
  return {
    kind: "ready",
    library: built.libraryFile,
    notes: added.length === 0 ? [] : [`Built with --features ${added.join(",")}`],
  };
}

/** The part of the build that decides which code is compiled. */
function choiceOf(plugin: Buildable, settings: BuildSettings): BuildChoice {
  return readBuildChoice(settings.profile, allFeatures(plugin, settings), settings.extraArguments);
}

function allFeatures(plugin: Buildable, { features }: BuildSettings): readonly string[] {
  return [...new Set([...features, ...plugin.missingAsyncFeatures])];
}

function describeChoice({ profile, features, ...others }: BuildChoice): string {
  const { hasAllFeatures, hasDefaultFeatures } = others;
  const parts = [
    `the profile ${profile}`,
    ...(features.length === 0 ? [] : [`the features ${features.join(", ")}`]),
    ...(hasAllFeatures ? ["all features"] : []),
    ...(hasDefaultFeatures ? [] : ["no default features"]),
  ];
  return parts.join(" and ");
}

function replaced({ crate }: Buildable, choice: BuildChoice): BuildStep {
  return {
    kind: "failed",
    failure: {
      kind: "noLibrary",
      message: `The last build of ${crate.name} with ${describeChoice(choice)} has been replaced or removed since, and the setting fidius.build.beforeInvoke is "never". Run Fidius: Build Plugin first.`,
    },
  };
}

function notBuiltYet(plugin: Buildable, choice: string): BuildStep {
  return {
    kind: "failed",
    failure: {
      kind: "noLibrary",
      message: `${plugin.crate.name} has not been built here yet${choice}, and the setting fidius.build.beforeInvoke is "never". Run Fidius: Build Plugin first.`,
    },
  };
}
