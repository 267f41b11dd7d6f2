// Finds programs on PATH as absolute paths, so that what runs does not depend on the current folder. Only looks at files.

import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { statsOf } from "../files/fileStats.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The first program of that name on PATH; undefined when there is none. */
export function programOnPath(
  name: string,
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  return pathFolders(environment)
    .flatMap((folder) => executableNames(name, platform).map((file) => join(folder, file)))
    .find(isExecutable);
}

/** What a program's file may be called. */
export function executableNames(name: string, platform: NodeJS.Platform): readonly string[] {
  return platform === "win32" && !/\.exe$/iu.test(name) ? [`${name}.exe`] : [name];
}

/** Whether a file is there and may be run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statsOf(file)?.isFile() === true;
  } catch {
    return false;
  }
}

function pathFolders(environment: Environment): readonly string[] {
  // Windows spells the variable "Path"; a copied environment is no longer case-insensitive.
  const key = Object.keys(environment).find((name) => name.toUpperCase() === "PATH");
  const value = key === undefined ? "" : (environment[key] ?? "");
  // A relative folder on PATH would depend on the workspace: never run a program from there.
  return value.split(delimiter).filter((folder) => isAbsolute(folder));
}
