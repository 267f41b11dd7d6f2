// What a stream is drawn as: rates and numbers over time, of the rows that are there.

import assert from "node:assert/strict";
import { ItemNumbers, ratePoints } from "../../../../media/stream/chart/streamSeries.ts";
import type { StreamRow } from "../../../../src/protocol/panelStream.ts";

function row(sequence: number, text: string, more: Partial<StreamRow> = {}): StreamRow {
  return {
    sequence,
    direction: "out",
    index: sequence,
    atMs: sequence * 10,
    bytes: 1,
    text,
    isReadable: true,
    ...more,
  };
}

describe("a stream as a chart", () => {
  it("has every number of its items, and nothing of what is cut, is bytes or goes in", () => {
    const numbers = new ItemNumbers();
    const rows = [
      row(0, '{"at":1.5,"of":{"size":[7,"8"]},"name":"x","n":"NaN"}'),
      row(1, '{"at":2,"of":{"si…'),
      row(2, '{"at":9}', { direction: "in" }),
      row(3, '{"at":9}', { isReadable: false }),
      row(4, '{"at":-3}'),
    ];
    assert.deepEqual(numbers.fields(rows), ["at", "of/size/0"]);
    assert.deepEqual(numbers.points(rows, "at"), [
      { atMs: 0, value: 1.5 },
      { atMs: 40, value: -3 },
    ]);
    assert.deepEqual(numbers.fields([row(5, "42")]), [""]);
  });

  it("keeps the ends of a line with very many points", () => {
    const numbers = new ItemNumbers();
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      row(index, String(index === 2_345 ? 1_000 : index === 4_000 ? -1_000 : index % 7)),
    );
    const points = numbers.points(rows, "");
    assert.ok(points.length <= 700, String(points.length));
    const values = points.map(({ value }) => value);
    assert.deepEqual([Math.min(...values), Math.max(...values)], [-1_000, 1_000]);
    assert.ok(points.every(({ atMs }, index) => atMs >= (points[index - 1]?.atMs ?? 0)));
  });

  it("counts items a second; one item alone has no rate", () => {
    const rows = Array.from({ length: 601 }, (_, index) => row(index, "1"));
    const rates = ratePoints(rows);
    assert.equal(rates.length, 60);
    assert.ok(
      rates.every(({ value }) => value >= 99 && value <= 111),
      JSON.stringify(rates),
    );
    // Few items are no comb of zeros.
    assert.ok(ratePoints(rows.slice(0, 12)).every(({ value }) => value > 0));
    assert.deepEqual(ratePoints(rows.slice(0, 1)), []);
    assert.deepEqual(ratePoints([]), []);
  });
});
