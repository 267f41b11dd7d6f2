// Options of what is null itself, and byte arrays behind a length.

import assert from "node:assert/strict";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";

describe("an option of a type that is written as null", () => {
  const type: TypeSchema = {
    rustType: "Option<()>",
    kind: "option",
    inner: { rustType: "()", kind: "unit" },
  };
  it("names $some in the error that needs it", () => {
    const encoded = encodeValue(type, {}, "yes");
    assert.ok(!encoded.ok);
    assert.match(encoded.error[0]?.message ?? "", /write \{"\$some": null\} for Some/u);
  });
  it("takes $some", () => {
    const encoded = encodeValue(type, {}, { $some: null });
    assert.deepEqual(encoded.ok && [...encoded.value], [1]);
  });
});

describe("[u8; N] under serde_bytes", () => {
  const type: TypeSchema = { rustType: "[u8; 3]", kind: "bytes", length: 3, isCounted: true };
  it("crosses with its length", () => {
    const encoded = encodeValue(type, {}, "hex:010203");
    assert.deepEqual(encoded.ok && [...encoded.value], [3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
  });
  it("wants exactly N bytes", () => {
    const encoded = encodeValue(type, {}, "hex:0102");
    assert.ok(!encoded.ok);
    assert.match(encoded.error[0]?.message ?? "", /\[u8; 3\] needs 3 bytes, has 2/u);
  });
});
