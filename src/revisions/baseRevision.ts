// Which revision people mean without naming one: the last tag, or where the branch left the default one.

import { err, ok, type Result } from "../model/result.ts";
import { runGit } from "./git.ts";

export type BaseKind = "lastTag" | "mergeBase";

export interface BaseRevision {
  readonly kind: BaseKind;
  /** What git takes. */
  readonly revision: string;
  /** What people read: "v0.3", "main". */
  readonly label: string;
}

/** Finds it from the commit that is checked out; the error says why there is none. */
export async function findBase(
  folder: string,
  kind: BaseKind,
  signal: AbortSignal,
): Promise<Result<BaseRevision, string>> {
  const ask = (...words: readonly string[]): Promise<string | undefined> =>
    askGit(folder, words, signal);
  if (kind === "lastTag") {
    const tag = await ask("describe", "--tags", "--abbrev=0", "HEAD");
    return tag === undefined
      ? err(`No commit behind the one that is checked out in ${folder} has a tag.`)
      : ok({ kind, revision: `refs/tags/${tag}`, label: tag });
  }
  const branch = await defaultBranch(ask);
  const commit = branch === undefined ? undefined : await ask("merge-base", "HEAD", branch);
  return branch === undefined || commit === undefined
    ? err(`The default branch of ${folder} is not known, or has no commit in common with this one.`)
    : ok({ kind, revision: commit, label: branch.replace(/^refs\/(?:heads|remotes)\//u, "") });
}

/** The remote's, else a branch with the usual name. */
async function defaultBranch(
  ask: (...words: readonly string[]) => Promise<string | undefined>,
): Promise<string | undefined> {
  const remote = await ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD");
  if (remote?.startsWith("refs/remotes/") === true) {
    return remote;
  }
  for (const name of ["refs/heads/main", "refs/heads/master", "refs/remotes/origin/main"]) {
    if ((await ask("rev-parse", "--verify", "--quiet", "--end-of-options", name)) !== undefined) {
      return name;
    }
  }
  return undefined;
}

/** One line of git; undefined when it fails or says nothing. */
async function askGit(
  folder: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const said = await runGit({ folder, words, mostBytes: 64 * 1024, signal });
  const text = said.ok ? said.value.toString("utf8").trim() : "";
  return text === "" ? undefined : text;
}
