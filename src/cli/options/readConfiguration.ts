// --config and --config-file of `fidius-call call`: the configuration of the instance that is called on.

import { parseConfiguration } from "../../calls/instances.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import { defaultArguments } from "../../codec/values/defaults.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import { bytesToHexText } from "../../codec/text/hex.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import { configurationArgument, configureMethod } from "../../model/instance.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { describeProblems } from "../output/describeOutcome.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { bridgeFailure } from "./openBridge.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";

/**
 * The instance that `text` configures; undefined for a plugin without configuration. Where the source does not tell the
 * configuration's type, `bridge` makes bytes of the text.
 */
export async function readInstance(
  { plugin }: SelectedMethod,
  text: string | undefined,
  bridge: { readonly open: OpenBridge; readonly signal: AbortSignal } | undefined,
): Promise<Result<ConfiguredInstance | undefined, CliFailure>> {
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
        `${plugin.name} takes a configuration (${config.rustType}). Give it, such as --config '${written}'.${
          bridge === undefined || unknownReason(config, plugin.types) === undefined
            ? ""
            : " No source tells all of its type: instead of bytes, write the JSON that its own serde reads; the compiler is asked then."
        }`,
      ),
    );
  }
  const isKnown = unknownReason(config, plugin.types) === undefined;
  if (bridge !== undefined && !isKnown && !/"\$raw"\s*:/u.test(text)) {
    return bridgedInstance(plugin, text, bridge);
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

async function bridgedInstance(
  plugin: PluginSchema,
  text: string,
  { open, signal }: { readonly open: OpenBridge; readonly signal: AbortSignal },
): Promise<Result<ConfiguredInstance, CliFailure>> {
  const opened = await open(signal);
  if (!opened.ok) {
    return err(bridgeFailure(`${plugin.name}'s configuration`, opened.error));
  }
  const encoded = await opened.value.encode("configure", "argument 0", text, signal);
  if (!encoded.ok) {
    return err({
      exitCode: exitCodes.usage,
      kind: "invalidConfiguration",
      ...describeProblems(`The configuration does not fit ${plugin.name}`, [
        { pointer: "", message: encoded.error },
      ]),
    });
  }
  const configuration = { $raw: bytesToHexText(encoded.value, 0, encoded.value.length) };
  return ok({ id: "command line", name: "command line", configuration });
}
