// The commit that is checked out around a folder, read from git's own files: no program is started for it.

import { dirname, join, resolve } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { readRegularText } from "../files/regularFile.ts";
import { statsOf } from "../files/fileStats.ts";

/** Forty hex digits (or sixty-four); null outside of a repository, or before the first commit. */
export async function commitAround(folder: string): Promise<string | null> {
  const repository = await repositoryAround(folder);
  if (repository === undefined) {
    return null;
  }
  const head = (await textOf(join(repository, "HEAD"))) ?? "";
  const name = /^ref: (.+)$/u.exec(head)?.[1];
  if (name === undefined) {
    return commitOf(head);
  }
  // Worktrees of one repository share its branches.
  const common = resolve(repository, (await textOf(join(repository, "commondir"))) ?? ".");
  const loose = (await textOf(join(repository, name))) ?? (await textOf(join(common, name)));
  if (loose !== undefined) {
    return commitOf(loose);
  }
  const packed = (await textOf(join(common, "packed-refs"))) ?? "";
  const line = packed.split("\n").find((text) => text.endsWith(` ${name}`));
  return commitOf(line?.split(" ")[0] ?? "");
}

async function repositoryAround(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, ".git");
    const stats = statsOf(git);
    if (stats?.isDirectory() === true) {
      return git;
    }
    if (stats !== undefined) {
      const link = /^gitdir: (.+)$/u.exec((await textOf(git)) ?? "")?.[1];
      return link === undefined ? undefined : resolve(at, link);
    }
    if (dirname(at) === at) {
      return undefined;
    }
  }
}

async function textOf(path: string): Promise<string | undefined> {
  const text = await readRegularText(path, { limit: fileLimits.manifest });
  return text.ok ? text.value.trim() : undefined;
}

function commitOf(text: string): string | null {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text) ? text : null;
}
