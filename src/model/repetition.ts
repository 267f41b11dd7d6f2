// A call that is made again and again, for its times: how often, and what was measured.

export interface Repetition {
  /** Measured calls; null where the time decides. */
  readonly calls: number | null;
  /** How long calls are measured; null where their number decides. */
  readonly durationMs: number | null;
  /** Calls before the first one that counts. */
  readonly warmUp: number;
}

/** Most calls that are measured: their times are in memory. */
export const mostRepeats = 1_000_000;

export interface RepeatBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** The method's own times, in milliseconds, as they are compared. */
export interface RepeatTimes {
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface RepeatReport extends RepeatTimes {
  readonly warmUp: number;
  readonly least: number;
  readonly mean: number;
  readonly greatest: number;
  /** Of equal width up to the 99th percentile; one more for what took longer. */
  readonly bins: readonly RepeatBin[];
}

const binCount = 24;

/** Undefined without a time. */
export function repeatReport(times: readonly number[], warmUp: number): RepeatReport | undefined {
  const sorted = Float64Array.from(times).sort();
  const [least] = sorted;
  const greatest = sorted.at(-1);
  if (least === undefined || greatest === undefined) {
    return undefined;
  }
  // The nearest rank: a time that was measured, none between two.
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? least;
  const p99 = at(0.99);
  return {
    calls: sorted.length,
    warmUp,
    least,
    mean: sorted.reduce((sum, time) => sum + time, 0) / sorted.length,
    p50: at(0.5),
    p95: at(0.95),
    p99,
    greatest,
    bins: binsOf(sorted, least, p99, greatest),
  };
}

function binsOf(
  sorted: Float64Array,
  least: number,
  p99: number,
  greatest: number,
): readonly RepeatBin[] {
  const width = (p99 - least) / binCount;
  if (width === 0) {
    const longer = sorted.filter((time) => time > p99).length;
    return [
      { fromMs: least, toMs: p99, count: sorted.length - longer },
      ...(longer === 0 ? [] : [{ fromMs: p99, toMs: greatest, count: longer }]),
    ];
  }
  const counts = new Array<number>(binCount + 1).fill(0);
  for (const time of sorted) {
    const bin = time > p99 ? binCount : Math.min(binCount - 1, Math.floor((time - least) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.flatMap((count, index) =>
    index < binCount
      ? [{ fromMs: least + index * width, toMs: least + (index + 1) * width, count }]
      : count === 0
        ? []
        : [{ fromMs: p99, toMs: greatest, count }],
  );
}
