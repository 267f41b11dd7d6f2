// The sources of a revision as files in a private folder, out of git's objects: neither the work tree nor the index is touched,
// no filter and no hook runs.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeCacheProblem, isSystemError } from "../files/folderFailure.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { err, ok, type Result } from "../model/result.ts";
import { runGit } from "./git.ts";

/** More files than the largest repositories have of Rust. */
const mostFiles = 50_000;

/** All of them together. */
const mostBytes = 256 * 1024 * 1024;

/** The list of all files of a revision. */
const mostListBytes = 128 * 1024 * 1024;

const answerBytes = 64 * 1024;

export interface Revision {
  /** As the user wrote it. */
  readonly name: string;
  /** Forty or sixty-four hex digits. */
  readonly commit: string;
  /** The repository's top folder. */
  readonly repository: string;
}

export interface RevisionSources extends AsyncDisposable {
  /** Stands for the repository's top folder. */
  readonly folder: string;
}

/** The top folder of the repository that `folder` lies in. */
export async function findRepository(
  folder: string,
  signal: AbortSignal,
): Promise<Result<string, string>> {
  const found = await runGit({
    folder,
    words: ["rev-parse", "--show-toplevel"],
    mostBytes: answerBytes,
    signal,
  });
  return found.ok
    ? ok(found.value.toString("utf8").replace(/\r?\n$/u, ""))
    : err(`${folder} is in no git repository that can be read: ${sentence(found.error)}`);
}

/** The commit that a name stands for: a branch, a tag, a hash, `HEAD~3`. */
export async function findRevision(
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<Result<Revision, string>> {
  if (name === "" || name.startsWith("-") || /[\0\n\r]/u.test(name)) {
    return err(
      `${JSON.stringify(name)} is no name of a revision. Give a tag, a branch or a commit.`,
    );
  }
  const repository = await findRepository(folder, signal);
  if (!repository.ok) {
    return repository;
  }
  const commit = await runGit({
    folder: repository.value,
    words: ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`],
    mostBytes: answerBytes,
    signal,
  });
  const hash = commit.ok ? commit.value.toString("utf8").trim() : "";
  return /^[0-9a-f]{40,64}$/u.test(hash)
    ? ok({ name, commit: hash, repository: repository.value })
    : err(
        `The repository ${repository.value} has no revision ${name}. See git tag and git branch; a shallow clone has to fetch it first.`,
      );
}

interface ListedFile {
  readonly hash: string;
  readonly path: string;
  readonly bytes: number;
}

/** Writes what the analysis may read of the revision below `parent`; dispose of it to remove it again. */
export async function extractRevision(
  { name, commit, repository }: Revision,
  parent: string,
  signal: AbortSignal,
): Promise<Result<RevisionSources, string>> {
  const listed = await runGit({
    folder: repository,
    words: ["ls-tree", "-r", "-l", "-z", "--full-tree", commit],
    mostBytes: mostListBytes,
    signal,
  });
  if (!listed.ok) {
    return err(`The files of ${name} cannot be listed: ${sentence(listed.error)}`);
  }
  const files = readList(listed.value).filter(({ path }) => isOfInterest(path));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length > mostFiles || bytes > mostBytes) {
    return err(
      `${name} has ${String(files.length)} sources with ${String(bytes)} bytes; at most ${String(mostFiles)} with ${String(mostBytes)} are compared. Give the repository of the interface alone.`,
    );
  }
  const contents = await runGit({
    folder: repository,
    words: ["cat-file", "--batch"],
    input: files.map(({ hash }) => `${hash}\n`).join(""),
    // Each answer has a line of its own.
    mostBytes: bytes + files.length * 128 + answerBytes,
    signal,
  });
  if (!contents.ok) {
    return err(`The sources of ${name} cannot be read: ${sentence(contents.error)}`);
  }
  return writeFiles(name, files, contents.value, parent);
}

async function writeFiles(
  name: string,
  files: readonly ListedFile[],
  contents: Buffer,
  parent: string,
): Promise<Result<RevisionSources, string>> {
  let folder: string | undefined;
  const remove = async (): Promise<void> => {
    if (folder !== undefined) {
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    makeFolder(parent);
    folder = realpathSync(await mkdtemp(join(parent, "revision-")));
    let at = 0;
    for (const file of files) {
      const end = contents.indexOf(10, at);
      const [, kind, size] = contents.subarray(at, Math.max(at, end)).toString("latin1").split(" ");
      if (end < 0 || kind !== "blob") {
        await remove();
        return err(
          `The repository lacks ${file.path} of ${name}, as partial clones do. Fetch it (git fetch --refetch --no-filter).`,
        );
      }
      const start = end + 1;
      at = start + Number(size);
      const target = join(folder, file.path);
      makeFolder(dirname(target));
      await writeFile(target, contents.subarray(start, at));
      at += 1;
    }
    return ok({ folder, [Symbol.asyncDispose]: remove });
  } catch (error) {
    await remove();
    if (!isSystemError(error)) {
      throw error;
    }
    return err(describeCacheProblem({ folder: parent }, error));
  }
}

/** `<mode> <type> <hash> <size>\t<path>\0`; links and submodules are none of the files. */
function readList(list: Buffer): readonly ListedFile[] {
  return list
    .toString("utf8")
    .split("\0")
    .flatMap((line): ListedFile[] => {
      const tab = line.indexOf("\t");
      const [mode = "", kind, hash = "", size] = line.slice(0, tab).split(/ +/u);
      const path = line.slice(tab + 1);
      const bytes = Number(size);
      return tab > 0 && kind === "blob" && mode.startsWith("100") && isPlainPath(path)
        ? [{ hash, path, bytes }].filter(() => bytes <= fileLimits.source)
        : [];
    });
}

/** A tree may hold any name: none that leads out of the folder is taken. */
function isPlainPath(path: string): boolean {
  return path
    .split("/")
    .every(
      (part) =>
        part !== "" &&
        part !== "." &&
        part !== ".." &&
        part.toLowerCase() !== ".git" &&
        !/[\\:]/u.test(part),
    );
}

/**
 * What reading an interface may take: sources, what they include, manifests and settings of cargo. A `rust-toolchain` would
 * have rustup fetch an old compiler, which nothing here needs.
 */
function isOfInterest(path: string): boolean {
  const name = basename(path);
  return /\.(?:rs|in|inc|toml)$/u.test(name)
    ? !name.startsWith("rust-toolchain")
    : name === "Cargo.lock" || (name === "config" && basename(dirname(path)) === ".cargo");
}

/** The folder of a revision that stands for one of the work tree. */
export function folderInRevision(
  folder: string,
  { repository }: Revision,
  { folder: extracted }: RevisionSources,
): string {
  return join(extracted, relative(realpathSync(repository), realpathSync(folder)));
}

function sentence(text: string): string {
  return /[.)]$/u.test(text) ? text : `${text}.`;
}
