// What a call on the command line finds around it: the configured instance, and what answers host functions.

import type { HostFunctionRequest } from "../model/hostFunctions.ts";
import type { ConfiguredInstance } from "../model/instance.ts";
import type { HostInterfaceSchema } from "../model/plugin.ts";
import { ok, type Result } from "../model/result.ts";
import type { CliFailure } from "./failure.ts";
import { readHostFunctions } from "./hostFunctionText.ts";
import { readInstance } from "./readConfiguration.ts";
import type { SelectedMethod } from "./selectMethod.ts";

interface CallSetup {
  readonly instance: ConfiguredInstance | undefined;
  readonly hostFunctions: HostFunctionRequest;
}

/** Reads what the options name; nothing has run yet. */
export async function readSetup(
  selected: SelectedMethod,
  options: {
    readonly configurationText: string | undefined;
    readonly hostFunctionsFile: string | undefined;
  },
  interfaces: readonly HostInterfaceSchema[],
): Promise<Result<CallSetup, CliFailure>> {
  const instance = readInstance(selected, options.configurationText);
  if (!instance.ok) {
    return instance;
  }
  const hostFunctions = await readHostFunctions(options.hostFunctionsFile, interfaces);
  return hostFunctions.ok
    ? ok({ instance: instance.value, hostFunctions: hostFunctions.value })
    : hostFunctions;
}
