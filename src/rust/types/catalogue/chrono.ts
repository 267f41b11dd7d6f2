// chrono: strings in every format of serde (reference 6.3), only TimeDelta is numbers.

import { integers, primitive, string, type CrateCatalogue } from "./catalogueEntry.ts";
import type { TypeSchema } from "../../../model/schema/schema.ts";

function stamp(type: TypeSchema): TypeSchema {
  return { ...primitive("i64"), rustType: type.rustType };
}

function optionalStamp(type: TypeSchema): TypeSchema {
  return { rustType: type.rustType, kind: "option", inner: primitive("i64") };
}

const units = ["seconds", "milliseconds", "microseconds", "nanoseconds"];
const stamps = units.flatMap((unit) => [
  [`serde::ts_${unit}`, stamp] as const,
  [`naive::serde::ts_${unit}`, stamp] as const,
  [`serde::ts_${unit}_option`, optionalStamp] as const,
  [`naive::serde::ts_${unit}_option`, optionalStamp] as const,
]);

export const chrono: CrateCatalogue = {
  versions: ["0.4"],
  types: {
    DateTime: string("dateTime"),
    NaiveDate: string("date"),
    NaiveTime: string("time"),
    NaiveDateTime: string("naiveDateTime"),
    Weekday: string("weekday"),
    Month: string("month"),
    TimeDelta: integers("timeDelta", "i64", "i32"),
    Duration: integers("timeDelta", "i64", "i32"),
  },
  helpers: Object.fromEntries(stamps),
};
