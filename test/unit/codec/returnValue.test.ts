// What a call brought back: status 0 and -3, raw wire, PluginError with and without its source.

import assert from "node:assert/strict";
import { decodeFailure, decodeReturn } from "../../../src/codec/method/returnValue.ts";
import type { ReturnSchema, TypeSchema } from "../../../src/model/schema/schema.ts";
import { schemasWith, tableOf } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemas = schemasWith(new Set(["PluginError", "Other"]));
const types = tableOf({
  PluginError: schemas.fields({ code: "String", message: "String", details: "Option<String>" }),
  Other: schemas.newtype("u8"),
});
// reference 4.2: PluginError::new("E1", "bad é")
const errorBytes = Uint8Array.from(
  Buffer.from("02000000000000004531060000000000000062616420c3a900", "hex"),
);

function resultOf(success: string, failure: TypeSchema): ReturnSchema {
  return { kind: "result", success: schemas.type(success), failure };
}

describe("decodeReturn", () => {
  it("takes the value, and of a Result the Ok value alone", () => {
    const value = methodOf({}, { kind: "value", type: schemas.type("u8") });
    const result = methodOf({}, resultOf("u8", schemas.type("PluginError")));
    for (const method of [value, result]) {
      const decoded = decodeReturn(method, types, Uint8Array.of(7));
      assert.deepEqual(decoded, {
        ok: true,
        value: { value: 7, ranges: [{ pointer: "", start: 0, end: 1 }] },
      });
    }
  });

  it("gives a raw method's bytes as they are", () => {
    const method = methodOf({}, { kind: "value", type: schemas.type("Vec<u8>") }, "raw");
    const decoded = decodeReturn(method, types, Uint8Array.of(1, 255));
    assert.ok(decoded.ok);
    assert.equal(decoded.value.value, "hex:01ff");
  });
});

describe("decodeFailure", () => {
  const error = { code: "E1", message: "bad é", details: null };

  it("recognises PluginError", () => {
    const method = methodOf({}, resultOf("u8", schemas.type("PluginError")));
    const decoded = decodeFailure(method, types, errorBytes);
    assert.ok(decoded.ok, JSON.stringify(decoded));
    assert.deepEqual(decoded.value.error, error);
    assert.deepEqual(decoded.value.value, error);
  });

  it("knows PluginError without the sources of Fidius, under raw wire too", () => {
    const foreign: TypeSchema = {
      rustType: "fidius_core::PluginError",
      kind: "unknown",
      reason: "its crate was not found",
    };
    const method = methodOf({}, resultOf("Vec<u8>", foreign), "raw");
    const decoded = decodeFailure(method, {}, errorBytes);
    assert.ok(decoded.ok, JSON.stringify(decoded));
    assert.deepEqual(decoded.value.error, error);
  });

  it("shows another error type as its own value", () => {
    const method = methodOf({}, resultOf("u8", schemas.type("Other")));
    const decoded = decodeFailure(method, types, Uint8Array.of(9));
    assert.ok(decoded.ok);
    assert.equal(decoded.value.value, 9);
    assert.equal(decoded.value.error, undefined);
  });

  it("is a problem where no Result is returned", () => {
    const decoded = decodeFailure(methodOf({}), types, errorBytes);
    assert.ok(!decoded.ok);
    assert.match(decoded.error.message, /^run returns no Result, but the plugin answered/);
  });
});
