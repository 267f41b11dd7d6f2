// A debugger for tests: the program of test/fixtures/tracer, held by a test.

import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { tracerProgram } from "./fixtureLibraries.ts";

export type TracerStep = "stop" | "continue" | "detach";

export class Tracer implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, pid: number) {
    this.#child = spawn(program, [String(pid)], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdin.on("error", () => undefined);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Takes hold of a process. */
  static async attach(pid: number): Promise<Tracer> {
    const tracer = new Tracer(await tracerProgram(), pid);
    await tracer.#expect("attached");
    return tracer;
  }

  /** Does something to the process; settles when it is done. */
  async step(step: TracerStep): Promise<void> {
    this.#child.stdin.write(`${step}\n`);
    await this.#expect(`${step} done`);
  }

  /** Ends the tracer, which lets the process go. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGKILL");
      await ended;
    }
  }

  async #expect(line: string): Promise<void> {
    const next = await this.#lines.next();
    if (next.done === true || next.value !== line) {
      throw new Error(`the tracer said ${String(next.value)}, not ${line}`);
    }
  }
}
