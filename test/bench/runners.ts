// What the benchmarks of whole calls share: a runner on the bundled host, and one call of a fixture through it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import type { CallRunner, CallRunnerOptions } from "../../src/runner/call/callRunner.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { repositoryRoot } from "../support/fixtureLibraries.ts";

/** A runner as the extension has it, with a folder of its own. */
export class BenchRunner implements AsyncDisposable {
  readonly runner: CallRunner;
  readonly #folder: string;

  constructor(runner: CallRunner, folder: string) {
    this.runner = runner;
    this.#folder = folder;
  }

  static async create(options: Partial<CallRunnerOptions> = {}): Promise<BenchRunner> {
    const folder = await mkdtemp(join(tmpdir(), "fidius-bench-"));
    const runner = createCallRunner({
      hostEntry: join(repositoryRoot, "dist", "host.cjs"),
      nodeExecutable: process.execPath,
      isElectron: false,
      stagingDirectory: folder,
      logger: nullLogger,
      ...options,
    });
    return new BenchRunner(runner, folder);
  }

  call(
    library: string,
    plugin: PluginSchema,
    method: string,
    args: JsonObject,
    limit: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<CallOutcome> {
    const { timeoutMs = 60_000, signal = new AbortController().signal } = limit;
    const place = { library, plugin, workingDirectory: this.#folder, environment: {} };
    const what = { method: methodOf(plugin, method), arguments: args, timeoutMs };
    return this.runner.call({ ...place, ...what }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.runner.dispose();
    await this.runner.ended();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
