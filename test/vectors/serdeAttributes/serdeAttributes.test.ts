// Types with random serde attributes: what the model says of each is what serde writes and reads, byte for byte and part for
// part, in both directions. FIDIUS_FUZZ_TYPES sets how many types are made (some of them are no Rust), FIDIUS_FUZZ_SEED which.

import assert from "node:assert/strict";
import { compareTypes, type Comparison } from "./compareTypes.ts";
import { randomSerdeTypes } from "./randomSerdeTypes.ts";
import { buildSerdeOracle } from "./serdeOracle.ts";

const wanted = Number(process.env["FIDIUS_FUZZ_TYPES"] ?? 300);
const seed = Number(process.env["FIDIUS_FUZZ_SEED"] ?? 1);
/** More at once need much memory to compile. */
const batchSize = 620;

describe("random serde attributes against serde", function () {
  this.timeout(600_000 + wanted * 1500);

  it(`${wanted} types: no difference, and hardly one that the model says it does not know`, async () => {
    const total = { types: 0, agreed: 0, impossible: 0, helped: 0, conditional: 0 };
    for (let batch = 0; batch * batchSize < wanted; batch += 1) {
      const count = Math.min(batchSize, wanted - batch * batchSize);
      const oracle = await buildSerdeOracle(randomSerdeTypes(seed + batch, count));
      const comparison: Comparison = await compareTypes(oracle);
      assert.deepEqual(comparison.differences, []);
      total.types += oracle.types.length;
      for (const kind of ["agreed", "impossible", "helped", "conditional"] as const) {
        total[kind] += comparison[kind];
      }
    }
    const summary = JSON.stringify(total);
    assert.ok(total.types > wanted / 2, summary);
    // Every type has its share of what cannot cross, and of helpers that only the user knows.
    const directions = total.agreed + total.impossible + total.helped + total.conditional;
    assert.ok(total.agreed > directions * 0.7, summary);
    assert.ok(total.helped < directions * 0.15, summary);
    assert.ok(total.impossible > 0 && total.helped > 0, summary);
  });
});
