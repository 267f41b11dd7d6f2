// Golden vectors: bytes that bincode 1.3.3 and serde really wrote (reference 6), encoded and decoded by the codec.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import { canonicalValue } from "./canonicalValue.ts";
import { interfaceOf, valueType } from "./vectorSource.ts";
import { vectorType, vectorTypes } from "./vectorTypes.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";

interface Vector {
  readonly rust_type: string;
  readonly definitions: string;
  readonly rust_expr: string;
  readonly json_value: JsonValue;
  readonly hex: string | null;
}

interface DecodeCheck {
  readonly rust_type: string;
  readonly hex: string;
  readonly result: string;
}

/**
 * Vectors whose value is not written both ways by the shapes of {@link vectorTypes}: their types are read from source, and each
 * is one of these.
 */
const fromSource: Readonly<Record<string, string>> = {
  // People write a text for them, which is also serde_json's.
  "std::net::Ipv4Addr": "text",
  "std::net::Ipv6Addr": "text",
  "std::net::IpAddr": "text",
  "std::net::SocketAddr": "text",
  "std::net::SocketAddrV4": "text",
  "std::net::SocketAddrV6": "text",
  "uuid::Uuid": "text",
  Fg: "text",
  // The value's own shape decides the bytes, and nothing can decode them (reference 6.3, 6.4).
  "serde_json::Value": "bytes",
  "serde_json::Number": "bytes",
  "serde_json::Map<String, serde_json::Value>": "bytes",
  "fidius_core::Value": "bytes",
  Ut: "bytes",
  // A plugin can write them and never read them (reference 6.4).
  Tg: "result",
  Tn: "result",
  Tc: "result",
  // bincode cannot even write it (reference 6.4).
  Fl: "neither",
  // A field that is written only sometimes, as nothing in the bytes tells (reference 6.4).
  SkI: "sometimes",
  LastSkip: "sometimes",
};

/** What the results of kind `result` are decoded to, in the order of the vectors. */
const decodedResults: Readonly<Record<string, JsonValue>> = {
  "Tg::A{x:1}": { A: { x: 1 } },
  "Tg::B": "B",
  "Tn::A(In{x:1})": { A: { x: 1 } },
  "Tc::A(1)": { A: 1 },
  "Tc::B{x:2}": { B: { x: 2 } },
  "Tc::C": "C",
};

/** Where reading the values of kind `sometimes` without their field fails. */
const missingFields: Readonly<Record<string, readonly [pointer: string, offset: number]>> = {
  "SkI{a:1,b:None,c:3}": ["/b", 1],
  "LastSkip{a:1,b:None}": ["/b", 1],
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

const vectors = readJson("bincodeVectors.json") as readonly Vector[];
const checks = readJson("bincodeDecodeChecks.json") as readonly DecodeCheck[];
const used = vectors.filter((vector) => fromSource[vector.rust_type] === undefined);
const others = vectors.filter((vector) => fromSource[vector.rust_type] !== undefined);

describe("golden vectors", () => {
  it("are all here: each is tried below, once by its shape or once from source", () => {
    assert.equal(vectors.length, 241);
    assert.equal(used.length + others.length, vectors.length);
    const present = new Set(vectors.map((vector) => vector.rust_type));
    assert.deepEqual(
      Object.keys(fromSource).filter((type) => !present.has(type)),
      [],
    );
    const expressions = new Set(vectors.map((vector) => vector.rust_expr));
    const named = [...Object.keys(decodedResults), ...Object.keys(missingFields)];
    assert.deepEqual(
      named.filter((expression) => !expressions.has(expression)),
      [],
    );
  });

  for (const [index, vector] of used.entries()) {
    it(`${index}: ${vector.rust_type} = ${vector.rust_expr.slice(0, 60)}`, () => {
      const type = vectorType(vector.rust_type);
      assert.ok(type, "the type is translated");
      const value = canonicalValue(type, vectorTypes, vector.json_value);
      const encoded = encodeValue(type, vectorTypes, value);
      assert.ok(encoded.ok, JSON.stringify(encoded));
      assert.equal(Buffer.from(encoded.value).toString("hex"), vector.hex ?? "");
      const decoded = decodeValue(type, vectorTypes, encoded.value);
      assert.ok(decoded.ok, JSON.stringify(decoded));
      assert.deepEqual(decoded.value.value, value);
      assert.deepEqual(decoded.value.ranges[0], {
        pointer: "",
        start: 0,
        end: encoded.value.length,
      });
    });
  }
});

describe("golden vectors whose types are read from source", () => {
  for (const vector of others) {
    const { rust_type: rustType, rust_expr: expression, json_value: json, hex } = vector;
    const kind = fromSource[rustType];
    it(`${rustType} = ${expression}: ${kind ?? ""}`, () => {
      const schema = interfaceOf(vector);
      const { types } = schema;
      const [result, argument] = [valueType(schema), schema.methods[1]?.arguments[0]?.type];
      assert.ok(argument);
      const decoded = decodeValue(result, types, fromHex(hex ?? ""));
      const encoded = encodeValue(argument, types, json);
      const isRefused =
        !encoded.ok && encoded.error[0]?.message.includes("is not known from source") === true;
      const bytesOf = (type: TypeSchema, value: JsonValue): string => {
        const bytes = encodeValue(type, types, value);
        assert.ok(bytes.ok, JSON.stringify(bytes));
        return Buffer.from(bytes.value).toString("hex");
      };
      const raw = { $raw: `hex:${hex ?? ""}` };
      switch (kind) {
        case "text":
          assert.ok(decoded.ok && encoded.ok);
          assert.deepEqual(decoded.value.value, json);
          assert.equal(bytesOf(argument, json), hex);
          break;
        case "bytes":
          assert.ok(decoded.ok && isRefused);
          assert.deepEqual(decoded.value.value, raw);
          assert.equal(bytesOf(argument, raw), hex ?? "");
          break;
        case "result":
          assert.ok(decoded.ok && isRefused);
          assert.deepEqual(decoded.value.value, decodedResults[expression]);
          assert.equal(bytesOf(result, decoded.value.value), hex);
          break;
        case "neither":
          assert.equal(hex, null);
          assert.ok(isRefused);
          assert.match(JSON.stringify(types), /flatten/u);
          break;
        case "sometimes": {
          const missing = missingFields[expression];
          if (missing === undefined) {
            assert.ok(decoded.ok && encoded.ok);
            assert.deepEqual(decoded.value.value, json);
            assert.equal(bytesOf(argument, json), hex);
          } else {
            assert.ok(!decoded.ok && !encoded.ok);
            assert.deepEqual([decoded.error.pointer, decoded.error.offset], missing);
          }
          assert.match(JSON.stringify(types), /skip_serializing_if/u);
          break;
        }
        case undefined:
        default:
          assert.fail(`no such kind: ${kind ?? ""}`);
      }
    });
  }
});

describe("decode checks", () => {
  it("are all here", () => {
    assert.equal(checks.length, 23);
  });

  for (const check of checks) {
    it(`${check.rust_type} from "${check.hex}": ${check.result}`, () => {
      const type = vectorType(check.rust_type);
      assert.ok(type, "the type is translated");
      const bytes = fromHex(check.hex);
      const decoded = decodeValue(type, vectorTypes, bytes);
      const isTrailing = !decoded.ok && decoded.error.message.startsWith("The value ends at byte");
      assert.equal(
        decoded.ok || isTrailing,
        check.result.startsWith("OK"),
        JSON.stringify(decoded),
      );
      if (!decoded.ok) {
        assert.ok(decoded.error.offset >= 0 && decoded.error.offset <= bytes.length);
      }
    });
  }
});
