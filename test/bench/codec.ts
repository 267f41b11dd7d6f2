// Speed of the codec in bytes on the wire per second, beside `JSON.parse` of the same value in the same run: long strings,
// bytes, and small structs. Goals: 150 MB/s on strings and bytes, 20 MB/s on small structs.

import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { median, print } from "./measure.ts";

const rounds = 15;

const text = { rustType: "String", kind: "string" } as const;
const bytes = { rustType: "Vec<u8>", kind: "bytes" } as const;
const integer = (bits: 8 | 32 | 64): TypeSchema => ({
  rustType: `u${String(bits)}`,
  kind: "integer",
  bits,
  signed: false,
});
const point = { rustType: "Point", kind: "named", id: "Point" } as const;
const types: TypeTable = {
  Point: {
    kind: "struct",
    name: "Point",
    warnings: [],
    body: {
      kind: "struct",
      fields: [
        { name: "x", type: { rustType: "f64", kind: "float", bits: 64 } },
        { name: "y", type: { rustType: "f64", kind: "float", bits: 64 } },
        { name: "id", type: integer(32) },
        { name: "name", type: text },
        { name: "layer", type: { rustType: "Option<u8>", kind: "option", inner: integer(8) } },
      ],
    },
  },
};

const listOf = (element: TypeSchema): TypeSchema => ({
  rustType: `Vec<${element.rustType}>`,
  kind: "sequence",
  element,
});

const points: JsonValue = Array.from({ length: 40_000 }, (_, index) => ({
  x: index / 3,
  y: -index / 7,
  id: index,
  name: `point ${String(index)}`,
  layer: index % 3 === 0 ? null : index % 256,
}));

const ascii = "The quick brown fox jumps over the lazy dog. ".repeat(400);
const mixed = "Größe 漢字 😀 ok ".repeat(1000);
const hex = Buffer.alloc(4 * 1024 * 1024, "any bytes at all").toString("hex");

const cases: readonly (readonly [string, TypeSchema, JsonValue, number])[] = [
  ["strings, ASCII", listOf(text), Array.from({ length: 400 }, () => ascii), 150],
  ["strings, mixed", listOf(text), Array.from({ length: 300 }, () => mixed), 150],
  ["bytes", bytes, `hex:${hex}`, 150],
  ["small structs", listOf(point), points, 20],
];

for (const [name, type, value, goal] of cases) {
  const json = JSON.stringify(value);
  const encoded = encodeValue(type, types, value);
  if (!encoded.ok) {
    throw new Error(`${name} cannot be encoded: ${JSON.stringify(encoded.error)}`);
  }
  const wire = encoded.value;
  const encodeMs = millisecondsOf(() => encodeValue(type, types, value).ok);
  const decodeMs = millisecondsOf(() => decodeValue(type, types, wire).ok);
  const parseMs = millisecondsOf(() => JSON.parse(json) !== undefined);
  const rate = (ms: number): string => `${(wire.length / 1000 / ms).toFixed(0)} MB/s`;
  const verdict = (ms: number): string => (wire.length / 1000 / ms >= goal ? "met" : "MISSED");
  print(`${name}: ${(wire.length / 1e6).toFixed(1)} MB on the wire, goal ${String(goal)} MB/s`);
  print(`  encode      ${rate(encodeMs)} (${verdict(encodeMs)}), ${ratio(encodeMs, parseMs)}`);
  print(`  decode      ${rate(decodeMs)} (${verdict(decodeMs)}), ${ratio(decodeMs, parseMs)}`);
  print(`  JSON.parse  ${rate(parseMs)}`);
}

function millisecondsOf(run: () => boolean): number {
  const samples = Array.from({ length: rounds }, () => {
    const start = performance.now();
    if (!run()) {
      throw new Error("the codec refused its own value");
    }
    return performance.now() - start;
  });
  return median(samples);
}

function ratio(ms: number, parseMs: number): string {
  return `${(ms / parseMs).toFixed(2)} times JSON.parse's time`;
}
