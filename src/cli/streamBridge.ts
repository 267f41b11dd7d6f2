// The items of a stream through the bridge, where the source does not tell their type. It is opened before the stream, so that
// the plugin does not wait for a build.

import type { Bridge } from "../bridge/bridges.ts";
import type { OpenBridge } from "../calls/bridging.ts";
import { inputItemType, outputItemType } from "../codec/streamItems.ts";
import { unknownReason } from "../codec/unknownParts.ts";
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
  const isUnknown = (type: Parameters<typeof unknownReason>[0]): boolean =>
    unknownReason(type, plugin.types) !== undefined;
  const gives = method.stream === "server" || method.stream === "bidirectional";
  const isBridgedOut = gives && isUnknown(outputItemType(method));
  const isBridgedIn = method.streamArgument !== undefined && isUnknown(inputItemType(method));
  if (open === undefined || !(isBridgedOut || isBridgedIn)) {
    return ok({});
  }
  const opened = await open(signal);
  return opened.ok
    ? ok(itemBridge(opened.value, method.name, { isBridgedOut, isBridgedIn }))
    : err(bridgeFailure(plugin.interfaceName, opened.error));
}

function itemBridge(
  bridge: Bridge,
  method: string,
  { isBridgedOut, isBridgedIn }: { readonly isBridgedOut: boolean; readonly isBridgedIn: boolean },
): ItemBridge {
  return {
    ...(isBridgedOut
      ? {
          textOf: async (bytes: Uint8Array) => {
            const decoded = await bridge.decode(method, "value", bytes);
            return decoded.ok ? ok(decoded.value.text) : decoded;
          },
        }
      : {}),
    ...(isBridgedIn
      ? { bytesOf: (line: string) => bridge.encode(method, "streamArgument", line) }
      : {}),
  };
}
