// Which part of a value a byte belongs to, and where a part's bytes stand.

import { partAt, rangeOf } from "../../src/codec/long/longPlaces.ts";
import type { LongValue } from "../../src/codec/long/longValue.ts";
import type { ByteRange } from "../../src/model/outcome.ts";

export interface BytePlaces {
  /** The range of exactly this part. */
  of(pointer: string): ByteRange | undefined;
  /** The range of the part, or of the nearest part around it that has one. */
  around(pointer: string): ByteRange | undefined;
  /** The smallest part that a byte belongs to. */
  at(offset: number): ByteRange | undefined;
}

export const noPlaces = listedPlaces([]);

/** Places that came with the value: those of its first parts. */
export function listedPlaces(ranges: readonly ByteRange[]): BytePlaces {
  return {
    of: (pointer) => ranges.find((range) => range.pointer === pointer),
    around: (pointer) => aroundOf(ranges, pointer),
    at: (offset) => smallestAt(ranges, offset),
  };
}

/** Places that are found when they are asked for. */
export function longPlaces(value: LongValue): BytePlaces {
  return {
    of: (pointer) => rangeOf(value, pointer),
    around: (pointer) => rangeOf(value, pointer),
    at: (offset) => partAt(value, offset),
  };
}

function aroundOf(ranges: readonly ByteRange[], pointer: string): ByteRange | undefined {
  let best: ByteRange | undefined;
  for (const range of ranges) {
    const isAround = range.pointer === pointer || pointer.startsWith(`${range.pointer}/`);
    if (isAround && range.pointer.length >= (best?.pointer.length ?? 0)) {
      best = range;
    }
  }
  return best;
}

function smallestAt(ranges: readonly ByteRange[], at: number): ByteRange | undefined {
  let best: ByteRange | undefined;
  for (const range of ranges) {
    const isInside = at >= range.start && at < range.end;
    if (isInside && (best === undefined || range.end - range.start <= best.end - best.start)) {
      best = range;
    }
  }
  return best;
}
