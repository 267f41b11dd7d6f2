// The times of a repeated call: how they are spread, and how they compare with those of the repeated calls before, profile by profile.

import type { JSX } from "preact";
import { durationText } from "../../src/codec/text/measures.ts";
import type { RepeatReport, RepeatTimes } from "../../src/model/repetition.ts";
import { usePanel } from "../panelStore.ts";

export function RepeatView({ repeat }: { readonly repeat: RepeatReport }): JSX.Element {
  const { call } = usePanel();
  const before = call.value?.repeatsBefore ?? [];
  const { calls, warmUp } = repeat;
  const warm = warmUp === 0 ? "" : ` after ${warmUp.toLocaleString("en")} to warm up`;
  return (
    <section class="repeat" aria-label="Repeated call" data-testid="repeat">
      <p data-testid="repeat-summary">
        {calls.toLocaleString("en")} calls{warm}: {durationText(repeat.least)} to{" "}
        {durationText(repeat.greatest)}, {durationText(repeat.mean)} on average.
      </p>
      <Histogram repeat={repeat} />
      <table class="plain-table" data-testid="repeat-times">
        <thead>
          <tr>
            <th scope="col">Calls</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">These</th>
            <td>{durationText(repeat.p50)}</td>
            <td>{durationText(repeat.p95)}</td>
            <td>{durationText(repeat.p99)}</td>
          </tr>
          {before.map((past) => (
            <tr key={past.profile} data-testid="repeat-before">
              <th scope="row">
                {past.profile}, {new Date(past.atMs).toLocaleString()}
              </th>
              <Compared now={repeat} before={past} name="p50" />
              <Compared now={repeat} before={past} name="p95" />
              <Compared now={repeat} before={past} name="p99" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Compared({
  now,
  before,
  name,
}: {
  readonly now: RepeatTimes;
  readonly before: RepeatTimes;
  readonly name: "p50" | "p95" | "p99";
}): JSX.Element {
  return (
    <td>
      {durationText(before[name])} <span class="hint">{comparison(now[name], before[name])}</span>
    </td>
  );
}

/** How these calls compare with those. */
function comparison(now: number, before: number): string {
  if (now <= 0 || before <= 0) {
    return "";
  }
  const ratio = now > before ? now / before : before / now;
  return ratio < 1.05
    ? "the same"
    : `${ratio.toFixed(ratio < 10 ? 1 : 0)} times as ${now > before ? "fast" : "slow"}`;
}

const width = 480;
const height = 96;

/** Bars as wide as their share; the last one stands for all that took longer than the 99th percentile. */
function Histogram({ repeat }: { readonly repeat: RepeatReport }): JSX.Element {
  const { bins, p99 } = repeat;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const each = width / bins.length;
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Times of the calls: half took at most ${durationText(repeat.p50)}, 95 of 100 at most ${durationText(repeat.p95)}, 99 of 100 at most ${durationText(p99)}.`}
        data-testid="histogram"
      >
        {bins.map(({ fromMs, toMs, count }, index) => {
          const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
          return (
            <rect
              key={fromMs}
              class={fromMs >= p99 && index === bins.length - 1 ? "bar bar-late" : "bar"}
              x={index * each + 1}
              y={height - tall}
              width={Math.max(1, each - 2)}
              height={tall}
            >
              <title>
                {durationText(fromMs)} to {durationText(toMs)}: {count.toLocaleString("en")}
              </title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="chart-ends">
        <span>{durationText(repeat.least)}</span>
        <span>{durationText(repeat.greatest)}</span>
      </figcaption>
    </figure>
  );
}
