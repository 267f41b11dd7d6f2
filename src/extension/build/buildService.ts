// Building, as the extension does it: settings of the plugin's folder, unsaved files saved first, cargo's words in the log,
// and, only where rust-analyzer is not there to do it, the errors in Problems.

import * as vscode from "vscode";
import type {
  BuildListener,
  BuildSettings,
  BuildStep,
  LibraryState,
  PluginBuilder,
} from "../../calls/pluginBuilder.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { BuildFailure } from "../../model/outcome.ts";
import type { Buildable, PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import type { ExtensionLog } from "../platform/log.ts";
import { readSettings } from "../platform/settings.ts";
import { BuildProblems } from "./buildProblems.ts";

export interface RunningBuild {
  readonly packageName: string;
  readonly done: number | null;
  readonly total: number | null;
}

/** What a build is to be like beside the settings. */
export interface BuildWish {
  /** cargo runs in any case. */
  readonly force?: boolean;
  /** With what debuggers need, which cargo's release profile leaves out. */
  readonly isDebugged?: boolean;
  /** Instead of the setting's. */
  readonly profile?: string | null;
  readonly features?: readonly string[];
}

/** Packages that were opened are built outside of themselves, and only as they were checked. */
export interface OpenedPackages {
  /** Where the package of this manifest is built; undefined for one of the workspace. */
  readonly targetDirectory: (manifestPath: string) => string | undefined;
  /** Checks the package's signature again; sentences for people, or why it is not built. */
  readonly check: (manifestPath: string) => Promise<Result<readonly string[], string>>;
}

export class BuildService {
  readonly #log: ExtensionLog;
  #builder: PluginBuilder | undefined;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<RunningBuild | null>());
  readonly #problems = this.#store.add(new BuildProblems());

  /** What is known of packages that were opened. */
  openedPackages: OpenedPackages | undefined;

  constructor(log: ExtensionLog) {
    this.#log = log;
  }

  /** Progress of the build that moved last; null when a build ended. */
  readonly onDidChange: vscode.Event<RunningBuild | null> = this.#changed.event;

  /** Told of every build that ended, before its library is handed over. */
  onBuilt: (plugin: Buildable, step: BuildStep, startedAtMs: number) => Promise<void> = () =>
    Promise.resolve();

  /** Builds the plugin now if its settings and its sources ask for it. */
  async build(
    plugin: Buildable,
    listener: BuildListener,
    signal: AbortSignal,
    wish: BuildWish = {},
  ): Promise<BuildStep> {
    const checked = await this.openedPackages?.check(plugin.crate.manifestPath);
    if (checked?.ok === false) {
      return { kind: "failed", failure: { kind: "noLibrary", message: checked.error } };
    }
    const settings = this.#settingsOf(plugin, wish);
    const startedAtMs = Date.now();
    const packageName = plugin.crate.name;
    const step = await (
      await this.#loadBuilder()
    ).ensureBuilt(
      plugin,
      wish.force === true ? { ...settings, when: "always" } : settings,
      {
        onStart: () => {
          this.#log.info(`building ${packageName}`);
          this.#problems.clear();
          this.#changed.fire({ packageName, done: null, total: null });
          listener.onStart?.();
        },
        onProgress: (progress) => {
          this.#changed.fire({ packageName, done: progress.done, total: progress.total });
          listener.onProgress?.(progress);
        },
        onOutput: (text) => {
          this.#log.info(text);
          listener.onOutput?.(text);
        },
      },
      signal,
    );
    this.#changed.fire(null);
    this.#record(packageName, step);
    await this.onBuilt(plugin, step, startedAtMs);
    const notes = checked?.value ?? [];
    return step.kind === "ready" ? { ...step, notes: [...notes, ...step.notes] } : step;
  }

  /** The library that a call takes as it is, without a build: opened by the user, or the last one where none is to be built. */
  async givenLibrary(plugin: PluginSchema, isDebugged = false): Promise<string | undefined> {
    if (plugin.library?.file !== undefined) {
      return plugin.library.file;
    }
    const settings = this.#settingsOf(plugin, { isDebugged });
    if (settings.when !== "never" || this.#builder === undefined) {
      return undefined;
    }
    const step = await this.#builder.ensureBuilt(
      plugin,
      settings,
      {},
      new AbortController().signal,
    );
    return step.kind === "ready" ? step.library : undefined;
  }

  /** What is known of the plugin's library without running cargo. */
  async libraryState(plugin: Buildable, wish: BuildWish = {}): Promise<LibraryState> {
    return (await this.#builder?.libraryState(plugin, this.#settingsOf(plugin, wish))) ?? "unknown";
  }

  dispose(): void {
    this.#store.dispose();
  }

  #settingsOf(plugin: Buildable, wish: BuildWish = {}): BuildSettings {
    const settings = buildSettings(plugin, wish);
    const own = this.openedPackages?.targetDirectory(plugin.crate.manifestPath);
    return own === undefined ? settings : { ...settings, targetDirectory: own };
  }

  /** Loaded with the first build: what it needs has no place in activation. */
  async #loadBuilder(): Promise<PluginBuilder> {
    if (this.#builder === undefined) {
      const { PluginBuilder: Builder } = await import("../../calls/pluginBuilder.ts");
      this.#builder ??= new Builder();
    }
    return this.#builder;
  }

  #record(packageName: string, step: BuildStep): void {
    if (step.kind === "ready") {
      if (step.buildMs !== undefined) {
        this.#log.info(`built ${packageName} in ${Math.round(step.buildMs)} ms`);
      }
    } else if (step.kind === "cancelled") {
      this.#log.info(`building ${packageName} was cancelled`);
    } else {
      this.#log.error(`building ${packageName} failed: ${step.failure.kind}`);
      this.#showProblems(step.failure);
    }
  }

  /** rust-analyzer shows compile errors itself; a second copy would only be in the way. */
  #showProblems(failure: BuildFailure): void {
    const isShownElsewhere =
      vscode.extensions.getExtension("rust-lang.rust-analyzer")?.isActive === true;
    if (failure.kind !== "compileErrors" || isShownElsewhere) {
      return;
    }
    this.#problems.show(failure.errors);
  }
}

/** The settings that hold for the plugin's package; cargo's release profile leaves out what debuggers need. */
function buildSettings(
  plugin: Buildable,
  { isDebugged = false, profile = null, features = [] }: BuildWish,
): BuildSettings {
  const settings = readSettings(vscode.Uri.file(plugin.crate.manifestPath));
  const wanted = profile ?? settings.profile;
  return {
    when: settings.buildBeforeInvoke,
    cargoPath: settings.cargoPath,
    profile: isDebugged && wanted === "release" ? "dev" : wanted,
    features,
    extraArguments: settings.extraArgs,
    environment: settings.extraEnv,
    targetDirectory: settings.targetDirectory,
  };
}

/** Whether a build may read the file: Rust, or a manifest. */
export function isSource({ scheme, path }: vscode.Uri): boolean {
  return scheme === "file" && /\.(?:rs|toml)$/u.test(path);
}

/**
 * Saves what is unsaved in the plugin's cargo workspace: cargo reads the disk, while the form follows the editor. Called
 * only on the way to a build that the user asked for.
 */
export async function saveSources(plugin: Buildable): Promise<void> {
  const root = vscode.Uri.file(plugin.crate.workspaceRoot);
  const dirty = vscode.workspace.textDocuments.filter(
    (document) =>
      document.isDirty && isSource(document.uri) && document.uri.path.startsWith(`${root.path}/`),
  );
  await Promise.all(dirty.map((document) => document.save()));
}
