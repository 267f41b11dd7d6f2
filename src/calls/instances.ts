// Configurations of instances before they are sent: written as the one argument of `configure`, checked and with their files
// read like arguments.

import { encodeArguments } from "../codec/bincode/encode.ts";
import type { ArgumentsProblem } from "../codec/json/parseArguments.ts";
import { parseOnlyArgument } from "../codec/json/parseOnlyArgument.ts";
import { configurationArgument, configureMethod } from "../model/instance.ts";
import type { ConfiguredInstance } from "../model/instance.ts";
import type { ValueProblem } from "../model/outcome.ts";
import type { PluginSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { JsonValue } from "../model/value/value.ts";
import { refusedFiles, resolveFileReferences, type MayRead } from "./fileReferences.ts";

/** The instance with the files that its configuration names read; undefined for a plugin without configuration. */
export async function readyInstance(
  plugin: PluginSchema,
  instance: ConfiguredInstance | undefined,
  folder: string,
  reading: AbortSignal,
): Promise<Result<ConfiguredInstance | undefined, readonly ValueProblem[]>> {
  const configure = configureMethod(plugin);
  if (configure === undefined) {
    return ok(undefined);
  }
  if (instance === undefined) {
    const type = configure.arguments[0]?.type.rustType ?? "";
    const message = `${plugin.name} takes a configuration (${type}), and there is none. Build an instance with one first.`;
    return err([{ pointer: "", message }]);
  }
  const values = { [configurationArgument]: instance.configuration };
  const resolved = await resolveFileReferences(configure, plugin.types, values, folder, reading);
  if (!resolved.ok) {
    return err(resolved.error.map(atConfiguration));
  }
  const encoded = encodeArguments(configure, plugin.types, resolved.value);
  const configuration = resolved.value[configurationArgument] ?? null;
  return encoded.ok ? ok({ ...instance, configuration }) : err(encoded.error.map(atConfiguration));
}

/** The files that the configuration names and that may not be read, as problems. */
export async function refusedFilesOfInstance(
  plugin: PluginSchema,
  instance: ConfiguredInstance | undefined,
  folder: string,
  mayRead: MayRead | undefined,
): Promise<readonly ValueProblem[]> {
  const configure = configureMethod(plugin);
  if (configure === undefined || instance === undefined) {
    return [];
  }
  const values = { [configurationArgument]: instance.configuration };
  const refused = await refusedFiles(configure, plugin.types, values, folder, mayRead);
  return refused.map(atConfiguration);
}

/** The configuration that `text` gives, or everything that is wrong with it, with places in the text. */
export function parseConfiguration(
  plugin: PluginSchema,
  text: string,
): Result<JsonValue, readonly ArgumentsProblem[]> {
  const configure = configureMethod(plugin);
  if (configure === undefined) {
    throw new Error(`${plugin.name} takes no configuration`);
  }
  return parseOnlyArgument(configure, plugin.types, text, { allowsFileReferences: true });
}

/** The problem with its place in the configuration itself. */
function atConfiguration<T extends ValueProblem>(problem: T): T {
  const start = `/${configurationArgument}`;
  const { pointer } = problem;
  return pointer.startsWith(start) ? { ...problem, pointer: pointer.slice(start.length) } : problem;
}
