// What of an outcome can be shown as tree, JSON and bytes.

import { isUnread } from "../../src/codec/long/longResult.ts";
import type { LongValue } from "../../src/codec/long/longValue.ts";
import { formatJson } from "../../src/codec/json/formatJson.ts";
import { serdeText } from "../../src/codec/values/unknownParts.ts";
import { parseJson } from "../../src/model/value/losslessJson.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import type { ShownOutcome } from "../panelStore.ts";
import { longRoot } from "../long/longNode.ts";
import { listedPlaces, longPlaces, noPlaces, type BytePlaces } from "./bytePlaces.ts";
import { plainBytes } from "./plainBytes.ts";
import { plainNode, textNode, typedNode } from "./tree/treeNode.ts";
import type { TreeNode } from "./tree/treeTypes.ts";

const noBytes = new Uint8Array();

export interface OutcomeBody {
  /** The typed tree of a value or of an error's value. */
  readonly tree: TreeNode | undefined;
  readonly isValue: boolean;
  /** Made when its tab is opened: it may be long. */
  readonly json: (() => string) | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly places: BytePlaces;
  /** The value when it is too long to be read as a whole. */
  readonly long?: LongValue;
}

/** What is shown of an outcome; `long` is its value when that stayed unread and is here. */
export function bodyOf(
  { outcome, method, plugin }: ShownOutcome,
  long: LongValue | undefined,
): OutcomeBody {
  const { result } = outcome;
  const types = plugin?.types ?? {};
  const none = { tree: undefined, isValue: false, json: undefined, places: noPlaces };
  if (result.kind === "ok" && isUnread(result.value)) {
    return unreadBody(long);
  }
  if (result.kind === "ok") {
    const type =
      method === null
        ? undefined
        : method.returns.kind === "result"
          ? method.returns.success
          : method.returns.type;
    return {
      ...valueBody(type, types, result.value),
      isValue: true,
      bytes: plainBytes(result.bytes),
      places: listedPlaces(result.ranges),
    };
  }
  if (result.kind === "pluginError") {
    const type = method?.returns.kind === "result" ? method.returns.failure : undefined;
    const isTyped = type !== undefined && type.kind !== "unknown";
    return {
      ...valueBody(isTyped ? type : undefined, types, result.value),
      isValue: false,
      bytes: plainBytes(result.bytes),
      places: noPlaces,
    };
  }
  const bytes = result.kind === "wireError" ? result.bytes : undefined;
  return { ...none, bytes: bytes === undefined ? undefined : plainBytes(bytes) };
}

function unreadBody(long: LongValue | undefined): OutcomeBody {
  const body = { isValue: true, json: () => "", bytes: long?.bytes ?? noBytes };
  return long === undefined
    ? { ...body, tree: undefined, places: noPlaces }
    : { ...body, tree: longRoot(long), places: longPlaces(long), long };
}

function valueBody(
  type: TypeSchema | undefined,
  types: TypeTable,
  value: JsonValue,
): Pick<OutcomeBody, "tree" | "json"> {
  const serde = serdeText(value);
  if (serde !== undefined) {
    // Read without loss: digits beyond those of a number are text.
    const parsed = parseJson(serde);
    const tree = parsed.ok ? textNode(serde, parsed.value) : plainNode(serde);
    const whole: TypeSchema = type ?? { rustType: "", kind: "unknown", reason: "" };
    return { tree, json: () => formatJson(whole, types, value, 2) };
  }
  return type === undefined
    ? { tree: plainNode(value), json: () => JSON.stringify(value, null, 2) }
    : { tree: typedNode(type, types, value), json: () => formatJson(type, types, value, 2) };
}
