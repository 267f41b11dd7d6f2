// time: tuples of numbers wherever serde is not human readable, whatever the features (reference 6.3).

import type { TypeSchema } from "../../model/schema.ts";
import { integer, integers, primitive, type CrateCatalogue } from "./catalogueEntry.ts";

const clock = ["u8", "u8", "u8", "u32"];
const date = ["i32", "u16"];
const offset = ["i8", "i8", "i8"];

const stamps = [
  ["timestamp", "i64"],
  ["timestamp::milliseconds", "i128"],
  ["timestamp::milliseconds_i64", "i64"],
  ["timestamp::microseconds", "i128"],
  ["timestamp::nanoseconds", "i128"],
] as const;
const texts: readonly (readonly [string, TypeSchema])[] = [
  ["rfc2822", { rustType: "String", kind: "string" }],
  ["rfc3339", { rustType: "String", kind: "string", format: "dateTime" }],
  ["iso8601", { rustType: "String", kind: "string", format: "dateTime" }],
];

function helper(path: string, inner: TypeSchema) {
  return [
    [`serde::${path}`, (type: TypeSchema): TypeSchema => ({ ...inner, rustType: type.rustType })],
    [
      `serde::${path}::option`,
      ({ rustType }: TypeSchema): TypeSchema => ({ rustType, kind: "option", inner }),
    ],
  ] as const;
}

export const time: CrateCatalogue = {
  versions: ["0.3"],
  types: {
    Date: integers("ordinalDate", ...date),
    Time: integers("timeOfDay", ...clock),
    PrimitiveDateTime: integers("plainDateTime", ...date, ...clock),
    PlainDateTime: integers("plainDateTime", ...date, ...clock),
    UtcDateTime: integers("plainDateTime", ...date, ...clock),
    OffsetDateTime: integers("offsetDateTime", ...date, ...clock, ...offset),
    UtcOffset: integers("utcOffset", ...offset),
    Duration: integers("signedDuration", "i64", "i32"),
    SignedDuration: integers("signedDuration", "i64", "i32"),
    Weekday: integer("u8", "weekdayNumber"),
    Month: integer("u8", "monthNumber"),
  },
  helpers: Object.fromEntries([
    ...stamps.flatMap(([path, type]) => helper(path, primitive(type))),
    ...texts.flatMap(([path, type]) => helper(path, type)),
  ]),
};
