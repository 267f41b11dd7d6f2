// The stream drawn over time, where looking is quicker than reading: items a second, or a number of its items.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { durationText } from "../../../src/codec/text/measures.ts";
import { usePanel } from "../../panelStore.ts";
import { Disclosure } from "../../widgets/disclosure.tsx";
import { SelectBox } from "../../widgets/selectBox.tsx";
import { ItemNumbers, ratePoints, type ChartPoint } from "./streamSeries.ts";

const rate = "rate";

export function StreamChart(): JSX.Element | null {
  const isOpen = useSignal(false);
  const { stream } = usePanel();
  if (stream.rows.value.length === 0) {
    return null;
  }
  return (
    <section class="stream-chart" aria-label="Chart">
      <Disclosure isOpen={isOpen} testId="stream-chart">
        <span>Chart</span>
      </Disclosure>
      {isOpen.value ? <Drawing /> : null}
    </section>
  );
}

function Drawing(): JSX.Element {
  const { stream } = usePanel();
  const chosen = useSignal(rate);
  const numbers = useMemo(() => new ItemNumbers(), []);
  const rows = stream.rows.value;
  numbers.keepFrom(rows[0]?.sequence ?? 0);
  const fields = numbers.fields(rows);
  const field = chosen.value.startsWith("/") ? chosen.value.slice(1) : undefined;
  const points = field === undefined ? ratePoints(rows) : numbers.points(rows, field);
  const name = field === undefined ? "Items a second" : field === "" ? "The item" : field;
  return (
    <>
      <SelectBox
        id="stream-chart-of"
        label="Chart of"
        options={[
          { value: rate, label: "Items a second" },
          ...fields.map((each) => ({ value: `/${each}`, label: each === "" ? "the item" : each })),
        ]}
        value={chosen.value}
        describedBy={undefined}
        isInvalid={false}
        testId="stream-chart-of"
        onChange={(value) => {
          chosen.value = value;
        }}
      />
      {points.length < 2 ? (
        <p class="hint">There is a line to draw from the second item on.</p>
      ) : (
        <LineChart name={name} points={points} />
      )}
    </>
  );
}

const width = 480;
const height = 96;
const margin = 3;

function LineChart({
  name,
  points,
}: {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}): JSX.Element {
  const values = points.map(({ value }) => value);
  const least = values.reduce((one, other) => Math.min(one, other), Infinity);
  const greatest = values.reduce((one, other) => Math.max(one, other), -Infinity);
  const from = points[0]?.atMs ?? 0;
  const to = points.at(-1)?.atMs ?? from;
  const line = points.map(({ atMs, value }) => {
    const x = to === from ? 0 : ((atMs - from) / (to - from)) * width;
    const share = greatest === least ? 0.5 : (value - least) / (greatest - least);
    return `${x.toFixed(1)},${(height - margin - share * (height - 2 * margin)).toFixed(1)}`;
  });
  const last = numberText(values.at(-1) ?? 0);
  return (
    <figure class="chart">
      <p class="chart-ends">
        <span data-testid="stream-chart-range">
          {numberText(least)} to {numberText(greatest)}
        </span>
        <span>last {last}</span>
      </p>
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${numberText(least)} to ${numberText(greatest)} in ${durationText(to - from)}, last ${last}.`}
        data-testid="stream-chart-line"
      >
        <polyline class="line" points={line.join(" ")} />
      </svg>
      <figcaption class="chart-ends">
        <span>{durationText(from)}</span>
        <span>{durationText(to)}</span>
      </figcaption>
    </figure>
  );
}

function numberText(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en", { maximumFractionDigits: 20 });
}
