// Durations: what people may write, and how they are said back.

import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDuration, parseDuration } from "../../../../src/calls/options/duration.ts";

const readable: readonly (readonly [string, number | null])[] = [
  ["30s", 30_000],
  ["500ms", 500],
  ["2m", 120_000],
  ["1m30s", 90_000],
  ["1h", 3_600_000],
  ["1.5s", 1500],
  ["12", 12_000],
  ["0.25", 250],
  [" 5S ", 5000],
  ["0", null],
  ["0s", null],
  ["none", null],
];

describe("parseDuration", () => {
  for (const [text, expected] of readable) {
    it(`reads ${JSON.stringify(text)} as ${expected === null ? "no limit" : `${expected} ms`}`, () => {
      assert.deepEqual(parseDuration(text), { ok: true, value: expected });
    });
  }

  for (const text of ["", "abc", "-3s", "3 parsecs", "s", "1s2", "1e9h", "30d", "1,5s"]) {
    it(`refuses ${JSON.stringify(text)} with a sentence that says what to write`, () => {
      const result = parseDuration(text);
      assert.equal(result.ok, false);
      assert.match(result.error, /^".*" is .*\.$/s);
      assert.match(result.error, /Write/);
    });
  }

  it("refuses what no timer can wait for", () => {
    const result = parseDuration("1000h");
    assert.equal(result.ok, false);
    assert.match(result.error, /24 days/);
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parseDuration(text);
        assert.ok(!result.ok || result.value === null || result.value > 0);
      }),
    );
  });
});

describe("formatDuration", () => {
  for (const [milliseconds, expected] of [
    [0, "0 µs"],
    [0.0123, "12.3 µs"],
    [0.88, "880 µs"],
    [1.84, "1.84 ms"],
    [12.345, "12.3 ms"],
    [999.4, "999 ms"],
    [999.9, "1 s"],
    [3100, "3.1 s"],
    [30_000, "30 s"],
    [60_000, "1 min"],
    [125_000, "2 min 5 s"],
  ] as const) {
    it(`says ${milliseconds} ms as ${expected}`, () => {
      assert.equal(formatDuration(milliseconds), expected);
    });
  }
});
