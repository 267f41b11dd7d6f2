// Sentences about calls that were cancelled.

import assert from "node:assert/strict";
import { headlineOf } from "../../../media/response/headline.ts";
import { failureOf } from "../../../src/cli/output/describeOutcome.ts";
import { sampleMethod, samplePlugin } from "../../support/schemaSamples.ts";

const method = sampleMethod("add");
const plugin = samplePlugin("one", "Adder", { methods: [method] });

describe("a cancelled call", () => {
  for (const [afterMs, text] of [
    [0, "Cancelled before it began"],
    [0.4, "Cancelled before it began"],
    [1.84, "Cancelled after 1.84 ms"],
    [3100, "Cancelled after 3.1 s"],
  ] as const) {
    it(`says "${text}" of ${afterMs} ms, in terminal and panel`, () => {
      const result = { kind: "cancelled", afterMs } as const;
      assert.equal(failureOf({ plugin, method }, result).message, `${text}.`);
      assert.equal(headlineOf(result, "Adder").text, text);
    });
  }
});
