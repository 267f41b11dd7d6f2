// What a call on the command line finds around it: the configured instance, what answers host functions, and the bridge for
// a stream's items.

import type { OpenBridge } from "../../calls/bridging.ts";
import type { HostFunctionRequest } from "../../model/hostFunctions.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { HostInterfaceSchema } from "../../model/plugin.ts";
import { ok, type Result } from "../../model/result.ts";
import type { CliFailure } from "../output/failure.ts";
import { readHostFunctions } from "../output/hostFunctionText.ts";
import { configurationBridge, type BridgePorts, type BuildOptions } from "./openBridge.ts";
import { readInstance } from "./readConfiguration.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import { openItemBridge, type ItemBridge } from "./streamBridge.ts";

export interface CallSetup {
  readonly instance: ConfiguredInstance | undefined;
  readonly hostFunctions: HostFunctionRequest;
  /** Of a stream. */
  readonly items: ItemBridge;
}

/** Reads what the options name; the plugin has not run yet. */
export async function readSetup(
  selected: SelectedMethod,
  options: {
    readonly configurationText: string | undefined;
    readonly hostFunctionsFile: string | undefined;
  } & BuildOptions,
  interfaces: readonly HostInterfaceSchema[],
  ports: BridgePorts & { readonly bridge: OpenBridge | undefined; readonly signal: AbortSignal },
): Promise<Result<CallSetup, CliFailure>> {
  const { bridge, signal } = ports;
  const configuring =
    bridge === undefined
      ? undefined
      : { open: configurationBridge(selected.plugin, options, ports), signal };
  const instance = await readInstance(selected, options.configurationText, configuring);
  if (!instance.ok) {
    return instance;
  }
  const hostFunctions = await readHostFunctions(options.hostFunctionsFile, interfaces, signal);
  if (!hostFunctions.ok) {
    return hostFunctions;
  }
  const items = await openItemBridge(selected, bridge, signal);
  return items.ok
    ? ok({
        instance: instance.value,
        hostFunctions: hostFunctions.value,
        items: items.value,
      })
    : items;
}
