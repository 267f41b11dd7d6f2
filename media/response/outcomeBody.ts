// What of an outcome can be shown as tree, JSON and bytes.

import { formatJson } from "../../src/codec/json/formatJson.ts";
import { serdeText } from "../../src/codec/values/unknownParts.ts";
import { parseJson } from "../../src/model/losslessJson.ts";
import type { ByteRange } from "../../src/model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema.ts";
import type { JsonValue } from "../../src/model/value.ts";
import type { ShownOutcome } from "../panelStore.ts";
import { plainNode, textNode, typedNode, type TreeNode } from "./treeNode.ts";

export interface OutcomeBody {
  /** The typed tree of a value or of an error's value. */
  readonly tree: TreeNode | undefined;
  readonly isValue: boolean;
  /** Made when its tab is opened: it may be long. */
  readonly json: (() => string) | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly ranges: readonly ByteRange[];
}

export function bodyOf({ outcome, method, plugin }: ShownOutcome): OutcomeBody {
  const { result } = outcome;
  const types = plugin?.types ?? {};
  const none = { tree: undefined, isValue: false, json: undefined, ranges: [] };
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
      bytes: asBytes(result.bytes),
      ranges: result.ranges,
    };
  }
  if (result.kind === "pluginError") {
    const type = method?.returns.kind === "result" ? method.returns.failure : undefined;
    const isTyped = type !== undefined && type.kind !== "unknown";
    return {
      ...valueBody(isTyped ? type : undefined, types, result.value),
      isValue: false,
      bytes: asBytes(result.bytes),
      ranges: [],
    };
  }
  const bytes = result.kind === "wireError" ? result.bytes : undefined;
  return { ...none, bytes: bytes === undefined ? undefined : asBytes(bytes) };
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

/** Some webviews hand a typed array over as a plain object of its numbers. */
function asBytes(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(Object.values(bytes));
}
