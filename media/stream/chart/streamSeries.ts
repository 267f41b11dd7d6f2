// What a stream can be drawn as: items a second, and every number that its items have, over time. Made of the rows that are kept.

import type { StreamRow } from "../../../src/protocol/panelStream.ts";

export interface ChartPoint {
  readonly atMs: number;
  readonly value: number;
}

/** Numbers that are drawn; an item may have more. */
const mostFields = 50;
/** Points of a line: more than a panel has pixels are no use. */
const mostPoints = 600;
const mostBuckets = 60;
/** Items in a stretch of time on average; with fewer the line is a comb. */
const leastInBucket = 5;

/** The numbers of each item that was looked at, by their place in it. A row is read once. */
export class ItemNumbers {
  readonly #known = new Map<number, ReadonlyMap<string, number>>();

  /** Places at which the items have numbers, in the order of the items. */
  fields(rows: readonly StreamRow[]): readonly string[] {
    const found = new Set<string>();
    for (const row of rows) {
      for (const place of this.#of(row).keys()) {
        if (found.size < mostFields) {
          found.add(place);
        }
      }
    }
    return [...found];
  }

  /** The numbers at a place over time. */
  points(rows: readonly StreamRow[], place: string): readonly ChartPoint[] {
    return thinned(
      rows.flatMap((row) => {
        const value = this.#of(row).get(place);
        return value === undefined ? [] : [{ atMs: row.atMs, value }];
      }),
    );
  }

  /** Forgets what is not kept any more. */
  keepFrom(sequence: number): void {
    for (const known of this.#known.keys()) {
      if (known >= sequence) {
        break;
      }
      this.#known.delete(known);
    }
  }

  #of(row: StreamRow): ReadonlyMap<string, number> {
    let numbers = this.#known.get(row.sequence);
    if (numbers === undefined) {
      numbers = row.direction === "out" && row.isReadable ? numbersIn(row.text) : new Map();
      this.#known.set(row.sequence, numbers);
    }
    return numbers;
  }
}

/** Numbers of a JSON text by their place, `items/0/size`; the item itself has none in it. A text that is cut has none. */
function numbersIn(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return found;
  }
  const visit = (part: unknown, place: string): void => {
    if (typeof part === "number" && Number.isFinite(part)) {
      found.set(place, part);
    } else if (typeof part === "object" && part !== null) {
      for (const [name, inner] of Object.entries(part)) {
        visit(inner, place === "" ? name : `${place}/${name}`);
      }
    }
  };
  visit(value, "");
  return found;
}

/** How many items came a second, over the time of the rows. */
export function ratePoints(rows: readonly StreamRow[]): readonly ChartPoint[] {
  const first = rows[0]?.atMs;
  const last = rows.at(-1)?.atMs;
  if (first === undefined || last === undefined || last <= first) {
    return [];
  }
  const buckets = Math.min(mostBuckets, Math.max(2, Math.floor(rows.length / leastInBucket)));
  const width = (last - first) / buckets;
  const counts = new Array<number>(buckets).fill(0);
  for (const { atMs } of rows) {
    const bucket = Math.min(buckets - 1, Math.floor((atMs - first) / width));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts.map((count, index) => ({
    atMs: first + (index + 0.5) * width,
    value: (count * 1000) / width,
  }));
}

/** The same line with fewer points: of each stretch the least and the greatest stay. */
function thinned(points: readonly ChartPoint[]): readonly ChartPoint[] {
  if (points.length <= mostPoints) {
    return points;
  }
  const stretch = Math.ceil(points.length / (mostPoints / 2));
  const kept: ChartPoint[] = [];
  for (let from = 0; from < points.length; from += stretch) {
    const part = points.slice(from, from + stretch);
    const sorted = part.toSorted((left, right) => left.value - right.value);
    const ends = [sorted[0], sorted.at(-1)].flatMap((point) => point ?? []);
    kept.push(...new Set(ends.toSorted((left, right) => left.atMs - right.atMs)));
  }
  return kept;
}
