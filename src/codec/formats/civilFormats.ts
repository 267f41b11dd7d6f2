// Dates and times: std's SystemTime, the number lists of the crate `time`, the strings of chrono.

import { quote } from "../text/describe.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { dateOf, dateText, daysOf, two, type CivilDate } from "./civil.ts";
import type { ClockTime } from "./dateTimeText.ts";
import { epochSeconds, parseDate, parseDateTime, parseOffset, parseTime } from "./dateTimeText.ts";
import type { Format } from "./format.ts";
import { integerOf, numberOf, numbersOf } from "./format.ts";
import { fractionText } from "./fraction.ts";

const lastShownSecond = 253_402_300_799n; // 9999-12-31T23:59:59Z
const dateTimeExample = "2024-02-29T12:30:00Z";

export const timestamp: Format = {
  wants: `a moment such as "${dateTimeExample}"`,
  example: dateTimeExample,
  parse: (text) => {
    const parts = parseDateTime(text);
    if (!parts.ok) {
      return parts;
    }
    if (parts.value.offset === undefined) {
      return err("The offset is missing: end it with Z for UTC, or +02:00.");
    }
    const seconds = epochSeconds(parts.value);
    return seconds < 0
      ? err("It lies before 1970-01-01T00:00:00Z; serde cannot carry such a SystemTime.")
      : ok({
          secs_since_epoch: String(seconds),
          nanos_since_epoch: parts.value.time.nanosecond,
        });
  },
  print: (value) => {
    const seconds = isJsonObject(value) ? integerOf(value["secs_since_epoch"]) : undefined;
    const nanos = isJsonObject(value) ? numberOf(value["nanos_since_epoch"]) : undefined;
    if (seconds === undefined || nanos === undefined) {
      return undefined;
    }
    if (seconds > lastShownSecond || nanos >= 1_000_000_000) {
      return undefined;
    }
    const days = Number(seconds / 86_400n);
    const clock = clockOf(Number(seconds % 86_400n), nanos);
    return `${dateText(dateOf(days))}T${clockText(clock)}Z`;
  },
};

function clockOf(second: number, nanosecond: number): ClockTime {
  return {
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
    nanosecond,
  };
}

function clockText(time: ClockTime): string {
  return `${two(time.hour)}:${two(time.minute)}:${two(time.second)}${fractionText(time.nanosecond)}`;
}

const largestYear = 9999;

function ordinalOf({ year, month, day }: CivilDate): Result<[number, number], string> {
  return Math.abs(year) > largestYear
    ? err(`The crate \`time\` knows years -9999 to 9999, not ${year}.`)
    : ok([year, daysOf(year, month, day) - daysOf(year, 1, 1) + 1]);
}

function ordinalText(year: number, ordinal: number): string | undefined {
  if (Math.abs(year) > largestYear || ordinal < 1) {
    return undefined;
  }
  const date = dateOf(daysOf(year, 1, 1) + ordinal - 1);
  return date.year === year ? dateText(date) : undefined;
}

function timeText(parts: readonly number[]): string | undefined {
  const [hour = 24, minute = 60, second = 60, nanosecond = 1e9] = parts;
  const isTime = hour < 24 && minute < 60 && second < 60 && nanosecond < 1e9;
  return isTime ? clockText({ hour, minute, second, nanosecond }) : undefined;
}

function partsOf({ hour, minute, second, nanosecond }: ClockTime): number[] {
  return [hour, minute, second, nanosecond];
}

export const ordinalDate: Format = {
  wants: 'a date such as "2024-02-29"',
  example: "2024-02-29",
  parse: (text) => {
    const date = parseDate(text);
    return date.ok ? ordinalOf(date.value) : date;
  },
  print: (value) => {
    const [year, ordinal] = numbersOf(value, 2) ?? [];
    return year === undefined || ordinal === undefined ? undefined : ordinalText(year, ordinal);
  },
};

export const timeOfDay: Format = {
  wants: 'a time such as "12:30:00.5"',
  example: "12:30:00",
  parse: (text) => {
    const time = parseTime(text);
    return time.ok ? ok(partsOf(time.value)) : time;
  },
  print: (value) => timeText(numbersOf(value, 4) ?? []),
};

function dateTimeList(text: string, hasOffset: boolean): Result<number[], string> {
  const parts = parseDateTime(text);
  if (!parts.ok) {
    return parts;
  }
  const { date, time, offset } = parts.value;
  const ordinal = ordinalOf(date);
  if (!ordinal.ok) {
    return ordinal;
  }
  if (hasOffset !== (offset !== undefined)) {
    return err(
      hasOffset
        ? "The offset is missing: end it with Z for UTC, or +02:00."
        : "It has no offset: leave it out.",
    );
  }
  const list = [...ordinal.value, ...partsOf(time)];
  return ok(offset === undefined ? list : [...list, ...offsetParts(offset)]);
}

/** Hours, minutes and seconds, all with the sign of the offset. */
function offsetParts(offset: number): number[] {
  const sign = offset < 0 ? -1 : 1;
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  return parts.map((part) => (part === 0 ? 0 : sign * part));
}

function offsetText(parts: readonly number[]): string | undefined {
  const [hours = 99, minutes = 99, seconds = 99] = parts.map(Math.abs);
  const isNegative = parts.some((part) => part < 0);
  const isMixed = isNegative && parts.some((part) => part > 0);
  if (hours > 23 || minutes > 59 || seconds > 59 || isMixed) {
    return undefined;
  }
  const end = seconds === 0 ? "" : `:${two(seconds)}`;
  return `${isNegative ? "-" : "+"}${two(hours)}:${two(minutes)}${end}`;
}

function dateTimeText(parts: readonly number[]): string | undefined {
  const date = ordinalText(parts[0] ?? 0, parts[1] ?? 0);
  const time = timeText(parts.slice(2, 6));
  return date === undefined || time === undefined ? undefined : `${date}T${time}`;
}

export const plainDateTime: Format = {
  wants: 'a date and time such as "2024-02-29T12:30:00"',
  example: "2024-02-29T12:30:00",
  parse: (text) => dateTimeList(text, false),
  print: (value) => dateTimeText(numbersOf(value, 6) ?? []),
};

export const offsetDateTime: Format = {
  wants: `a date and time with an offset, such as "${dateTimeExample}"`,
  example: dateTimeExample,
  parse: (text) => dateTimeList(text, true),
  print: (value) => {
    const parts = numbersOf(value, 9);
    const start = parts && dateTimeText(parts);
    const offset = parts && offsetText(parts.slice(6));
    const zone = offset === "+00:00" ? "Z" : offset;
    return start === undefined || zone === undefined ? undefined : start + zone;
  },
};

export const utcOffset: Format = {
  wants: 'an offset from UTC such as "+02:00"',
  example: "+02:00",
  parse: (text) => {
    const offset = parseOffset(text);
    return offset.ok ? ok(offsetParts(offset.value)) : offset;
  },
  print: (value) => offsetText(numbersOf(value, 3) ?? []),
};

function checkedText<T>(
  wants: string,
  example: string,
  parse: (text: string) => Result<T, string>,
): Format {
  return {
    wants,
    example,
    parse: (text) => {
      const parsed = parse(text);
      return parsed.ok ? ok(text.trim()) : parsed;
    },
    print: (value: JsonValue) => (typeof value === "string" ? value : undefined),
  };
}

/** chrono's NaiveDate. */
export const date = checkedText('a date such as "2024-02-29"', "2024-02-29", parseDate);

/** chrono's NaiveTime, which may have a leap second. */
export const time = checkedText('a time such as "12:30:00.5"', "12:30:00", (text) =>
  parseTime(text, 60),
);

export const naiveDateTime = checkedText(
  'a date and time such as "2024-02-29T12:30:00"',
  "2024-02-29T12:30:00",
  (text) => {
    const parts = parseDateTime(text);
    return parts.ok && parts.value.offset !== undefined
      ? err("It has no offset: leave it out.")
      : parts;
  },
);

export const dateTime = checkedText(
  `a date and time with an offset, such as "${dateTimeExample}"`,
  dateTimeExample,
  (text) => {
    const parts = parseDateTime(text);
    return parts.ok && parts.value.offset === undefined
      ? err("The offset is missing: end it with Z for UTC, or +02:00.")
      : parts;
  },
);

const weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const months =
  "January February March April May June July August September October November December".split(
    " ",
  );

function nameAt(text: string, names: readonly string[]): number {
  const wanted = text.trim().toLowerCase();
  const isPart = (name: string): boolean => wanted.length >= 3 && name.startsWith(wanted);
  return names.findIndex((name) => isPart(name.toLowerCase()));
}

function oneOf(text: string, names: readonly string[]): string {
  return `${quote(text.trim())} is none of ${names.join(", ")}.`;
}

/** chrono writes the short English name. */
function shortName(noun: string, names: readonly string[], length: number): Format {
  return {
    wants: `a ${noun} such as "${names[0] ?? ""}"`,
    example: (names[0] ?? "").slice(0, length),
    choices: names.map((name) => ({ text: name.slice(0, length), name })),
    parse: (text) => {
      const name = names[nameAt(text, names)];
      return name === undefined ? err(oneOf(text, names)) : ok(name.slice(0, length));
    },
    print: (value) => (typeof value === "string" ? value : undefined),
  };
}

/** The crate `time` writes the number, from 1. */
function nameByNumber(noun: string, names: readonly string[]): Format {
  return {
    wants: `a ${noun} such as "${names[0] ?? ""}"`,
    example: names[0] ?? "",
    choices: names.map((name) => ({ text: name, name })),
    parse: (text) => {
      const index = nameAt(text, names);
      return index < 0 ? err(oneOf(text, names)) : ok(index + 1);
    },
    print: (value) => names[(numberOf(value) ?? 0) - 1],
  };
}

export const weekday = shortName("weekday", weekdays, 3);
export const month = shortName("month", months, 20);
export const weekdayNumber = nameByNumber("weekday", weekdays);
export const monthNumber = nameByNumber("month", months);
