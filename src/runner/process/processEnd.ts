// The end of a child process. Under a debugger the news of it goes to the debugger first, which may look at it whenever it
// likes; so a process that was killed is also looked for from outside.

import type { ChildProcess } from "node:child_process";
import type { DebuggerProbe } from "./debugger/attachedDebugger.ts";

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** It was never started. */
  readonly error?: Error;
}

/** How often a killed process is looked for; without a debugger its end comes long before. On Windows a look starts a program. */
const lookAgainMs = process.platform === "win32" ? 300 : 30;

export class ProcessEndWatch {
  readonly #child: ChildProcess;
  readonly #debuggers: DebuggerProbe;
  readonly ended: Promise<ProcessEnd>;
  #settle: (end: ProcessEnd) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, debuggers: DebuggerProbe) {
    this.#child = child;
    this.#debuggers = debuggers;
    this.ended = new Promise((resolve) => {
      this.#settle = (end) => {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        resolve(end);
      };
    });
    child.once("exit", (code, signal) => {
      this.#settle({ code, signal });
    });
    child.once("error", (error) => {
      this.#settle({ code: null, signal: null, error });
    });
  }

  /** The process was sent SIGKILL. */
  killed(): void {
    this.#timer ??= setTimeout(() => void this.#look(), lookAgainMs);
  }

  async #look(): Promise<void> {
    if (await this.#debuggers.hasEndedUnderIt()) {
      // The debugger keeps what is left of it for as long as it likes.
      this.#child.unref();
      this.#settle({ code: null, signal: "SIGKILL" });
    }
    this.#timer?.refresh();
  }
}
