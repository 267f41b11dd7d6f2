// Random values of the types that people write as text, as Rust writes them again: every text here is what its crate prints.

import fc from "fast-check";
import type { Format } from "../../src/codec/formats/format.ts";
import { formatOf, formats } from "../../src/codec/formats/index.ts";
import type { TypeSchema, ValueFormat } from "../../src/model/schema/schema.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const date = fc
  .date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  })
  .map((day) => day.toISOString().slice(0, 10));
/** Nothing, milli-, micro- or nanoseconds. */
const fraction = fc
  .tuple(fc.constantFrom(0, 3, 6, 9), fc.nat(99), fc.integer({ min: 1, max: 9 }))
  .map(([digits, part, last]) => {
    const end = `${String(part).padStart(2, "0")}${last}`;
    return digits === 0 ? "" : `.${end.padStart(digits, "1")}`;
  });
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59), fraction)
  .map(([hour, minute, second, rest]) => `${two(hour)}:${two(minute)}:${two(second)}${rest}`);
const moment = fc.tuple(date, clock).map(([day, time]) => `${day}T${time}`);
const seconds = fc.oneof(fc.nat(), fc.bigInt(0n, 2n ** 62n).map(Number)).map(BigInt);
const nanoseconds = fc.nat(999_999_999);
const offset = fc
  .tuple(fc.constantFrom("+", "-"), fc.nat(23), fc.nat(59))
  .map(([sign, hour, minute]) => `${sign}${two(hour)}:${two(minute)}`);
const port = fc.nat(65_535);
const v4 = fc.ipV4();
const v6 = fc.ipV6().map((address) => canonical(address, formats.ipv6));
const network4 = fc.tuple(v4, fc.nat(32)).map(([address, bits]) => `${address}/${bits}`);
const network6 = fc.tuple(v6, fc.nat(128)).map(([address, bits]) => `${address}/${bits}`);
const socket4 = fc.tuple(v4, port).map(([address, number]) => `${address}:${number}`);
const socket6 = fc.tuple(v6, port).map(([address, number]) => `[${address}]:${number}`);
const word = fc.string({
  unit: fc.constantFrom("a", "b", "x", "z", "0", "9"),
  minLength: 1,
  maxLength: 8,
});
const version = fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((parts) => parts.join("."));
const span = fc
  .tuple(fc.constantFrom("", "-"), fc.nat(2 ** 31), nanoseconds)
  .map(([sign, whole, rest]) => `${sign}${whole}s${rest}ns`);
const months =
  "January February March April May June July August September October November December";
const weekdays = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

const texts: Readonly<Record<Exclude<ValueFormat, "flags">, fc.Arbitrary<string>>> = {
  date,
  dateTime: moment.map((text) => `${text}Z`),
  decimal: fc
    .tuple(fc.constantFrom("", "-"), fc.bigInt(1n, 2n ** 80n), fc.nat(9999))
    .map(([sign, whole, rest]) => `${sign}${whole}.${String(rest).padStart(4, "0")}`),
  duration: fc.tuple(seconds, nanoseconds).map(([whole, rest]) => `${whole}s${rest}ns`),
  durationText: fc.integer({ min: 1, max: 59 }).map((count) => `${count}s`),
  ip: fc.oneof(v4, v6),
  ipNetwork: fc.oneof(network4, network6),
  ipv4: v4,
  ipv4Network: network4,
  ipv6: v6,
  ipv6Network: network6,
  month: fc.constantFrom(...months.split(" ")),
  monthNumber: fc.constantFrom(...months.split(" ")),
  naiveDateTime: moment,
  offsetDateTime: fc.tuple(moment, offset).map((parts) => parts.join("")),
  ordinalDate: date,
  path: fc.string({ maxLength: 20 }),
  plainDateTime: moment,
  signedDuration: span,
  socket: fc.oneof(socket4, socket6),
  socketV4: socket4,
  socketV6: socket6,
  time: clock,
  timeDelta: span,
  timeOfDay: clock,
  timestamp: moment.filter((text) => text >= "1970").map((text) => `${text}Z`),
  url: fc
    .tuple(fc.constantFrom("https", "http", "ftp"), word, word, word)
    .map(([scheme, host, path, query]) => `${scheme}://h${host}.example/${path}?${query}#x`),
  utcOffset: offset,
  uuid: fc.uuid(),
  uuidBraced: fc.uuid(),
  uuidHyphenated: fc.uuid(),
  uuidSimple: fc.uuid(),
  uuidUrn: fc.uuid(),
  version: fc.oneof(
    version,
    fc.tuple(version, word).map(([text, name]) => `${text}-rc${name}+b${name}`),
  ),
  versionComparator: version.map((text) => `^${text}`),
  versionRequirement: fc.oneof(
    version.map((text) => `^${text}`),
    fc.tuple(version, version).map(([from, to]) => `>=${from}, <${to}`),
  ),
  weekday: fc.constantFrom(...weekdays.split(" ").map((name) => name.slice(0, 3))),
  weekdayNumber: fc.constantFrom(...weekdays.split(" ")),
};

/** Random texts of a type with a human form, as decoding gives them back. */
export function arbitraryText(format: ValueFormat, type: TypeSchema): fc.Arbitrary<string> {
  const bits = type.kind === "integer" ? type.bits : 0;
  const given =
    format === "flags"
      ? fc.bigInt(0n, 2n ** BigInt(bits) - 1n).map((value) => `0x${value.toString(16)}`)
      : texts[format];
  return given.map((text) => canonical(text, formatOf(format, type)));
}

function canonical(text: string, { parse, print, wants }: Format): string {
  const parsed = parse(text);
  const shown = parsed.ok ? print(parsed.value) : undefined;
  if (shown === undefined) {
    throw new Error(`${text} is not ${wants}`);
  }
  return shown;
}
