// time: tuples of numbers wherever serde is not human readable, whatever the features (reference 6.3).

import type { TypeSchema } from "../../../model/schema/schema.ts";
import {
  integer,
  integers,
  primitive,
  unreadable,
  type CrateCatalogue,
  type Helper,
} from "./catalogueEntry.ts";

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

/** Their `option` asks `deserialize_any` of what is inside (its src/serde/visitor.rs): `None` alone is read. */
function textHelper(path: string, inner: TypeSchema): readonly (readonly [string, Helper])[] {
  const [plain, [optional, make]] = helper(path, inner);
  const message = `time writes an \`Option\` under \`time::serde::${path}::option\` but reads only \`None\` back from bincode: a call that passes Some fails. Use a String, or \`time::serde::timestamp::option\`.`;
  return [plain, [optional, (type, direction) => unreadable(make(type), direction, message)]];
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
    ...texts.flatMap(([path, type]) => textHelper(path, type)),
  ]),
};
