// Where the crate graph comes from: manifests at once, open documents' texts included, and joined to them whatever
// `cargo metadata` answered last. Cargo runs in the background, one workspace after the other, only where it is allowed,
// and every change of a manifest on disk starts it anew.

import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { extendGraph } from "../cargo/graph/enrichGraph.ts";
import { findCargo } from "../cargo/process/findCargo.ts";
import { readTargetPlatform } from "../cargo/graph/targetCfg.ts";
import { currentPlatform, type TargetPlatform } from "../cargo/graph/targetPlatform.ts";
import { createDiskFiles, type ManifestFiles } from "../cargo/manifest/manifestFiles.ts";
import { type ManifestGraph, readManifestGraph } from "../cargo/manifest/manifestGraph.ts";
import {
  isInside,
  type ManifestCache,
  type ManifestNotice,
} from "../cargo/manifest/manifestStore.ts";
import { type CargoMetadata, type MetadataFailure, readMetadata } from "../cargo/graph/metadata.ts";
import { withTargets } from "../cargo/manifest/targetNodes.ts";
import type { CrateGraph } from "../model/crateGraph.ts";
import type { Disposable } from "../model/disposable.ts";
import type { Logger } from "../model/logger.ts";
import type { BuildSettings } from "../rust/cfg/build.ts";
import { mayUseFidius } from "../rust/fidius/fidiusUsers.ts";
import { cargoNotices, type CargoFailure } from "./cargoFailures.ts";
import { type BuildChoices, createBuildSettings } from "./buildSettings.ts";
import { metadataRoots } from "./packages/metadataRoots.ts";
import type { OverlayFiles } from "./nodeFiles.ts";

export interface CrateGraphsOptions {
  readonly folders: readonly string[];
  readonly files: OverlayFiles;
  readonly isTrusted: boolean;
  readonly cargoPath: string | null;
  readonly choices: BuildChoices;
  readonly logger: Logger;
  /** Cargo answered: `read` gives more than before. */
  readonly onDidEnrich: () => void;
}

export interface CrateGraphState {
  readonly graph: CrateGraph;
  readonly notices: readonly ManifestNotice[];
  /** What builds of these crates decide about their sources. */
  readonly build: BuildSettings;
}

export interface CrateGraphs extends Disposable {
  /** The graph now; never waits. */
  read(): CrateGraphState;
  /** Files appeared, changed or vanished on disk; `isCargoFile` when cargo would answer differently. */
  diskChanged(isCargoFile: boolean): void;
  setFolders(folders: readonly string[]): void;
  grantTrust(): void;
  /** Resolves when cargo has answered, or will not be asked. */
  whenSettled(): Promise<void>;
  /** The target folder of a workspace, where cargo has told it. */
  targetFolderOf(workspaceRoot: string): string | undefined;
}

/** Several manifests often change together (a checkout, a save of all): cargo is asked once. */
const metadataDelayMs = 300;

export function createCrateGraphs(options: CrateGraphsOptions): CrateGraphs {
  const { files, logger } = options;
  const manifestFiles = createDiskFiles((file) => files.read(file));
  const cache: ManifestCache = new Map();
  const metadata = createMetadataRuns(options);
  let { folders } = options;
  let current: { readonly manifests: ManifestGraph; readonly texts: ManifestTexts } | undefined;
  /** Files came or went, which no text shows. */
  let isStale = false;
  let enriched: EnrichedGraph | undefined;

  const rootsOf = ({ graph, endless }: ManifestGraph): readonly string[] =>
    metadataRoots(graph, (file) => files.read(file)).filter(
      (root) => ![...endless].some((file) => isInside(path.dirname(root), file)),
    );
  const manifests = (): ManifestGraph => {
    if (current !== undefined && !isStale && hasSameTexts(current.texts, files)) {
      return current.manifests;
    }
    const read = readManifestGraph(folders, manifestFiles, cache);
    const isFirst = current === undefined;
    current = { manifests: read, texts: textsOf(read.files, files) };
    isStale = false;
    if (isFirst) {
      metadata.ask(rootsOf(read), 0);
    }
    logger.trace("manifests read", { packages: read.graph.crates.size });
    return read;
  };

  metadata.onDidAnswer(() => {
    options.onDidEnrich();
  });

  return {
    read: () => {
      const { graph, notices } = manifests();
      enriched = enrich(graph, enriched, manifestFiles, metadata, options.choices);
      const failed = cargoNotices(metadata.failures(), notices, (file) =>
        manifestFiles.isFile(file),
      );
      return { graph: enriched.graph, build: enriched.build, notices: [...notices, ...failed] };
    },
    diskChanged: (isCargoFile) => {
      files.refresh();
      isStale = true;
      if (isCargoFile) {
        metadata.ask(rootsOf(manifests()), metadataDelayMs);
      }
    },
    setFolders: (changed) => {
      folders = changed;
      current = undefined;
    },
    grantTrust: () => {
      metadata.allow();
      metadata.ask(rootsOf(manifests()), 0);
    },
    whenSettled: () => {
      manifests();
      return metadata.whenSettled();
    },
    targetFolderOf: (workspaceRoot) =>
      metadata.answers().find((answer) => answer.workspace_root === workspaceRoot)
        ?.target_directory,
    dispose: () => {
      metadata.dispose();
    },
  };
}

/** The graph with the answers that made it, in the order in which they came. */
interface EnrichedGraph extends Pick<CrateGraphState, "graph" | "build"> {
  readonly manifests: CrateGraph;
  /** The graph without the targets beside libraries. */
  readonly libraries: CrateGraph;
  readonly answers: readonly CargoMetadata[];
  readonly platform: TargetPlatform;
}

/** Joins what cargo has answered since `before`; the nodes and features that this leaves alone stay the same objects. */
function enrich(
  manifests: CrateGraph,
  before: EnrichedGraph | undefined,
  files: ManifestFiles,
  metadata: MetadataRuns,
  choices: BuildChoices,
): EnrichedGraph {
  const answers = metadata.answers();
  const platform = metadata.platform();
  const isLonger =
    before?.manifests === manifests &&
    before.answers.every((answer, index) => answer === answers[index]);
  const known = isLonger ? before : undefined;
  const further = answers.slice(known?.answers.length ?? 0);
  if (known !== undefined && further.length === 0 && known.platform === platform) {
    return known;
  }
  const libraries = extendGraph(manifests, known?.libraries ?? manifests, further);
  const extended = withTargets(libraries, files, (node) => mayUseFidius(libraries, node));
  const graph = before === undefined ? extended : withKnownNodes(extended, before.graph);
  const build = createBuildSettings(graph, platform, choices, before?.build);
  return { graph, libraries, build, manifests, answers, platform };
}

/** The graph with the objects of `before` where they say the same. */
function withKnownNodes({ crates }: CrateGraph, before: CrateGraph): CrateGraph {
  return {
    crates: new Map(
      [...crates].map(([id, node]) => {
        const known = before.crates.get(id);
        return [id, known !== undefined && isDeepStrictEqual(known, node) ? known : node] as const;
      }),
    ),
  };
}

type ManifestTexts = ReadonlyMap<string, string | undefined>;

function textsOf(manifests: ReadonlySet<string>, files: OverlayFiles): ManifestTexts {
  return new Map([...manifests].map((file) => [file, files.read(file)]));
}

function hasSameTexts(texts: ManifestTexts, files: OverlayFiles): boolean {
  return [...texts].every(([file, text]) => files.read(file) === text);
}

interface MetadataRuns extends Disposable {
  answers(): readonly CargoMetadata[];
  /** What cargo could not answer when it was asked last. */
  failures(): readonly CargoFailure[];
  /** What rustc says of its target, or before it is asked what Node says. */
  platform(): TargetPlatform;
  onDidAnswer(listener: () => void): void;
  /** Asks about these workspaces, instead of any question under way. */
  ask(roots: readonly string[], delayMs: number): void;
  allow(): void;
  whenSettled(): Promise<void>;
}

function createMetadataRuns(options: CrateGraphsOptions): MetadataRuns {
  const { logger } = options;
  const answers = new Map<string, CargoMetadata>();
  const failures = new Map<string, string>();
  const target = createTarget();
  let isAllowed = options.isTrusted;
  let running: AbortController | undefined;
  let settled: Promise<void> = Promise.resolve();
  let tell: () => void = () => undefined;

  const run = async (
    roots: readonly string[],
    delayMs: number,
    signal: AbortSignal,
  ): Promise<void> => {
    await delay(delayMs, signal);
    const found = findCargo(
      options.cargoPath === null ? {} : { configuredPath: options.cargoPath },
    );
    if (!found.ok) {
      logger.warn("registry crates stay unknown", found.error.message);
      for (const manifestPath of roots) {
        failures.set(manifestPath, found.error.message);
      }
      tell();
      return;
    }
    for (const manifestPath of roots) {
      if (signal.aborted) {
        return;
      }
      const startedAt = performance.now();
      const workingDirectory = path.dirname(manifestPath);
      const answer = await readMetadata(
        { cargo: found.value, manifestPath, workingDirectory, mention: "fidius" },
        signal,
      );
      if (answer.ok) {
        await target.ask(found.value, workingDirectory, signal);
        answers.set(manifestPath, answer.value);
        failures.delete(manifestPath);
        logger.trace("cargo metadata answered", {
          manifestPath,
          milliseconds: Math.round(performance.now() - startedAt),
        });
        tell();
      } else {
        logFailure(logger, manifestPath, answer.error);
        noteFailure(failures, manifestPath, answer.error, tell);
      }
    }
  };

  return {
    answers: () => [...answers.values()],
    failures: () => [...failures].map(([manifestPath, message]) => ({ manifestPath, message })),
    platform: () => target.platform(),
    onDidAnswer: (listener) => {
      tell = listener;
    },
    ask: (roots, delayMs) => {
      running?.abort();
      running = undefined;
      if (!isAllowed || roots.length === 0) {
        return;
      }
      running = new AbortController();
      const { signal } = running;
      // After the cancelled run, so that two never overlap.
      settled = settled.then(() => run(roots, delayMs, signal));
    },
    allow: () => {
      isAllowed = true;
    },
    whenSettled: () => lastOf(() => settled),
    dispose: () => {
      isAllowed = false;
      running?.abort();
      tell = () => undefined;
    },
  };
}

/** Waits until the promise is the same before and after. */
async function lastOf(current: () => Promise<void>): Promise<void> {
  for (let awaited: Promise<void> | undefined; awaited !== current();) {
    awaited = current();
    await awaited;
  }
}

function noteFailure(
  failures: Map<string, string>,
  manifestPath: string,
  failure: MetadataFailure,
  tell: () => void,
): void {
  if (failure.kind === "cargoFailed" || failure.kind === "timedOut") {
    failures.set(manifestPath, failure.message);
    tell();
  }
}

function logFailure(logger: Logger, manifestPath: string, failure: MetadataFailure): void {
  if (failure.kind === "unrelated") {
    logger.trace("cargo metadata names no Fidius", { manifestPath });
  } else if (failure.kind !== "cancelled") {
    logger.info(`cargo metadata of ${manifestPath}`, failure.message);
  }
}

interface Target {
  platform(): TargetPlatform;
  /** Asks rustc, once it has not answered before. */
  ask(cargo: string, folder: string, signal: AbortSignal): Promise<void>;
}

function createTarget(): Target {
  const guess = currentPlatform();
  let told: TargetPlatform | undefined;
  return {
    platform: () => told ?? guess,
    ask: async (cargo, folder, signal) => {
      told ??= await readTargetPlatform(cargo, folder, guess.triple, signal);
    },
  };
}

/** Waits, or less when it is cancelled. */
function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0 || signal.aborted) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener("abort", finish);
  });
}
