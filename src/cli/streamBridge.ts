// The items of a stream through the bridge, where the source does not tell their type. It is opened before the stream, so that
// the plugin does not wait for a build.

import type { Bridge } from "../bridge/bridges.ts";
import type { OpenBridge } from "../calls/bridging.ts";
import { unknownPlaces, type UnknownPlaces } from "../codec/unknownPlaces.ts";
import { err, ok, type Result } from "../model/result.ts";
import { bridgeFailure } from "./openBridge.ts";
import type { CliFailure } from "./failure.ts";
import type { SelectedMethod } from "./selectMethod.ts";

/** Items by the compiler's word. */
export interface ItemBridge {
  /** JSON text of an item that the plugin gave; undefined for a method whose items the source tells. */
  readonly textOf?: (bytes: Uint8Array) => Promise<Result<string, string>>;
  /** Bytes of a line of the input. */
  readonly bytesOf?: (line: string) => Promise<Result<Uint8Array, string>>;
}

/** What of the method's items goes through the bridge, which is opened when something does. */
export async function openItemBridge(
  { plugin, method }: SelectedMethod,
  open: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<ItemBridge, CliFailure>> {
  const unknown = unknownPlaces(method, plugin.types);
  if (open === undefined || !(unknown.inputItems || unknown.outputItems)) {
    return ok({});
  }
  const opened = await open(signal);
  return opened.ok
    ? ok(itemBridge(opened.value, method.name, unknown))
    : err(bridgeFailure(plugin.interfaceName, opened.error));
}

function itemBridge(
  bridge: Bridge,
  method: string,
  { inputItems, outputItems }: UnknownPlaces,
): ItemBridge {
  return {
    ...(outputItems
      ? {
          textOf: async (bytes: Uint8Array) => {
            const decoded = await bridge.decode(method, "value", bytes);
            return decoded.ok ? ok(decoded.value.text) : decoded;
          },
        }
      : {}),
    ...(inputItems
      ? { bytesOf: (line: string) => bridge.encode(method, "streamArgument", line) }
      : {}),
  };
}
