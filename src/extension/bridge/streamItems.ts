// Items of a panel's stream whose type no source tells, through the bridge of the method's interface: JSON for serde goes to
// the plugin as bytes, and bytes are shown in serde's JSON.

import type { OpenBridge } from "../../calls/bridging.ts";
import { inputItemType, outputItemType } from "../../codec/streamItems.ts";
import { serdeText, unknownReason } from "../../codec/unknownParts.ts";
import type { JsonValue } from "../../model/value.ts";
import type { StreamItemValue } from "../../protocol/panelStream.ts";
import type { FoundMethod } from "../panel/panelState.ts";
import type { StreamBuffer } from "../panel/streamBuffer.ts";

/** How the bridge is opened; undefined where it is not built, because nobody is made to wait for it here. */
export type ReadyBridge = () => Promise<OpenBridge | undefined>;

/** Offers a value to the plugin; why it cannot, or null. */
export async function sendItem(
  stream: StreamBuffer,
  { method }: FoundMethod,
  value: JsonValue,
  ready: ReadyBridge,
): Promise<string | null> {
  const text = serdeText(value);
  if (text === undefined) {
    return stream.send(value);
  }
  const opened = await (await ready())?.(new AbortController().signal);
  if (opened?.ok !== true) {
    return "The compiler cannot be asked now, so this JSON is no item yet. Ask the Compiler builds what is needed.";
  }
  const encoded = await opened.value.encode(method.name, "streamArgument", text);
  return encoded.ok ? stream.sendBytes(encoded.value) : encoded.error;
}

/** A whole item; what the source does not tell in serde's JSON, as far as the bridge is there. */
export async function itemValue(
  stream: StreamBuffer,
  { plugin, method }: FoundMethod,
  sequence: number,
  ready: ReadyBridge,
): Promise<StreamItemValue | null> {
  const item = stream.valueOf(sequence);
  const isInput = stream.directionOf(sequence) === "in";
  const type = isInput ? inputItemType(method) : outputItemType(method);
  if (item === null || unknownReason(type, plugin.types) === undefined) {
    return item;
  }
  const opened = await (await ready())?.(new AbortController().signal);
  if (opened?.ok !== true) {
    return item;
  }
  const place = isInput ? "streamArgument" : "value";
  const decoded = await opened.value.decode(method.name, place, item.bytes);
  return decoded.ok
    ? { ...item, value: { $serde: decoded.value.text }, problem: null }
    : { ...item, problem: decoded.error };
}
