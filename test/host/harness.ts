// What every test of real host processes needs: a runner on the bundled host that leaves nothing behind, calls in few words,
// and a watch over this process, which stands for the editor: it may never be blocked and never see an exception.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { HostPhase } from "../../src/model/hostPhase.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { StreamUser } from "../../src/model/stream.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import type { CallRunner, CallRunnerOptions } from "../../src/runner/call/callRunner.ts";
import { distFolder } from "../support/fixtureLibraries.ts";
import { methodOf } from "./fixtureSchemas.ts";

/** The bundled host. */
export function hostEntry(): string {
  const entry = join(distFolder(), "host.cjs");
  assert.ok(existsSync(entry), `${entry} is missing: run node esbuild.mjs first`);
  return entry;
}

export interface CallOptions {
  readonly timeoutMs?: number | null;
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly onPhase?: (phase: HostPhase) => void;
  readonly stream?: StreamUser;
}

/** A runner with its own staging folder. */
export class TestRunner {
  readonly runner: CallRunner;
  readonly staging: string;

  constructor(runner: CallRunner, staging: string) {
    this.runner = runner;
    this.staging = staging;
  }

  static async create(options: Partial<CallRunnerOptions> = {}): Promise<TestRunner> {
    const staging = await mkdtemp(join(tmpdir(), "fidius-test-"));
    const runner = createCallRunner({
      hostEntry: hostEntry(),
      nodeExecutable: process.execPath,
      isElectron: false,
      stagingDirectory: join(staging, "libraries"),
      logger: nullLogger,
      ...options,
    });
    return new TestRunner(runner, staging);
  }

  call(
    library: string,
    plugin: PluginSchema,
    method: string,
    args: JsonObject = {},
    options: CallOptions = {},
  ): Promise<CallOutcome> {
    return this.runner.call(
      {
        library,
        plugin,
        method: methodOf(plugin, method),
        arguments: args,
        timeoutMs: options.timeoutMs === undefined ? 20_000 : options.timeoutMs,
        workingDirectory: options.workingDirectory ?? tmpdir(),
        environment: options.environment ?? {},
        stream: options.stream,
      },
      options.signal ?? new AbortController().signal,
      options.onPhase,
    );
  }

  /** Ends everything and checks that nothing is left. */
  async dispose(): Promise<void> {
    const pids = this.runner.hostPids;
    this.runner.dispose();
    await this.runner.ended();
    assert.deepEqual(pids.filter(isRunning), [], "host processes are left");
    assert.deepEqual(this.runner.hostPids, []);
    await rm(this.staging, { recursive: true, force: true });
  }
}

/** The value of a successful call. */
export function valueOf(outcome: CallOutcome): unknown {
  return resultOf(outcome, "ok").value;
}

/** The result of a call, which must be of `kind`. */
export function resultOf<K extends CallOutcome["result"]["kind"]>(
  outcome: CallOutcome,
  kind: K,
): Extract<CallOutcome["result"], { readonly kind: K }> {
  assert.equal(outcome.result.kind, kind, JSON.stringify(outcome.result));
  return outcome.result as Extract<CallOutcome["result"], { readonly kind: K }>;
}

/** Whether a process exists and has not ended; one that nobody has reaped yet has ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") {
    return true;
  }
  try {
    const status = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return status.charAt(status.lastIndexOf(")") + 2) !== "Z";
  } catch {
    return false;
  }
}

/** Settles when a child of this process has ended and this process knows it; rejects after five seconds. */
export async function untilReaped(pid: number): Promise<void> {
  const deadline = performance.now() + 5000;
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    assert.ok(performance.now() < deadline, `process ${String(pid)} still runs`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Settles when a process that is not our child has ended; rejects after `withinMs`. */
export async function untilEnded(pid: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (isRunning(pid)) {
    assert.ok(performance.now() < deadline, `process ${String(pid)} still runs`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const watchIntervalMs = 5;

/**
 * Measures the longest time for which our own work kept the event loop from turning, and the longest delay as it was. Time in
 * which the machine ran something else is no work of ours: that is at most the processor time of this thread.
 */
export class LoopWatch {
  #longestMs = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #histogram = monitorEventLoopDelay({ resolution: watchIntervalMs });

  constructor() {
    let lastWall = performance.now();
    let lastCpu = process.threadCpuUsage();
    this.#histogram.enable();
    this.#timer = setInterval(() => {
      const wall = performance.now();
      const cpu = process.threadCpuUsage();
      const cpuMs = (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1000;
      const delayMs = Math.max(0, wall - lastWall - watchIntervalMs);
      this.#longestMs = Math.max(this.#longestMs, Math.min(delayMs, cpuMs));
      lastWall = wall;
      lastCpu = cpu;
    }, watchIntervalMs);
  }

  stop(): { readonly ownMs: number; readonly delayMs: number } {
    clearInterval(this.#timer);
    this.#histogram.disable();
    // The histogram counts whole intervals, the first of which is no delay; without a turn it has nothing.
    const delayMs = Math.max(0, this.#histogram.max / 1e6 - watchIntervalMs);
    return { ownMs: this.#longestMs, delayMs };
  }
}
