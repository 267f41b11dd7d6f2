// The sources that a command is about, read in the build that its options ask for.

import { readBuildChoice } from "../../cargo/graph/buildChoice.ts";
import { nullLogger } from "../../model/logger.ts";
import type { ProjectModel } from "../../model/plugin.ts";
import { ok, type Result } from "../../model/result.ts";
import type { BuildArguments } from "./commandLine.ts";
import type { CliFailure } from "../output/failure.ts";
import { loadProject, projectFolder } from "./project/loadProject.ts";
import { preferInterface } from "./project/preferInterface.ts";
import type { Terminal } from "../output/terminal.ts";

export interface OpenedProject {
  readonly folder: string;
  readonly model: ProjectModel;
  readonly profile: string;
  readonly features: readonly string[];
  /** Reads it anew, after a build. */
  readonly reload: () => Promise<ProjectModel>;
}

/** Reads the folder of `path`, or the package around the current folder, and warns of what could not be read. */
export async function openProject(
  path: string | undefined,
  options: BuildArguments & { readonly preferredInterface?: string | undefined },
  terminal: Terminal,
): Promise<Result<OpenedProject, CliFailure>> {
  const folder = projectFolder(path, process.cwd());
  if (!folder.ok) {
    return folder;
  }
  const profile = options.release === true ? "release" : (options.profile ?? "dev");
  const features = options.features ?? [];
  const choice = readBuildChoice(profile, features, []);
  const load = (): Promise<ProjectModel> => loadProject(folder.value, nullLogger, choice);
  const loaded = await load();
  for (const { file, message } of loaded.notices) {
    terminal.note(`warning: ${file}: ${message}`);
  }
  const model = preferInterface(loaded, options.preferredInterface);
  if (!model.ok) {
    return model;
  }
  const reload = async (): Promise<ProjectModel> => {
    const now = await load();
    const preferred = preferInterface(now, options.preferredInterface);
    return preferred.ok ? preferred.value : now;
  };
  return ok({ folder: folder.value, model: model.value, profile, features, reload });
}
