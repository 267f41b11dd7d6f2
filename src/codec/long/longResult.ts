// Which results stay unread: those of many bytes whose types the source tells. In place of their value stands a mark, and whoever shows
// them reads what is looked at.

import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { unknownReason } from "../values/unknownParts.ts";
import { longJson, type Stretch } from "./longText.ts";
import { LongValue } from "./longValue.ts";

/** Results of more bytes stay unread. */
export const longestRead = 128 * 1024;

/** Stands in the place of a value that is not read. */
export const unreadValue: JsonValue = { $unread: true };

export function isUnread(value: JsonValue): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.hasOwn(value, "$unread") &&
    Object.keys(value).length === 1
  );
}

/** The result of a method as a long value; undefined where the source does not tell all of its type. */
export function longResultOf(
  method: Pick<MethodSchema, "returns"> & { readonly wire?: MethodSchema["wire"] },
  types: TypeTable,
  bytes: Uint8Array,
): LongValue | undefined {
  const { returns, wire } = method;
  const type: TypeSchema =
    wire === "raw"
      ? { rustType: "Vec<u8>", kind: "bytes", length: bytes.length }
      : returns.kind === "result"
        ? returns.success
        : returns.type;
  return unknownReason(type, types) === undefined ? new LongValue(type, types, bytes) : undefined;
}

/** The JSON text of a long value, whole or of a stretch of its bytes. */
export function longText(value: LongValue, stretch?: Stretch): string {
  return [...longJson(value, { type: value.type, start: 0 }, stretch)].join("");
}
