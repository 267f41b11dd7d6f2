// Percentiles of measured times, and how a benchmark prints them.

/** The value below which `fraction` of the samples lie. */
export function percentile(samples: readonly number[], fraction: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `1.31 s`, `1.84 ms`, `12.3 µs`. */
export function time(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size >= 1000) {
    return `${(milliseconds / 1000).toPrecision(3)} s`;
  }
  return size < 1
    ? `${(milliseconds * 1000).toPrecision(3)} µs`
    : `${milliseconds.toPrecision(3)} ms`;
}

/** `met` or `missed` with the goal. */
export function goal(value: number, most: number): string {
  return `goal: at most ${time(most)}, ${value <= most ? "met" : "MISSED"}`;
}
