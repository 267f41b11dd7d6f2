// The JSON wire of debug builds of Fidius 0.0 against real serde_json: it writes the same text for the same values, reads what
// TypeScript wrote as the same values, and everything that was written is read back.

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import { readJsonWire } from "../../src/codec/debugJson/jsonWireRead.ts";
import { writeJsonWire } from "../../src/codec/debugJson/jsonWireWrite.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { arbitrarySchema } from "./arbitrarySchema.ts";
import { arbitraryValue } from "./arbitraryValue.ts";
import { buildOracle, OracleProcess } from "./oracleProcess.ts";
import { oracleTable, oracleTypes } from "./oracleTypes.ts";

const runs = Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400);
const utf8 = new TextEncoder();
const toJson = 0x4000;
const fromJson = 0x8000;

/** What JSON has no form for; all else must be written. */
const unwritable =
  /JSON, (?:which has no such number|whose keys are text|where it reads as None)|must be JSON here/;

describe("the JSON wire and real serde_json agree", function () {
  this.timeout(300_000 + runs * 100);
  let oracle: OracleProcess;

  before(async () => {
    oracle = new OracleProcess(await buildOracle());
  });

  after(() => {
    oracle.dispose();
  });

  for (const [kind, type] of oracleTypes.entries()) {
    it(`on values of ${type.rustType}`, async () => {
      let written = 0;
      await fc.assert(
        fc.asyncProperty(arbitraryValue(type, oracleTable), async (value) => {
          const bytes = encodeValue(type, oracleTable, value);
          assert.ok(bytes.ok);
          const text = writeJsonWire(type, oracleTable, value);
          const theirs = await oracle.ask(toJson + kind, bytes.value);
          if (!text.ok) {
            assert.match(text.error[0]?.message ?? "", unwritable);
            return;
          }
          written += 1;
          assert.ok(theirs.ok, JSON.stringify(theirs));
          assert.equal(
            withRoughNumbers(text.value),
            withRoughNumbers(theirs.bytes.toString("utf8")),
          );
          const back = await oracle.ask(fromJson + kind, utf8.encode(text.value));
          assert.ok(back.ok, JSON.stringify(back));
          assert.equal(back.bytes.toString("hex"), Buffer.from(bytes.value).toString("hex"));
          assertReads(type, theirs.bytes, value);
        }),
        { numRuns: runs },
      );
      assert.ok(written > 0, `none of ${String(runs)} values was written`);
    });
  }

  function assertReads(type: TypeSchema, bytes: Uint8Array, value: JsonValue): void {
    const read = readJsonWire(type, oracleTable, bytes);
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual(read.value.value, value);
  }
});

describe("the JSON wire", () => {
  it("reads what it writes, whatever the types", () => {
    fc.assert(
      fc.property(
        arbitrarySchema.chain((schema) =>
          arbitraryValue(schema.type, schema.types).map((value) => ({ ...schema, value })),
        ),
        ({ type, types, value }) => {
          const text = writeJsonWire(type, types, value);
          if (!text.ok) {
            assert.match(text.error[0]?.message ?? "", unwritable);
            return;
          }
          const read = readJsonWire(type, types, utf8.encode(text.value));
          assert.ok(read.ok, `${text.value}: ${JSON.stringify(read)}`);
          assert.deepEqual(read.value.value, value);
        },
      ),
      { numRuns: runs },
    );
  });

  it("never fails in any other way than with a problem", () => {
    fc.assert(
      fc.property(arbitrarySchema, fc.oneof(fc.json(), fc.string()), ({ type, types }, text) => {
        const read = readJsonWire(type, types, utf8.encode(text));
        assert.equal(typeof read.ok, "boolean");
      }),
      { numRuns: runs },
    );
  });
});

/**
 * Rust writes 1.0 and 1e16 where JavaScript writes 1 and 10000000000000000, and has its own choice among the shortest forms of
 * an f32. That the numbers are the same is seen from the bytes that Rust makes of them.
 */
function withRoughNumbers(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : String(roughly(token)),
  );
}

function roughly(token: string): number {
  return Number(Number(token).toPrecision(6)) + 0;
}
