// Reads `2024-02-29T12:30:00.5+02:00` and its parts, with a sentence on what is wrong.

import { quote } from "../text/describe.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import { daysInMonth, daysOf, type CivilDate } from "./civil.ts";
import { fractionOf } from "./fraction.ts";

export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

export interface DateTimeParts {
  readonly date: CivilDate;
  readonly time: ClockTime;
  /** Seconds east of UTC; undefined where the text has no offset. */
  readonly offset: number | undefined;
}

const datePattern = /^([+-]?\d{4,7})-(\d{2})-(\d{2})/;
const timePattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?/;
const offsetPattern = /^(?:[zZ]|([+-])(\d{2}):?(\d{2})(?::(\d{2}))?)$/;

export function parseDate(text: string): Result<CivilDate, string> {
  const trimmed = text.trim();
  const [whole, year, month, day] = datePattern.exec(trimmed) ?? [];
  return whole?.length !== trimmed.length
    ? err(`${quote(trimmed)} is no date like 2024-02-29.`)
    : checkedDate(Number(year), Number(month), Number(day));
}

function checkedDate(year: number, month: number, day: number): Result<CivilDate, string> {
  if (month < 1 || month > 12) {
    return err(`Months go from 01 to 12, not ${month}.`);
  }
  const last = daysInMonth(year, month);
  return day < 1 || day > last
    ? err(`Month ${month} of ${year} has days 1 to ${last}, not ${day}.`)
    : ok({ year, month, day });
}

export function parseTime(text: string, largestSecond = 59): Result<ClockTime, string> {
  const trimmed = text.trim();
  const [whole, hour, minute, second, fraction] = timePattern.exec(trimmed) ?? [];
  if (whole?.length !== trimmed.length) {
    return err(`${quote(trimmed)} is no time like 12:30:00.5.`);
  }
  const time = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    nanosecond: fractionOf(fraction),
  };
  return time.hour > 23 || time.minute > 59 || time.second > largestSecond
    ? err(`${whole} is no time of a day: it ends at 23:59:${largestSecond}.`)
    : ok(time);
}

export function parseOffset(text: string): Result<number, string> {
  const match = offsetPattern.exec(text.trim());
  if (match === null) {
    return err(`${quote(text.trim())} is no offset like Z or +02:00.`);
  }
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return Number(minutes) > 59 || Number(seconds) > 59 || size >= 86_400
    ? err(`The offset ${text.trim()} is a day or more.`)
    : ok(sign === "-" ? -size : size);
}

/** A date and a time, with an offset where there is one. */
export function parseDateTime(text: string): Result<DateTimeParts, string> {
  const trimmed = text.trim();
  const dateMatch = datePattern.exec(trimmed);
  const [whole = ""] = dateMatch ?? [];
  const rest = trimmed.slice(whole.length);
  const clock = /^[Tt ]\s*([\d:.]+)\s*(.*)$/.exec(rest);
  if (dateMatch === null || clock === null) {
    return err(`${quote(trimmed)} has no date and time like 2024-02-29T12:30:00.`);
  }
  const date = parseDate(whole);
  const time = parseTime(clock[1] ?? "");
  const zone = clock[2] === "" ? ok(undefined) : parseOffset(clock[2] ?? "");
  if (!date.ok) {
    return date;
  }
  if (!time.ok) {
    return time;
  }
  return zone.ok ? ok({ date: date.value, time: time.value, offset: zone.value }) : zone;
}

/** Whole seconds since 1970-01-01T00:00:00Z. */
export function epochSeconds({ date, time, offset }: DateTimeParts): number {
  const days = daysOf(date.year, date.month, date.day);
  return days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second - (offset ?? 0);
}
