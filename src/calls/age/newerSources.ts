// Which sources are newer than a library. A file's own date is that of the last writing, which a checkout sets anew: what git
// calls clean was written no later than its commit.

import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import { programOnPath } from "../../system/programOnPath.ts";

/** So many files are looked at one by one. */
const mostAsked = 20;

/** So many are asked about at once: a command line has an end. */
const mostAtOnce = 200;

/** So many are named. */
const mostNamed = 3;

/** What git has to say comes at once, or is not waited for. */
const timeoutMs = 3_000;

/** Files that were written after `timeMs`, the newest first; no more than are named in a sentence. */
export async function newerSources(
  files: readonly string[],
  timeMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const newer = files
    .map((file) => ({ file, writtenMs: Number(statsOf(file)?.mtimeNs ?? 0n) / 1e6 }))
    .filter(({ writtenMs }) => writtenMs > timeMs)
    .sort((a, b) => b.writtenMs - a.writtenMs)
    .map(({ file }) => file);
  const found: string[] = [];
  if (
    newer.length > 1 &&
    newer.length <= mostAtOnce &&
    (await isCommittedBefore(newer, timeMs, signal))
  ) {
    return [];
  }
  for (const file of newer.slice(0, mostAsked)) {
    if (found.length < mostNamed && !(await isCommittedBefore([file], timeMs, signal))) {
      found.push(file);
    }
  }
  return found;
}

/** Whether git knows all of the files, has them as they are, and had them at that time. */
async function isCommittedBefore(
  files: readonly string[],
  timeMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = dirname(files[0] ?? "");
  const ask = (...words: readonly string[]): Promise<string | undefined> =>
    askGit(folder, [...words, "--", ...files], signal);
  const committed = await ask("log", "-1", "--format=%ct");
  const committedMs = 1000 * Number(committed === "" ? Number.NaN : committed);
  // The commit's date is in whole seconds.
  if (!(committedMs <= timeMs)) {
    return false;
  }
  const tracked = await ask("ls-files", "-z", "--full-name");
  const changed = await ask("diff", "--name-only", "--no-ext-diff", "--no-textconv", "HEAD");
  return tracked?.split("\0").filter(Boolean).length === files.length && changed === "";
}

/** What git prints; undefined when it fails: no git, no repository, no commit. */
function askGit(
  folder: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const environment = Object.fromEntries(
    // Set by git for its hooks: another repository than that of the files.
    Object.entries(process.env).filter(
      ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE)$/u.test(name),
    ),
  );
  const git = programOnPath("git");
  if (git === undefined) {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    execFile(
      git,
      // A repository may name a program that watches its files; nothing of it is needed here.
      ["--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", ...words],
      { cwd: folder, env: environment, timeout: timeoutMs, signal, windowsHide: true },
      (error, stdout) => {
        resolve(error === null ? stdout.trim() : undefined);
      },
    );
  });
}
