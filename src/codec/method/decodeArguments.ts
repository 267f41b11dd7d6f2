// The bytes of arguments → their values by name: what a plugin sends to a host function (reference 3.11, 4.1).

import type { MethodSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { ok } from "../../model/result.ts";
import type { TypeTable } from "../../model/schema/schema.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import type { JsonObject } from "../../model/value/value.ts";
import { decodeValue } from "../bincode/decode.ts";
import type { DecodeProblem } from "../bincode/decode.ts";

/** Id that no Rust path is. */
const tupleId = "(arguments)";

/** The tuple of a method's arguments has no names on the wire; the schema gives them back. */
export function decodeArguments(
  method: Pick<MethodSchema, "arguments" | "name">,
  types: TypeTable,
  bytes: Uint8Array,
): Result<JsonObject, DecodeProblem> {
  if (method.arguments.length === 0 && bytes.length === 0) {
    return ok({});
  }
  const tuple = {
    rustType: `the arguments of ${method.name}`,
    kind: "named",
    id: tupleId,
  } as const;
  const fields = method.arguments.map(({ name, type }) => ({ name, type }));
  const withTuple: TypeTable = {
    ...types,
    [tupleId]: { kind: "struct", name: tupleId, warnings: [], body: { kind: "struct", fields } },
  };
  const decoded = decodeValue(tuple, withTuple, bytes);
  if (!decoded.ok) {
    return decoded;
  }
  const { value } = decoded.value;
  return ok(isJsonObject(value) ? value : {});
}
