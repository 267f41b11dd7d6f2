// The run options of a call as they are kept: with the values of Rust's own switches, and with no more than the names of other
// variables.

import { asSettingsSay, type RunOptions } from "../model/runOptions.ts";
import type { KeptRunOptions } from "./callEntry.ts";

/** Variables that say how much is told; nobody keeps a secret in them. */
const tellingVariables: readonly string[] = ["RUST_LOG", "RUST_BACKTRACE"];

export function isTelling(name: string): boolean {
  return tellingVariables.includes(name);
}

/** Undefined where all is as the settings say. */
export function keptOptions(options: RunOptions | undefined): KeptRunOptions | undefined {
  if (options === undefined || JSON.stringify(options) === JSON.stringify(asSettingsSay)) {
    return undefined;
  }
  const { environment, memoryLimit, ...others } = options;
  return {
    ...others,
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, isTelling(name) ? value : null]),
    ),
    memoryLimit: memoryLimit === null ? "none" : (memoryLimit ?? null),
  };
}

/** To call like that again: values that were not kept are those of today, by `environment`. */
export function optionsAgain(
  kept: KeptRunOptions | undefined,
  environment: RunOptions["environment"],
): RunOptions {
  if (kept === undefined) {
    return asSettingsSay;
  }
  const variables = Object.entries(kept.environment).flatMap(([name, value]) => {
    const known = value ?? environment[name];
    return known === undefined ? [] : [[name, known] as const];
  });
  const limit = kept.memoryLimit;
  return {
    ...kept,
    environment: Object.fromEntries(variables),
    memoryLimit: limit === "none" ? null : (limit ?? undefined),
  };
}
