// Whether bridges are offered for what a panel shows, and built.

import type { PanelBridge } from "../../protocol/panelBridge.ts";
import type { FoundMethod } from "../panel/panelState.ts";
import type { BridgeService } from "./bridgeService.ts";

/** Undefined for a method whose types the source tells. */
export async function bridgeStateOf(
  { plugin, method }: FoundMethod,
  bridges: BridgeService,
): Promise<PanelBridge | undefined> {
  return bridges.isOffered(plugin, method) ? { isReady: await bridges.isReady(plugin) } : undefined;
}

/** Undefined for a plugin without configuration, or whose configuration's type the source tells. */
export async function configurationBridgeOf(
  { plugin }: FoundMethod,
  bridges: BridgeService,
): Promise<PanelBridge | undefined> {
  return bridges.isOfferedForConfiguration(plugin)
    ? { isReady: await bridges.isReady(plugin, "configuration") }
    : undefined;
}
