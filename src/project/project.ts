// The project: manifests and sources of the open folders read into one snapshot, kept fresh by file. Manifests alone give
// the first answer; where cargo may run, crateGraphs.ts enriches the graph in the background with what only cargo knows.

import path from "node:path";
import { plainBuild } from "../cargo/graph/buildChoice.ts";
import { type BuildPlace, isScriptOutput } from "../cargo/build/outputFolders.ts";
import type { ManifestNotice } from "../cargo/manifest/manifestStore.ts";
import { isNamed, pathKey } from "../cargo/manifest/samePath.ts";
import type { CrateGraph } from "../model/crateGraph.ts";
import { type Disposable, DisposableStore } from "../model/disposable.ts";
import type { Logger } from "../model/logger.ts";
import type { CrateInfo, ProjectModel } from "../model/plugin.ts";
import { createRustAnalyzer } from "../rust/analyzer.ts";
import type { CrateCheck } from "../rust/fidius/crateCheck.ts";
import type { PluginFacts, RustModel } from "../rust/fidius/facts.ts";
import type { SourceFiles } from "../rust/syntax/sourceFiles.ts";
import { findSetupProblems, withMissingFeatures } from "./asyncRules/asyncSetup.ts";
import { findCandidates, type LibraryReports, withLibraries } from "./packages/candidates.ts";
import type { BuildChoices } from "./buildSettings.ts";
import { createCrateGraphs, type CrateGraphs } from "./crateGraphs.ts";
import { createDebouncedSignal } from "./debouncedSignal.ts";
import { withHostInterfaces } from "./hostInterfaces.ts";
import { createGuestPackages, type GuestPackages } from "./packages/guestPackages.ts";
import { createPluginHomes } from "./packages/pluginHomes.ts";
import { createOutputFolders } from "./outputFolders.ts";
import { createNodeFiles, type OverlayFiles } from "./nodeFiles.ts";
import { ownNotices } from "./packages/ownNotices.ts";
import { spellingsOf } from "./spellings.ts";
import type { SetupFinding } from "./asyncRules/setupFinding.ts";

export interface ProjectOptions {
  /** Absolute paths of the open folders. */
  readonly folders: readonly string[];
  /** False (Restricted Mode): no process is started, not even `cargo metadata`. */
  readonly isTrusted: boolean;
  /** The cargo to run; null: `cargo` on PATH. */
  readonly cargoPath?: string | null;
  /** What builds are asked for; absent: nothing beside the package. */
  readonly choices?: BuildChoices;
  readonly logger: Logger;
  /** What rules say of Fidius code; absent: nothing. */
  readonly check?: CrateCheck;
  /** How long changes are collected before listeners hear of them. */
  readonly debounceMs?: number;
}

/** Everything known at one moment; a new one is made after each change. */
export interface ProjectSnapshot {
  readonly graph: CrateGraph;
  readonly rust: RustModel;
  readonly model: ProjectModel;
  /** Violations of the rules for async methods. */
  readonly setup: readonly SetupFinding[];
  readonly notices: readonly ManifestNotice[];
  readonly files: SourceFiles;
}

export interface Project extends Disposable {
  /** The state now, unsaved texts included. Never waits for a process. */
  snapshot(): ProjectSnapshot;
  /** The schemas of {@link snapshot}, for clients. */
  model(): ProjectModel;
  /** An open document's text wins over the disk until it is closed. */
  setOpenText(file: string, text: string): void;
  closeText(file: string): void;
  /** A file as the project names it: on Windows a client may spell it in another case than manifests and `mod` do. */
  spelled(file: string): string;
  /** Files that were created, changed or deleted on disk. */
  filesChanged(files: readonly string[]): void;
  setFolders(folders: readonly string[]): void;
  /** The user trusts the workspace from now on: cargo may run. */
  grantTrust(): void;
  /** What libraries of candidates said of themselves; replaces what was known before. */
  setLibraryReports(reports: LibraryReports): void;
  /** Where cargo builds a crate, and with which profile. */
  buildPlaceOf(crate: CrateInfo): BuildPlace;
  /** Hears of every change of the snapshot, debounced. */
  onDidChange(listener: () => void): Disposable;
  /** Resolves when no background work is under way: the snapshot is as good as it gets. */
  whenSettled(): Promise<void>;
}

const defaultDebounceMs = 150;

export function createProject(options: ProjectOptions): Project {
  const { logger, debounceMs = defaultDebounceMs, choices = () => plainBuild } = options;
  const store = new DisposableStore();
  const files = createNodeFiles();
  const graphs = store.add(
    createCrateGraphs({
      ...options,
      files,
      cargoPath: options.cargoPath ?? null,
      choices,
      onDidEnrich: () => {
        invalidate(false);
      },
    }),
  );
  const reader = createReader(files, graphs, choices, options.check);
  const signal = store.add(createDebouncedSignal(debounceMs));
  let { folders } = options;
  let reports: LibraryReports = new Map();
  let current: ProjectSnapshot | undefined;
  /** What was typed, or answered by cargo, changes nothing on the disk: then nothing there is looked at again. */
  let isDiskChanged = true;
  const invalidate = (mayChangeDisk = true): void => {
    current = undefined;
    isDiskChanged ||= mayChangeDisk;
    signal.fire();
  };

  const snapshot = (): ProjectSnapshot =>
    (current ??= timed(logger, () => {
      const read = reader.read(isDiskChanged);
      isDiskChanged = false;
      return assemble({ ...read, files, reports, choices, guests: reader.guests });
    }));
  return {
    snapshot,
    model: () => snapshot().model,
    setOpenText: (file, text) => {
      if (files.setOpenText(file, text) && isRelevant(file)) {
        if (!file.endsWith(".rs")) {
          reader.guests.refresh(); // a package.toml may be what is typed in
        }
        invalidate(false);
      }
    },
    closeText: (file) => {
      if (files.removeOpenText(file) && isRelevant(file)) {
        invalidate();
      }
    },
    spelled: (file) => reader.spelled(file),
    filesChanged: (paths) => {
      const isRead = (file: string): boolean =>
        current?.rust.files.has(file) === true || reader.isScriptOutput(file);
      const relevant = paths.filter((file) => isRelevantOnDisk(file, folders, isRead));
      if (relevant.some(shapesGraph)) {
        graphs.diskChanged(relevant.some(isCargoFile));
      }
      if (relevant.length > 0) {
        invalidate();
      }
    },
    setFolders: (changed) => {
      folders = changed;
      graphs.setFolders(changed);
      invalidate();
    },
    grantTrust: () => {
      graphs.grantTrust();
    },
    setLibraryReports: (changed) => {
      reports = changed;
      invalidate();
    },
    buildPlaceOf: (crate) => reader.placeOf(crate),
    onDidChange: (listener) => signal.listen(listener),
    whenSettled: () => graphs.whenSettled(),
    dispose: () => {
      store.dispose();
    },
  };
}

interface Reader {
  readonly guests: GuestPackages;
  placeOf(crate: CrateInfo): BuildPlace;
  /** `isDiskChanged`: files are looked at again. */
  read(isDiskChanged: boolean): Pick<ProjectSnapshot, "graph" | "rust" | "notices">;
  /** The project's name of a file, as of the last reading. */
  spelled(file: string): string;
  /** Whether a build script wrote the file, for sources that may include it. */
  isScriptOutput(file: string): boolean;
}

/** What reads manifests and sources, one state of both at a time. */
function createReader(
  files: OverlayFiles,
  graphs: CrateGraphs,
  choices: BuildChoices,
  check: CrateCheck | undefined,
): Reader {
  const outputs = createOutputFolders({
    targetFolderOf: (workspaceRoot) => graphs.targetFolderOf(workspaceRoot),
    choices,
  });
  const guests = createGuestPackages((file) => files.read(file));
  const analyzer = createRustAnalyzer({
    files,
    outputFolderOf: (crate) => outputs.folderOf(crate),
    conditionsOf: (crate) => outputs.conditionsOf(crate),
    isGuest: (crate) => guests.obstacleOf(crate) !== undefined,
    ...(check === undefined ? {} : { check }),
  });
  let spellings: ReadonlyMap<string, string> = new Map();
  return {
    guests,
    placeOf: (crate) => outputs.placeOf(crate),
    read: (isDiskChanged) => {
      if (isDiskChanged) {
        files.refresh();
        outputs.refresh();
        guests.refresh();
      }
      const { graph, notices, build } = graphs.read();
      const rust = analyzer.analyze(graph, build);
      spellings = spellingsOf({ graph, rust });
      return { graph, rust, notices: ownNotices(notices, graph, rust, files) };
    },
    spelled: (file) => spellings.get(pathKey(file)) ?? file,
    isScriptOutput: (file) => isScriptOutput(file, outputs.packages()),
  };
}

function timed(logger: Logger, take: () => ProjectSnapshot): ProjectSnapshot {
  const startedAt = performance.now();
  const snapshot = take();
  logger.trace("project read", {
    milliseconds: Math.round(performance.now() - startedAt),
    plugins: snapshot.model.plugins.length,
  });
  return snapshot;
}

interface SnapshotParts {
  readonly graph: CrateGraph;
  readonly rust: RustModel;
  readonly notices: readonly ManifestNotice[];
  readonly files: SourceFiles;
  readonly reports: LibraryReports;
  readonly choices: BuildChoices;
  readonly guests: GuestPackages;
}

/** Adds what the rules and the libraries say to what the sources say. */
function assemble({
  graph,
  rust,
  notices,
  files,
  reports,
  choices,
  guests,
}: SnapshotParts): ProjectSnapshot {
  const setupOf = new Map<PluginFacts, readonly SetupFinding[]>(
    rust.plugins.map((plugin) => [
      plugin,
      findSetupProblems(plugin, graph, choices(plugin.schema.crate.manifestPath).features),
    ]),
  );
  const interfaces = rust.interfaces.map(({ schema }) => schema);
  const dependencyInterfaces = rust.dependencyInterfaces.map(({ schema }) => schema);
  const featuresFor = (manifestPath: string): readonly string[] => choices(manifestPath).features;
  const homes = createPluginHomes(graph, rust, featuresFor, guests);
  const visible = rust.plugins.flatMap((plugin) =>
    homes.of(plugin, withMissingFeatures(plugin.schema, setupOf.get(plugin) ?? [])),
  );
  const { candidates, plugins } = withLibraries(
    findCandidates(graph, rust, homes, guests),
    reports,
    [...interfaces, ...dependencyInterfaces],
    visible,
    true,
  );
  return {
    graph,
    rust,
    setup: [...setupOf.values()].flat(),
    notices,
    files,
    model: {
      interfaces,
      plugins: withHostInterfaces([...visible, ...plugins], graph, rust),
      dependencyInterfaces,
      hostInterfaces: rust.hostInterfaces.map(({ schema }) => schema),
      ...unparsedFiles(rust),
      leftOut: rust.leftOut,
      candidates,
      notices: notices.map(({ file, message }) => ({ file, message })),
    },
  };
}

function unparsedFiles({ problems }: RustModel): Pick<ProjectModel, "unparsedFiles"> {
  const files = problems.flatMap(({ code, span }) => (code === "syntaxError" ? [span.file] : []));
  return files.length === 0 ? {} : { unparsedFiles: files };
}

function isManifest(file: string): boolean {
  return isNamed(path.basename(file), "Cargo.toml");
}

/** What `cargo metadata` reads besides sources. */
function isCargoFile(file: string): boolean {
  return (
    isManifest(file) ||
    path.basename(file) === "Cargo.lock" ||
    /^rust-toolchain(?:\.toml)?$/u.test(path.basename(file)) ||
    (path.basename(path.dirname(file)) === ".cargo" && path.basename(file).startsWith("config"))
  );
}

/** Manifests, and files by which cargo finds a package's targets: these can change the graph, other sources cannot. */
function shapesGraph(file: string): boolean {
  return (
    isCargoFile(file) ||
    /(?:^|[\\/])(?:lib|main)\.rs$/u.test(file) ||
    /[\\/](?:examples|tests|benches|bin)[\\/][^\\/]+\.rs$/u.test(file)
  );
}

/** Builds write sources and manifests of their own into cargo's target folder. */
function isBuildOutput(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const below = path.relative(folder, file).split(path.sep);
    return below[0] !== ".." && below.includes("target");
  });
}

/** `isRead`: sources that a build made are looked at where others include them, or may. */
function isRelevantOnDisk(
  file: string,
  folders: readonly string[],
  isRead: (file: string) => boolean,
): boolean {
  return isRelevant(file) && (!isBuildOutput(file, folders) || isRead(file));
}

function isRelevant(file: string): boolean {
  return (
    file.endsWith(".rs") ||
    isCargoFile(file) ||
    ["package.toml", "output"].includes(path.basename(file))
  );
}
