// Durations as people write them ("30s", "1m30s", "none") and as messages say them. Used for time-outs.

import { err, ok, type Result } from "../../model/result.ts";

const unitsInMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longestMs = 2_147_483_647; // the longest timer that Node can set

/**
 * Reads `30s`, `500ms`, `2m`, `1m30s`, a bare number of seconds, or `0`/`none` for no limit (null).
 * The error is a sentence for people.
 */
export function parseDuration(text: string): Result<number | null, string> {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "none" || trimmed === "0") {
    return ok(null);
  }
  const milliseconds = /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) * 1000 : sumOfParts(trimmed);
  if (milliseconds === null) {
    return err(
      `"${text}" is no duration. Write a number with a unit, such as 30s, 500ms or 2m, or "none" for no limit.`,
    );
  }
  const rounded = Math.round(milliseconds);
  if (rounded === 0) {
    return ok(null);
  }
  return rounded <= longestMs
    ? ok(rounded)
    : err(`"${text}" is too long: the longest limit is 24 days. Write "none" for no limit.`);
}

function sumOfParts(text: string): number | null {
  const part = /(\d+(?:\.\d+)?)(ms|s|m|h)/y;
  let sum = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    const unit = match?.[2] === undefined ? undefined : unitsInMs[match[2]];
    if (match === null || unit === undefined) {
      return null;
    }
    sum += Number(match[1]) * unit;
  }
  return text === "" ? null : sum;
}

/** `850 µs`, `1.84 ms`, `3.1 s`, `2 min 5 s`: three significant digits below a minute. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0.9995) {
    return `${significant(milliseconds * 1000)} µs`;
  }
  if (milliseconds < 999.5) {
    return `${significant(milliseconds)} ms`;
  }
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) {
    return `${significant(seconds)} s`;
  }
  const whole = Math.round(seconds);
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}
