// Git as a reader of objects: found by full path, never through a shell, without hooks, without programs that a repository's
// configuration names, and off the network.

import { spawn } from "node:child_process";
import { err, ok, type Result } from "../model/result.ts";
import { endProcessTree } from "../system/endProcessTree.ts";
import { programOnPath } from "../system/programOnPath.ts";

/** Reading objects takes no longer, or is given up. */
const timeoutMs = 60_000;

/** What git may say of a mistake. */
const mostErrorBytes = 16 * 1024;

export interface GitRun {
  /** A folder of the repository. */
  readonly folder: string;
  readonly words: readonly string[];
  /** Given to its stdin. */
  readonly input?: string;
  /** More on stdout ends it. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

/** What git printed on stdout, or why there is nothing, as a clause or sentence. */
export async function runGit(run: GitRun): Promise<Result<Buffer, string>> {
  const program = programOnPath("git");
  if (program === undefined) {
    return err("git is not on PATH; install it to compare with a revision.");
  }
  if (run.signal.aborted) {
    return err("It was cancelled.");
  }
  return new Promise((resolve) => {
    const child = spawn(program, [...settings, ...run.words], {
      cwd: run.folder,
      env: gitEnvironment(process.env),
      stdio: ["pipe", "pipe", "pipe"],
      shell: false,
      windowsHide: true,
      detached: process.platform !== "win32",
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let [bytes, errorBytes] = [0, 0];
    let reason: string | undefined;
    const end = (why: string): void => {
      reason ??= why;
      endProcessTree(child, "SIGKILL");
    };
    const timer = setTimeout(() => {
      end(`git took longer than ${String(timeoutMs / 1000)} s and was ended.`);
    }, timeoutMs);
    const cancel = (): void => {
      end("It was cancelled.");
    };
    run.signal.addEventListener("abort", cancel, { once: true });
    const finish = (result: Result<Buffer, string>): void => {
      clearTimeout(timer);
      run.signal.removeEventListener("abort", cancel);
      resolve(reason === undefined ? result : err(reason));
    };
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > run.mostBytes) {
        end(`git printed more than ${String(run.mostBytes)} bytes.`);
      } else {
        output.push(chunk);
      }
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errorBytes += chunk.length;
      if (errorBytes <= mostErrorBytes) {
        errors.push(chunk);
      }
    });
    // It may end without reading.
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input ?? "");
    child.once("error", (error) => {
      finish(err(`git could not be started (${error.message}).`));
    });
    child.once("close", (exitCode) => {
      const said = Buffer.concat(errors).toString("utf8").trim();
      finish(
        exitCode === 0
          ? ok(Buffer.concat(output))
          : err(said.replace(/^(?:fatal|error): /u, "") || `git ended with ${String(exitCode)}.`),
      );
    });
  });
}

const settings = [
  "--no-pager",
  "--no-optional-locks",
  "--literal-pathspecs",
  "--no-replace-objects",
  // A repository may name a program that watches its files.
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "protocol.allow=never"],
];

/** Of git's own variables only those stay that say where its configuration is: others name another repository, as in hooks. */
function gitEnvironment(
  base: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(base).flatMap(([name, value]) =>
    value === undefined || (/^GIT_/iu.test(name) && !/^GIT_(?:CONFIG|EXEC_PATH)/iu.test(name))
      ? []
      : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    // Of a partial clone what is missing stays missing.
    GIT_NO_LAZY_FETCH: "1",
  };
}
