// The items of a stream through the bridge, where the source does not tell their type. It is opened before the stream, so that
// the plugin does not wait for a build.

import { BridgedItems, lossyItemNote } from "../../calls/bridgedItems.ts";
import type { OpenBridge } from "../../calls/bridging.ts";
import { unknownInMethod } from "../../codec/method/unknownInMethod.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { bytesToHexText } from "../../codec/text/hex.ts";
import { bridgeFailure } from "./openBridge.ts";
import type { CliFailure } from "../output/failure.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";

/** An item as it is printed: JSON, or bytes and why. */
export interface ShownItem {
  readonly value: JsonValue;
  readonly problem: string | null;
}

/** Items by the compiler's word. */
export interface ItemBridge {
  /** An item that the plugin gave; undefined for a method whose items the source tells. */
  readonly show?: (bytes: Uint8Array) => Promise<ShownItem>;
  /** Bytes of a line of the input. */
  readonly bytesOf?: (line: string) => Promise<Result<Uint8Array, string>>;
}

/** What of the method's items goes through the bridge, which is opened when something does. */
export async function openItemBridge(
  { plugin, method }: SelectedMethod,
  open: OpenBridge | undefined,
  signal: AbortSignal,
): Promise<Result<ItemBridge, CliFailure>> {
  const { inputItems, outputItems } = unknownInMethod(method, plugin.types);
  if (open === undefined || !(inputItems || outputItems)) {
    return ok({});
  }
  const opened = await open(signal);
  if (!opened.ok) {
    return err(bridgeFailure(plugin.interfaceName, opened.error));
  }
  const items = new BridgedItems(method.name, open);
  return ok({
    ...(outputItems ? { show: (bytes) => showItem(items, bytes, signal) } : {}),
    ...(inputItems ? { bytesOf: (line) => items.write(line) } : {}),
  });
}

async function showItem(
  items: BridgedItems,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<ShownItem> {
  const read = await items.read("out", bytes, signal);
  return read.ok
    ? { value: { $serde: read.value.text }, problem: read.value.isLossless ? null : lossyItemNote }
    : { value: { $raw: bytesToHexText(bytes, 0, bytes.length) }, problem: read.error };
}
