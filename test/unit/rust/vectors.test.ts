// Schemas from source against bytes that real serde and bincode wrote: every vector's type is read from its definition,
// its bytes decoded with that schema, compared with serde's own value, and encoded back.

import assert from "node:assert/strict";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import type { InterfaceSchema } from "../../../src/model/plugin.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import vectors from "../../vectors/bincodeVectors.json" with { type: "json" };
import { interfaceOf, valueType } from "../../vectors/vectorSource.ts";

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

/** Types whose bytes neither a source nor the catalogue explains: values without a type, what bincode cannot write. */
const beyondSource =
  /\bValue\b|serde_json::Number|serde_json::Map|with *= *"(?!serde_bytes|uuid|chrono)|untagged|flatten|skip_serializing_if/u;

/** The shapes alone: serde's own JSON of bincode's values has no human forms of them. */
function withoutFormats<T>(schema: T): T {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === "format" ? undefined : value,
  );
  return JSON.parse(text) as T;
}

function hasWarning(schema: InterfaceSchema): boolean {
  return JSON.stringify(schema).includes('"warnings":[{');
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
      const type = withoutFormats(valueType(schema));
      const types = withoutFormats(schema.types);
      const decoded = decodeValue(type, types, bytes);
      if (!decoded.ok && vector.definitions.includes("skip_serializing_if")) {
        // Its field is not in these bytes, as the warning says; nothing in them tells.
        assert.equal(vector.decodes, false);
        return;
      }
      assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.message);
      const encoded = encodeValue(type, types, decoded.value.value);
      assert.ok(encoded.ok);
      assert.equal(Buffer.from(encoded.value).toString("hex"), vector.hex);
      const human = decodeValue(valueType(schema), schema.types, bytes);
      assert.ok(human.ok);
      const again = encodeValue(valueType(schema), schema.types, human.value.value);
      assert.ok(again.ok, JSON.stringify(again));
      assert.equal(Buffer.from(again.value).toString("hex"), vector.hex);
      // Addresses and char keys have a text form in JSON, which serde does not use in bincode.
      if (
        !/std::net::|Map<char|uuid::|bitflags!/u.test(`${vector.rust_type} ${vector.definitions}`)
      ) {
        const expected = scalars(vector.json_value);
        // serde's JSON has the variant as a value of its own where ours has it as the key.
        const isKey = vector.definitions.includes("tag =") && expected.length > 1;
        assert.deepEqual(scalars(decoded.value.value), isKey ? expected.slice(1) : expected);
      }
    });
  }
});
