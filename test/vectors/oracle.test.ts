// The codec against real serde and bincode: what TypeScript encodes Rust decodes and encodes to the same bytes, and bytes that
// were damaged are accepted by both or by neither. FIDIUS_FUZZ_RUNS sets the number of values per type.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import { shortestF32 } from "../../src/codec/kinds/floats.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import { buildOracle, OracleProcess } from "./oracleProcess.ts";
import { oracleTable, oracleTypes } from "./oracleTypes.ts";

const runs = Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400);

describe("the codec and real bincode agree", function () {
  this.timeout(300_000 + runs * 100);
  let oracle: OracleProcess;

  before(async () => {
    oracle = new OracleProcess(await buildOracle());
  });

  after(() => {
    oracle.dispose();
  });

  for (const [kind, type] of oracleTypes.entries()) {
    const values = arbitraryValue(type, oracleTable);

    it(`on values of ${type.rustType}`, async () => {
      await fc.assert(
        fc.asyncProperty(values, async (value) => {
          const bytes = encoded(type, value);
          const answer = await oracle.ask(kind, bytes);
          assert.ok(answer.ok, JSON.stringify(answer));
          assert.equal(answer.bytes.toString("hex"), Buffer.from(bytes).toString("hex"));
          const decoded = decodeValue(type, oracleTable, answer.bytes);
          assert.ok(decoded.ok, JSON.stringify(decoded));
          assert.deepEqual(decoded.value.value, value);
        }),
        { numRuns: runs },
      );
    });

    it(`on damaged bytes of ${type.rustType}`, async () => {
      let accepted = 0;
      let refused = 0;
      const damaged = fc
        .tuple(values, fc.array(arbitraryDamage(), { minLength: 1, maxLength: 3 }))
        .map(([value, damages]) =>
          damages.reduce((bytes, damage) => damage(bytes), encoded(type, value)),
        );
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ arbitrary: damaged, weight: 4 }, fc.uint8Array()),
          async (bytes) => {
            const agreed = await compare(oracle, kind, type, bytes);
            accepted += agreed === "accepted" ? 1 : 0;
            refused += agreed === "refused" ? 1 : 0;
          },
        ),
        { numRuns: 3 * runs },
      );
      assert.ok(accepted > 0 && refused > 0, `${accepted} accepted, ${refused} refused`);
    });
  }

  it("on the shortest text of an f32", async () => {
    const floats = fc.sample(fc.float({ noNaN: true, noDefaultInfinity: true }), 20 * runs);
    const answer = await oracle.ask(255, new Uint8Array(Float32Array.from(floats).buffer));
    assert.ok(answer.ok);
    const texts = answer.bytes.toString("utf8").trim().split("\n");
    assert.equal(texts.length, floats.length);
    for (const [index, value] of floats.entries()) {
      assert.equal(shortestF32(value), Number(texts[index]), `f32 ${value}`);
    }
  });
});

function encoded(type: TypeSchema, value: JsonValue): Uint8Array {
  const result = encodeValue(type, oracleTable, value);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** A change to some bytes. */
function arbitraryDamage(): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff),
  );
  return fc.oneof(
    fc.tuple(place, byte).map(([at, value]) => (bytes: Uint8Array) => {
      const changed = bytes.slice();
      changed[Math.floor(at * bytes.length)] = value;
      return changed;
    }),
    place.map((at) => (bytes: Uint8Array) => bytes.slice(0, Math.floor(at * bytes.length))),
    fc.tuple(place, byte).map(([at, value]) => (bytes: Uint8Array) => {
      const index = Math.floor(at * (bytes.length + 1));
      return Uint8Array.from([...bytes.subarray(0, index), value, ...bytes.subarray(index)]);
    }),
    place.map((at) => (bytes: Uint8Array) => {
      const index = Math.floor(at * bytes.length);
      return Uint8Array.from([...bytes.subarray(0, index), ...bytes.subarray(index + 1)]);
    }),
  );
}

/**
 * Asks both sides. Rust allows trailing bytes (reference 4.1), the codec does not: then both must end at the same byte.
 * The codec's own limits have no counterpart in Rust, which would try to make billions of units.
 */
async function compare(
  oracle: OracleProcess,
  kind: number,
  type: TypeSchema,
  bytes: Uint8Array,
): Promise<"accepted" | "refused" | "beyondLimits"> {
  const ours = decodeValue(type, oracleTable, bytes);
  if (!ours.ok && ours.error.message.endsWith("this is the limit.")) {
    return "beyondLimits";
  }
  const theirs = await oracle.ask(kind, bytes);
  const hex = Buffer.from(bytes).toString("hex");
  if (ours.ok) {
    assert.ok(theirs.ok, `only Rust refuses ${hex}: ${JSON.stringify(theirs)}`);
    assert.equal(theirs.bytes.length, bytes.length);
    return "accepted";
  }
  if (ours.error.message.startsWith("The value ends at byte")) {
    assert.ok(theirs.ok, `only Rust refuses ${hex}: ${JSON.stringify(theirs)}`);
    assert.equal(theirs.bytes.length, ours.error.offset);
    return "accepted";
  }
  assert.ok(!theirs.ok, `only TypeScript refuses ${hex}: ${JSON.stringify(ours.error)}`);
  return "refused";
}
