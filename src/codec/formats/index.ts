// All human forms by name.

import type { TypeSchema, ValueFormat } from "../../model/schema/schema.ts";
import * as addresses from "./addresses.ts";
import * as civil from "./civilFormats.ts";
import { duration, durationText, signedDuration, timeDelta } from "./duration.ts";
import { flagsFormat } from "./flags.ts";
import type { Format } from "./format.ts";
import * as texts from "./texts.ts";
import { uuid, uuidBraced, uuidHyphenated, uuidSimple, uuidUrn } from "./uuid.ts";

/** The human form of a type that has `format`; flags have one for each type. */
export function formatOf(format: ValueFormat, type: TypeSchema): Format {
  return format === "flags" ? flagsFormat(type) : formats[format];
}

export const formats: Readonly<Record<Exclude<ValueFormat, "flags">, Format>> = {
  date: civil.date,
  dateTime: civil.dateTime,
  decimal: texts.decimal,
  duration,
  durationText,
  ip: addresses.ip,
  ipNetwork: addresses.ipNetwork,
  ipv4: addresses.ipv4,
  ipv4Network: addresses.ipv4Network,
  ipv6: addresses.ipv6,
  ipv6Network: addresses.ipv6Network,
  month: civil.month,
  monthNumber: civil.monthNumber,
  naiveDateTime: civil.naiveDateTime,
  offsetDateTime: civil.offsetDateTime,
  ordinalDate: civil.ordinalDate,
  path: texts.path,
  plainDateTime: civil.plainDateTime,
  signedDuration,
  socket: addresses.socket,
  socketV4: addresses.socketV4,
  socketV6: addresses.socketV6,
  time: civil.time,
  timeDelta,
  timeOfDay: civil.timeOfDay,
  timestamp: civil.timestamp,
  url: texts.url,
  utcOffset: civil.utcOffset,
  uuid,
  uuidBraced,
  uuidHyphenated,
  uuidSimple,
  uuidUrn,
  version: texts.version,
  versionComparator: texts.versionComparator,
  versionRequirement: texts.versionRequirement,
  weekday: civil.weekday,
  weekdayNumber: civil.weekdayNumber,
};
