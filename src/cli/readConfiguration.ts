// --config and --config-file of `fidius-call call`: the configuration of the instance that is called on.

import { parseConfiguration } from "../calls/instances.ts";
import { defaultArguments } from "../codec/defaults.ts";
import { formatJson } from "../codec/formatJson.ts";
import { configurationArgument, configureMethod } from "../model/instance.ts";
import type { ConfiguredInstance } from "../model/instance.ts";
import { err, ok, type Result } from "../model/result.ts";
import { describeProblems } from "./describeOutcome.ts";
import { exitCodes } from "./exitCodes.ts";
import { usageFailure, type CliFailure } from "./failure.ts";
import type { SelectedMethod } from "./selectMethod.ts";

/** The instance that `text` configures; undefined for a plugin without configuration. */
export function readInstance(
  { plugin }: SelectedMethod,
  text: string | undefined,
): Result<ConfiguredInstance | undefined, CliFailure> {
  const configure = configureMethod(plugin);
  const config = plugin.config;
  if (configure === undefined || config === undefined) {
    return text === undefined
      ? ok(undefined)
      : err(
          usageFailure(
            `${plugin.name} takes no configuration: its plugin_impl has no config. Leave --config out.`,
          ),
        );
  }
  if (text === undefined) {
    const example = defaultArguments(configure, plugin.types)[configurationArgument] ?? null;
    const written = formatJson(config, plugin.types, example, 0);
    return err(
      usageFailure(
        `${plugin.name} takes a configuration (${config.rustType}). Give it, such as --config '${written}'.`,
      ),
    );
  }
  const parsed = parseConfiguration(plugin, text);
  return parsed.ok
    ? ok({ id: "command line", name: "command line", configuration: parsed.value })
    : err({
        exitCode: exitCodes.usage,
        kind: "invalidConfiguration",
        ...describeProblems(`The configuration does not fit ${plugin.name}`, parsed.error),
      });
}
