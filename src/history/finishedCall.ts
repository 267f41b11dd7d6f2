// A call that is over as it is remembered: in words for lists, whole for the panel, and without the values of environment variables,
// which may be secrets.

import { formatArguments } from "../codec/json/formatJson.ts";
import type { CallOutcome, CallResult } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { RepeatTimes } from "../model/repetition.ts";
import type { RunOptions } from "../model/runOptions.ts";
import type { JsonObject } from "../model/value/value.ts";
import { previewOf, type CalledInstance, type FinishedCall, type KeptItems } from "./callEntry.ts";
import { keptOptions } from "./keptOptions.ts";
import { hidingSecrets, keptOutput, secretsIn } from "./keptOutput.ts";
import { outcomeWords } from "./outcomeWords.ts";
import { valueTextOf } from "./valueText.ts";

/** Longer results are listed without a preview: making their text would be felt. */
const largestPreviewed = 256 * 1024;

/** A call that is over, as it was made. */
export interface MadeCall {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly atMs: number;
  readonly arguments: JsonObject;
  readonly instance: CalledInstance | null;
  /** Null is no limit. */
  readonly timeoutMs: number | null;
  readonly options?: RunOptions | undefined;
  readonly seed: number | null;
  readonly profile: string;
  /** That the settings and the call gave the plugin: never stored. */
  readonly environment: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly items: KeptItems | null;
  readonly outcome: CallOutcome;
}

export function finishedCall(call: MadeCall): FinishedCall {
  const { plugin, method, outcome } = call;
  const { result: whole, ...rest } = outcome;
  const about = withHiddenSecrets(rest, call.environment);
  const { measurements } = outcome;
  const text = formatArguments(method, plugin.types, call.arguments, 2);
  const isShort = (measurements.outputBytes ?? 0) <= largestPreviewed;
  const result = withoutSecrets(whole, call.environment);
  const items = call.items;
  const options = keptOptions(call.options);
  return {
    summary: {
      atMs: call.atMs,
      pluginId: plugin.id,
      pluginName: plugin.name,
      interfaceName: plugin.interfaceName,
      method: method.name,
      interfaceHash: plugin.interfaceHash ?? null,
      profile: call.profile,
      kind: whole.kind,
      outcome: hidingSecrets(outcomeWords(whole), call.environment),
      callMs: measurements.callMs ?? null,
      inputBytes: measurements.inputBytes ?? null,
      outputBytes: measurements.outputBytes ?? null,
      argumentsPreview: previewOf(text),
      ...(outcome.repeat === undefined ? {} : { repeat: timesOf(outcome.repeat) }),
    },
    detail: {
      arguments: text,
      instance: call.instance,
      signature: method.signature,
      timeoutMs: call.timeoutMs,
      ...(options === undefined ? {} : { options }),
      commit: call.commit,
      seed: call.seed,
      fidiusVersion: plugin.fidiusVersion ?? null,
      ...(items === null
        ? {}
        : {
            items: {
              ...items,
              lines: items.lines.map((line) => hidingSecrets(line, call.environment)),
            },
          }),
      about: { ...about, output: keptOutput(outcome.output, call.environment) },
    },
    result,
    valueText:
      isShort && result !== null ? valueTextOf(result, { method, types: plugin.types }) : undefined,
  };
}

function timesOf({ calls, p50, p95, p99 }: RepeatTimes): RepeatTimes {
  return { calls, p50, p95, p99 };
}

/**
 * A value that has a secret in it is not kept: without it it would be another value. In what people read its name stands in
 * its place.
 */
function withoutSecrets(
  result: CallResult,
  environment: Readonly<Record<string, string>>,
): CallResult | null {
  if ("bytes" in result) {
    const bytes = Buffer.from(result.bytes.buffer, result.bytes.byteOffset, result.bytes.length);
    return secretsIn(environment).some(([, value]) => bytes.includes(value)) ? null : result;
  }
  return withHiddenSecrets(result, environment);
}

/** The same, which is JSON, with names in place of secrets in all its texts. */
function withHiddenSecrets<Told extends object>(
  told: Told,
  environment: Readonly<Record<string, string>>,
): Told {
  return secretsIn(environment).length === 0
    ? told
    : (JSON.parse(JSON.stringify(told), (_key, value: unknown) =>
        typeof value === "string" ? hidingSecrets(value, environment) : value,
      ) as Told);
}
