// What is told of a folder of ours that cannot be written to: it is the folder's fault, not that of what was to be put there.

import { isAbsolute } from "node:path";
import type { LoadFailure } from "../model/outcome.ts";
import { codeOf } from "./fileProblem.ts";

/** A folder where we keep what can be made again. */
export interface CacheFolder {
  readonly folder: string;
  /** How its user names another one: a sentence. Absent where that is no user's choice. */
  readonly alternative?: string | undefined;
}

/** What is thrown where nothing was tried, since the folder would depend on where the program was started. */
export function assertAbsolute(folder: string): void {
  if (!isAbsolute(folder)) {
    throw Object.assign(new Error(`${folder} is no absolute path`), { code: relativeFolder });
  }
}

const relativeFolder = "FIDIUS_RELATIVE";

/** One sentence and what can be done. `what` continues "The …". */
export function describeFolderProblem(
  what: string,
  { folder, alternative }: CacheFolder,
  error: unknown,
): string {
  const [reason, advice] = textOf(error);
  const rest = alternative === undefined ? "" : ` ${alternative}`;
  return `The ${what} ${folder} cannot be used: ${reason}. ${advice}${rest}`;
}

/** The same of a cache folder. */
export function describeCacheProblem(cache: CacheFolder, error: unknown): string {
  return describeFolderProblem("cache folder", cache, error);
}

/** The same for what was to be loaded from there. */
export function cacheFailure(cache: CacheFolder, error: unknown): LoadFailure {
  return { kind: "cacheUnusable", message: describeCacheProblem(cache, error) };
}

/** Whether the file system refused something, and so no bug did it. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && ("syscall" in error || codeOf(error) === relativeFolder);
}

/** Whether it is the disk that refused, whatever was to be written. */
export function isDiskError(error: unknown): boolean {
  return ["EROFS", "ENOSPC", "EDQUOT"].includes(codeOf(error));
}

function textOf(error: unknown): readonly [string, string] {
  switch (codeOf(error)) {
    case relativeFolder:
      return ["the home folder is not known", "Set HOME to an absolute path."];
    case "EROFS":
      return ["its disk is read-only", "Make the folder writable."];
    case "EACCES":
    case "EPERM":
      return ["your user may not write there", "Make the folder writable."];
    case "ENOSPC":
      return ["no space is left on its disk", "Make room there."];
    case "EDQUOT":
      return ["your user's quota on its disk is used up", "Make room there."];
    case "ENOENT":
      return ["it cannot be made there", "Make it yourself."];
    case "ENOTDIR":
    case "EEXIST":
      return ["a file is in its place, or in that of a folder above it", "Move that file away."];
    case "ELOOP":
      return ["its symbolic links lead in a circle", "Correct the links."];
    default:
      return [error instanceof Error ? error.message : String(error), "Check the folder."];
  }
}
