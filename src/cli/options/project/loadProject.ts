// Reads the project that a command is about: the folder given, or the package around the current folder.

import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type BuildChoice, plainBuild } from "../../../cargo/graph/buildChoice.ts";
import { isNamed } from "../../../cargo/manifest/samePath.ts";
import { DisposableStore } from "../../../model/disposable.ts";
import { statsOf } from "../../../files/fileStats.ts";
import type { Logger } from "../../../model/logger.ts";
import type { CrateInfo, ProjectModel } from "../../../model/plugin.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { checkCrate } from "../../../diagnostics/checkCrate.ts";
import { diagnose } from "../../../diagnostics/diagnose.ts";
import type { ProjectDiagnostic } from "../../../diagnostics/diagnostic.ts";
import { createProject, type Project, type ProjectOptions } from "../../../project/project.ts";
import { usageFailure, type CliFailure } from "../../output/failure.ts";

/** The folder to look in: of `path` (a folder or a Cargo.toml), else of the nearest Cargo.toml from `currentFolder` upwards. */
export function projectFolder(
  path: string | undefined,
  currentFolder: string,
): Result<string, CliFailure> {
  if (path === undefined) {
    return ok(nearestPackage(currentFolder) ?? currentFolder);
  }
  const full = resolve(currentFolder, path);
  const stats = statsOf(full);
  if (stats?.isDirectory() === true) {
    return ok(full);
  }
  if (stats !== undefined && isNamed(basename(full), "Cargo.toml")) {
    return ok(dirname(full));
  }
  return err(
    usageFailure(
      stats === undefined
        ? `There is nothing at ${full}. Give a folder or a Cargo.toml.`
        : `${full} is neither a folder nor a Cargo.toml. Give one of them.`,
    ),
  );
}

/** Only what lies in the folder: a package brings the whole cargo workspace with it, which nobody asked for. */
export function modelInside(model: ProjectModel, folder: string): ProjectModel {
  const isInside = ({ crate, sourceCrate }: OfCrate): boolean =>
    [crate, sourceCrate].some((each) => {
      const path = each && relative(folder, each.manifestPath);
      return path !== undefined && !path.startsWith("..") && !isAbsolute(path);
    });
  return {
    ...model,
    interfaces: model.interfaces.filter(isInside),
    plugins: model.plugins.filter(isInside),
    candidates: (model.candidates ?? []).filter(isInside),
    hostInterfaces: model.hostInterfaces.filter(isInside),
    leftOut: (model.leftOut ?? []).filter(isInside),
  };
}

interface OfCrate {
  readonly crate: CrateInfo;
  readonly sourceCrate?: CrateInfo;
}

function nearestPackage(folder: string): string | undefined {
  if (existsSync(join(folder, "Cargo.toml"))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}

/** Interfaces and plugins of the folder in builds like `choice`, with what `cargo metadata` adds. */
export function loadProject(
  folder: string,
  logger: Logger,
  choice: BuildChoice = plainBuild,
): Promise<ProjectModel> {
  return readProject({ folder, logger, choice }, (project) => project.model());
}

/**
 * Everything that is wrong in the folder's sources and manifests, as far as it shows without a build; undefined when the folder
 * has no package to look at.
 */
export function loadDiagnostics(
  folder: string,
  logger: Logger,
  choice: BuildChoice,
): Promise<readonly ProjectDiagnostic[] | undefined> {
  return readProject({ folder, logger, choice, check: checkCrate }, (project) => {
    const snapshot = project.snapshot();
    const { graph, notices } = snapshot;
    return graph.crates.size + notices.length === 0 ? undefined : diagnose(snapshot);
  });
}

interface ProjectRequest {
  readonly folder: string;
  readonly logger: Logger;
  readonly choice: BuildChoice;
  readonly check?: NonNullable<ProjectOptions["check"]>;
}

async function readProject<T>(
  { folder, choice, ...options }: ProjectRequest,
  read: (project: Project) => T,
): Promise<T> {
  const store = new DisposableStore();
  try {
    const project = store.add(
      createProject({ ...options, folders: [folder], isTrusted: true, choices: () => choice }),
    );
    await project.whenSettled();
    return read(project);
  } finally {
    store.dispose();
  }
}
