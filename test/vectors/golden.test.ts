// Golden vectors: bytes that bincode 1.3.3 and serde really wrote (reference 6), encoded and decoded by the codec.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { decodeValue } from "../../src/codec/decode.ts";
import { encodeValue } from "../../src/codec/encode.ts";
import { canonicalValue } from "./canonicalValue.ts";
import { vectorType, vectorTypes } from "./vectorTypes.ts";
import type { JsonValue } from "../../src/model/value.ts";

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

/** What has no TypeSchema yet, or no bytes at all, and why. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  "JSON is a text form that a catalogue of well-known types will add": [
    "std::net::Ipv4Addr",
    "std::net::Ipv6Addr",
    "std::net::IpAddr",
    "std::net::SocketAddr",
    "std::net::SocketAddrV4",
    "std::net::SocketAddrV6",
    "uuid::Uuid",
    "Fg",
  ],
  "the value's own shape decides the bytes, and nothing can decode them (reference 6.3)": [
    "serde_json::Value",
    "serde_json::Number",
    "serde_json::Map<String, serde_json::Value>",
    "fidius_core::Value",
  ],
  "a serde attribute that bincode cannot decode (reference 6.4)": ["Fl", "Tg", "Tn", "Tc", "Ut"],
  "a field that is written only sometimes (reference 6.4)": ["SkI", "LastSkip"],
};
const leftOutCount = 34;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

const vectors = readJson("bincodeVectors.json") as readonly Vector[];
const checks = readJson("bincodeDecodeChecks.json") as readonly DecodeCheck[];
const leftOutTypes = new Set(Object.values(leftOut).flat());
const used = vectors.filter((vector) => !leftOutTypes.has(vector.rust_type));

describe("golden vectors", () => {
  it("leaves out what it says it leaves out, and nothing else", () => {
    assert.equal(vectors.length, 241);
    assert.equal(vectors.length - used.length, leftOutCount);
    const present = new Set(vectors.map((vector) => vector.rust_type));
    assert.deepEqual(
      [...leftOutTypes].filter((type) => !present.has(type)),
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
