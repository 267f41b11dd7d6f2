// What every command that runs plugin code shares: one call runner, Ctrl+C as cancellation, and an orderly end.

import { join } from "node:path";
import { Bridges } from "../../bridge/bridges.ts";
import { LibraryRecords } from "../../calls/age/libraryRecords.ts";
import { createBuildFiles } from "../../calls/buildFiles.ts";
import { PluginBuilder } from "../../calls/pluginBuilder.ts";
import { nullLogger } from "../../model/logger.ts";
import { createCallRunner, type CallRunner } from "../../runner/call/callRunner.ts";
import { cacheFolder } from "../../files/cacheFolder.ts";
import { untilInterrupted } from "./interruption.ts";

export interface HostSession {
  readonly runner: CallRunner;
  readonly builder: PluginBuilder;
  readonly bridges: Bridges;
  /** By which types the libraries are called that were built here. */
  readonly records: LibraryRecords;
  /** Aborted by Ctrl+C and its like. */
  readonly signal: AbortSignal;
}

/** Runs `body` with a runner that ends with it. Nothing is started before it is needed; no limit leaves it to the runner. */
export async function withHostSession<T>(
  distFolder: string,
  onOutput: (chunk: Uint8Array) => void,
  body: (session: HostSession) => Promise<T>,
  memoryLimit?: number,
): Promise<T> {
  const cache = cacheFolder(process.env, process.platform);
  const runner = createCallRunner({
    hostEntry: join(distFolder, "host.cjs"),
    nodeExecutable: process.execPath,
    isElectron: false,
    stagingDirectory: cache.folder,
    ...(cache.alternative === undefined ? {} : { stagingAlternative: cache.alternative }),
    logger: nullLogger,
    keepsSpare: false,
    ...(memoryLimit === undefined
      ? {}
      : { memoryLimit: () => (Number.isFinite(memoryLimit) ? memoryLimit : null) }),
    onOutput: (_stream, chunk) => {
      onOutput(chunk);
    },
  });
  const builder = new PluginBuilder(createBuildFiles(join(cache.folder, "builds")));
  const bridges = new Bridges();
  const records = new LibraryRecords(join(cache.folder, "types"));
  return untilInterrupted(async (signal) => {
    try {
      return await body({ runner, builder, bridges, records, signal });
    } finally {
      bridges.dispose();
      runner.dispose();
      await runner.ended();
    }
  });
}
