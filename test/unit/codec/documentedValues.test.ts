// docs/values.md says how values are written and shown; this keeps it true.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { encodeArguments } from "../../../src/codec/bincode/encode.ts";
import { formatJson } from "../../../src/codec/json/formatJson.ts";
import { parseArguments } from "../../../src/codec/json/parseArguments.ts";
import { interfaceOf } from "../../vectors/vectorSource.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/values.md"), "utf8");
const definitions = /```rust\n([\s\S]*?)```/u.exec(page)?.[1] ?? "";
const rows = [...page.matchAll(/^\| `([^`]+)`\s+\| `([^`]+)`\s+\| (?:`([^`]+)`)?\s*\|$/gmu)];

describe("docs/values.md", () => {
  it("has examples", () => {
    assert.ok(rows.length > 30);
  });

  for (const [, rustType = "", written = "", shown = written] of rows) {
    it(`${rustType} as ${written}`, () => {
      const { methods, types } = interfaceOf({
        rust_type: rustType,
        definitions:
          "use std::collections::HashMap; use std::time::Duration;" +
          definitions.replaceAll(/^(?=struct|enum)/gmu, "#[derive(Serialize, Deserialize)] pub "),
      });
      const method = methods[1];
      const type = method?.arguments[0]?.type;
      assert.ok(method !== undefined && type !== undefined);
      const parsed = parseArguments(method, types, `{"value": ${written}}`);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      const encoded = encodeArguments(method, types, parsed.value);
      assert.ok(encoded.ok);
      const decoded = decodeValue(type, types, encoded.value);
      assert.ok(decoded.ok);
      const text = formatJson(type, types, decoded.value.value, 0);
      assert.equal(text, shown.replaceAll(/(?<=[,:]) /gu, ""));
    });
  }
});
