// After a build: the types that the library was built from are remembered, unless a source has changed since they were read.

import { newestChangeMs } from "../../cargo/build/fileState.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { BuildStep } from "../pluginBuilder.ts";
import type { LibraryRecords } from "./libraryRecords.ts";
import { typeSources } from "./typeSources.ts";

/** `plugins` are those of the library, as the sources described them at `readAtMs`, before the build. */
export async function rememberBuild(
  step: BuildStep,
  plugins: readonly PluginSchema[],
  readAtMs: number,
  records: LibraryRecords,
): Promise<void> {
  // A library that was found fresh was remembered when it was built; one that tells its plugins itself was built to be asked.
  const isNew =
    step.kind === "ready" &&
    (step.buildMs !== undefined || plugins.some(({ library }) => library !== undefined));
  const isCertain = (plugin: PluginSchema): boolean =>
    typeSources(plugin).every((file) => newestChangeMs(file) <= readAtMs);
  if (isNew) {
    await records.remember(step.library, plugins.filter(isCertain));
  }
}
