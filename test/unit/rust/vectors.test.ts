// Schemas from source against bytes that real serde and bincode wrote: every vector's type is read from its definition,
// its bytes decoded with that schema, compared with serde's own value, and encoded back.

import assert from "node:assert/strict";
import { decodeValue } from "../../../src/codec/decode.ts";
import { encodeValue } from "../../../src/codec/encode.ts";
import type { InterfaceSchema } from "../../../src/model/plugin.ts";
import type { TypeSchema } from "../../../src/model/schema.ts";
import type { JsonValue } from "../../../src/model/value.ts";
import vectors from "../../vectors/bincodeVectors.json" with { type: "json" };
import { analyze, rust } from "./inMemoryProject.ts";

type Vector = (typeof vectors)[number];

const foreignCrates = [
  "bitflags",
  "bytes",
  "chrono",
  "either",
  "fidius-core",
  "indexmap",
  "ordered-float",
  "rust_decimal",
  "semver",
  "serde",
  "serde_bytes",
  "serde_json",
  "smallvec",
  "time",
  "url",
  "uuid",
];

/** The vector's type as the argument and the result of a method. */
function interfaceOf(vector: Vector): InterfaceSchema {
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": rust`
use serde::{Deserialize, Serialize};
use fidius::plugin_interface;
${vector.definitions}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn give(&self) -> ${vector.rust_type}; fn take(&self, value: ${vector.rust_type}); }
`,
      },
      dependencies: ["fidius", ...foreignCrates],
    },
  });
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined, "the interface was found");
  return schema;
}

/** `Result` at the top is split by the method; as a value it is a result again. */
function valueType(schema: InterfaceSchema): TypeSchema {
  const returns = schema.methods[0]?.returns;
  assert.ok(returns !== undefined);
  return returns.kind === "value"
    ? returns.type
    : {
        rustType: "Result",
        kind: "result",
        success: returns.success,
        failure: returns.failure,
      };
}

/** The method's types and all that they refer to, as one text. */
function partText(schema: InterfaceSchema, methodName: string): string {
  const method = schema.methods.find(({ name }) => name === methodName);
  const parts = [JSON.stringify([method?.arguments, method?.returns])];
  const seen = new Set<string>();
  for (const part of parts) {
    for (const [id, named] of Object.entries(schema.types)) {
      if (!seen.has(id) && part.includes(JSON.stringify(id))) {
        seen.add(id);
        parts.push(JSON.stringify(named));
      }
    }
  }
  return parts.join("\n");
}

function holdsUnknown(schema: InterfaceSchema, methodName: string): boolean {
  return partText(schema, methodName).includes('"kind":"unknown"');
}

/** Scalars of a value in order, the same for serde's form and for ours. */
function scalars(value: JsonValue): string[] {
  if (value === null) {
    return [];
  }
  if (typeof value === "string" && value.startsWith("hex:")) {
    return (value.slice(4).match(/../gu) ?? []).map((byte) => String(Number.parseInt(byte, 16)));
  }
  if (typeof value !== "object") {
    return [String(value)];
  }
  return Object.values(value).flatMap((inner) => scalars(inner));
}

/** Types whose bytes no source at hand explains: other crates, helpers, macros. */
const beyondSource = new RegExp(
  `\\b(?:${foreignCrates.join("|").replaceAll("-", "_")})(?:::|!)|with *=|untagged|flatten|skip_serializing_if`,
  "u",
);

function hasWarning(schema: InterfaceSchema): boolean {
  return Object.values(schema.types).some(({ warnings }) => warnings.length > 0);
}

describe("schemas from source, by bytes of serde", () => {
  for (const vector of vectors) {
    it(`${vector.rust_type} = ${vector.rust_expr}`, () => {
      const schema = interfaceOf(vector);
      if (!vector.decodes) {
        const saysSo = holdsUnknown(schema, "take") || hasWarning(schema);
        assert.ok(saysSo, "says that it cannot be read back");
      }
      if (holdsUnknown(schema, "give")) {
        assert.match(`${vector.rust_type} ${vector.definitions}`, beyondSource);
        return;
      }
      if (vector.hex === null) {
        return;
      }
      const bytes = Uint8Array.from(Buffer.from(vector.hex, "hex"));
      const type = valueType(schema);
      const decoded = decodeValue(type, schema.types, bytes);
      if (!decoded.ok && vector.definitions.includes("skip_serializing_if")) {
        // Its field is not in these bytes, as the warning says; nothing in them tells.
        assert.equal(vector.decodes, false);
        return;
      }
      assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.message);
      const encoded = encodeValue(type, schema.types, decoded.value.value);
      assert.ok(encoded.ok);
      assert.equal(Buffer.from(encoded.value).toString("hex"), vector.hex);
      // Addresses and char keys have a text form in JSON, which serde does not use in bincode.
      if (!/std::net::|Map<char/u.test(vector.rust_type)) {
        const expected = scalars(vector.json_value);
        // serde's JSON has the variant as a value of its own where ours has it as the key.
        const isKey = vector.definitions.includes("tag =") && expected.length > 1;
        assert.deepEqual(scalars(decoded.value.value), isKey ? expected.slice(1) : expected);
      }
    });
  }
});
