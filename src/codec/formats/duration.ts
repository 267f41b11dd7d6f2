// std's Duration `{secs, nanos}` and the signed ones of chrono and time `[secs, nanos]` as `1d2h3m4s5ms`.

import { quote } from "../text/describe.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { Format } from "./format.ts";
import { integerOf } from "./format.ts";

const perSecond = 1_000_000_000n;
const units: readonly (readonly [name: string, nanoseconds: bigint])[] = [
  ["d", 86_400n * perSecond],
  ["h", 3600n * perSecond],
  ["m", 60n * perSecond],
  ["s", perSecond],
  ["ms", 1_000_000n],
  ["us", 1000n],
  ["ns", 1n],
];
const byName = new Map(units).set("µs", 1000n).set("min", 60n * perSecond);
const largestSeconds = (1n << 64n) - 1n;
const largestSigned = (1n << 63n) - 1n;
const wants = "a duration such as 1m30s, 1.5s or 250ms";

/** Nanoseconds that a text of amounts with units says. */
function parseNanoseconds(text: string): Result<bigint, string> {
  const trimmed = text.trim();
  if (trimmed === "") {
    return err("The text is empty.");
  }
  let total = 0n;
  let rest = trimmed;
  while (rest !== "") {
    const part = /^(\d{1,24})(?:\.(\d{1,9}))?\s*([a-zµ]*)\s*/.exec(rest);
    const [whole, digits, fraction = "", unit = ""] = part ?? [];
    if (whole === undefined || digits === undefined) {
      return err(`At ${quote(rest.slice(0, 12))} an amount with a unit is expected.`);
    }
    const size = byName.get(unit);
    if (size === undefined) {
      const named = unit === "" ? `${digits} has no unit` : `${quote(unit)} is no unit`;
      return err(`${named}: use d, h, m, s, ms, us or ns.`);
    }
    const scale = 10n ** BigInt(fraction.length);
    const scaled = BigInt(fraction === "" ? "0" : fraction) * size;
    if (scaled % scale !== 0n) {
      return err(`${whole.trim()} is finer than a nanosecond.`);
    }
    total += BigInt(digits) * size + scaled / scale;
    rest = rest.slice(whole.length);
  }
  return ok(total);
}

function printNanoseconds(total: bigint): string {
  let rest = total;
  const parts: string[] = [];
  for (const [name, size] of units) {
    const amount = rest / size;
    rest %= size;
    if (amount > 0n) {
      parts.push(`${amount}${name}`);
    }
  }
  return parts.length === 0 ? "0s" : parts.join("");
}

export const duration: Format = {
  wants,
  example: "1m30s",
  parse: (text) => {
    const total = parseNanoseconds(text);
    if (!total.ok) {
      return total;
    }
    const seconds = total.value / perSecond;
    return seconds > largestSeconds
      ? err(`${text.trim()} is longer than Rust's longest Duration, ${largestSeconds}s.`)
      : ok({ secs: String(seconds), nanos: Number(total.value % perSecond) });
  },
  print: (value) => {
    if (!isJsonObject(value)) {
      return undefined;
    }
    const seconds = integerOf(value["secs"]);
    const nanoseconds = integerOf(value["nanos"]);
    return seconds === undefined || nanoseconds === undefined || nanoseconds >= perSecond
      ? undefined
      : printNanoseconds(seconds * perSecond + nanoseconds);
  },
};

/**
 * humantime's text of a Duration (`1m 30s`, `2 hours`, `1month`), which crosses as it is written; what only we read (`1.5s`)
 * in words that humantime reads too.
 */
export const durationText: Format = {
  wants,
  example: "1m30s",
  initial: "0s",
  parse: (text) => {
    if (/^\s*(?:\d+\s*[a-z]+\s*)+$/i.test(text)) {
      return ok(text.trim());
    }
    const parsed = duration.parse(text);
    const written = parsed.ok ? duration.print(parsed.value) : undefined;
    return written === undefined ? parsed : ok(written);
  },
  print: (value) => (typeof value === "string" ? value : undefined),
};

/** Of `time`: seconds and nanoseconds have the same sign. Of chrono: the nanoseconds are never negative. */
function signed(isFloored: boolean): Format {
  return {
    wants: `${wants}, with a minus before it where it goes back`,
    example: "1m30s",
    parse: (text) => {
      const [, minus, amount = ""] = /^\s*(-?)(.*)$/s.exec(text) ?? [];
      const size = parseNanoseconds(amount);
      if (!size.ok) {
        return size;
      }
      const total = minus === "-" ? -size.value : size.value;
      const isBelow = isFloored && total % perSecond < 0n;
      const seconds = total / perSecond - (isBelow ? 1n : 0n);
      return seconds > largestSigned || seconds < -largestSigned
        ? err(`${text.trim()} is longer than ${largestSigned}s, the longest one.`)
        : ok([String(seconds), Number(total - seconds * perSecond)]);
    },
    print: (value) => {
      const parts = Array.isArray(value) && value.length === 2 ? (value as JsonValue[]) : [];
      const seconds = integerOf(parts[0]);
      const nanoseconds = integerOf(parts[1]);
      if (seconds === undefined || nanoseconds === undefined) {
        return undefined;
      }
      const isMixed = (seconds > 0n && nanoseconds < 0n) || (seconds < 0n && nanoseconds > 0n);
      const isOwn = isFloored ? nanoseconds >= 0n : !isMixed && nanoseconds > -perSecond;
      const isInRange = seconds >= -largestSigned && nanoseconds < perSecond;
      if (!isOwn || !isInRange) {
        return undefined;
      }
      const total = seconds * perSecond + nanoseconds;
      return total < 0n ? `-${printNanoseconds(-total)}` : printNanoseconds(total);
    },
  };
}

export const signedDuration = signed(false);
export const timeDelta = signed(true);
