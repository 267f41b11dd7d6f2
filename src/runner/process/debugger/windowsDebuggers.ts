// Asks Windows whether a debugger holds a process, through a small program with koffi (src/host/debuggers.ts): this process may
// be the editor's, which loads no native code. The program starts at the first question and ends with the probe.

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { hostEnvironment } from "../hostEnvironment.ts";
import type { DebuggerProbe } from "./attachedDebugger.ts";

/** How to start the program. */
export interface ProbeLaunch {
  /** It lies beside the bundled host. */
  readonly hostEntry: string;
  readonly nodeExecutable: string;
  readonly isElectron: boolean;
}

/** Without an answer by then nobody is taken to be attached. */
const answerLimitMs = 3000;

const programFile = "debuggers.cjs";

type Program = ChildProcessByStdio<Writable, Readable, null>;

export class WindowsDebuggers implements DebuggerProbe {
  readonly #launch: ProbeLaunch;
  readonly #pid: number;
  #program: Program | null = null;
  #isDisposed = false;
  /** The questions that wait, in their order. */
  #waiting: ((isAttached: boolean) => void)[] = [];

  constructor(launch: ProbeLaunch, pid: number) {
    this.#launch = launch;
    this.#pid = pid;
  }

  isAttached(): Promise<boolean> {
    if (this.#isDisposed) {
      return Promise.resolve(false);
    }
    const program = (this.#program ??= this.#start());
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end();
      }, answerLimitMs);
      this.#waiting.push((isAttached) => {
        clearTimeout(timer);
        resolve(isAttached);
      });
      program.stdin.write(`${String(this.#pid)}\n`);
    });
  }

  /** Who was killed ends for certain, but not before its debugger lets it: a killed process that is debugged has ended. */
  hasEndedUnderIt(): Promise<boolean> {
    return this.isAttached();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#end();
  }

  #start(): Program {
    const { hostEntry, nodeExecutable, isElectron } = this.#launch;
    const folder = dirname(hostEntry);
    const program = spawn(nodeExecutable, [join(folder, programFile)], {
      cwd: folder,
      env: hostEnvironment(process.env, {}, isElectron),
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    program.on("error", () => {
      this.#endIf(program);
    });
    program.once("exit", () => {
      this.#endIf(program);
    });
    program.stdin.on("error", () => undefined);
    program.stdout.on("data", (answers: Uint8Array) => {
      for (const answer of Buffer.from(answers).toString("latin1").replace(/[^01]/gu, "")) {
        this.#waiting.shift()?.(answer === "1");
      }
    });
    return program;
  }

  #endIf(program: Program): void {
    if (this.#program === program) {
      this.#end();
    }
  }

  #end(): void {
    const [program, waiting] = [this.#program, this.#waiting];
    this.#program = null;
    this.#waiting = [];
    if (program !== null) {
      program.kill("SIGKILL");
      // Whoever still holds the other ends must not keep this process from ending.
      program.stdin.destroy();
      program.stdout.destroy();
      program.unref();
    }
    for (const answer of waiting) {
      answer(false);
    }
  }
}
