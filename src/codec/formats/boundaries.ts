// The texts at the limits of human forms: what Rust takes at the least and at the most, and what is written in a way of its own.

import type { TypeSchema, ValueFormat } from "../../model/schema/schema.ts";
import { formatOf } from "./index.ts";

const clock = ["00:00:00", "23:59:59.999999999"];
const dates = ["0001-01-01", "9999-12-31", "2024-02-29", "-0001-12-31"];
const moments = ["0001-01-01T00:00:00", "9999-12-31T23:59:59.999999999", "1970-01-01T00:00:00"];
const addresses = ["0.0.0.0", "255.255.255.255"];
const wideAddresses = ["::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:1.2.3.4"];
const networks = ["0.0.0.0/0", "255.255.255.255/32"];
const wideNetworks = ["::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"];
const sockets = ["0.0.0.0:0", "255.255.255.255:65535"];
const wideSockets = ["[::]:0", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535"];
const uuids = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
const largest = "18446744073709551615";

const texts: Readonly<Record<Exclude<ValueFormat, "flags">, readonly string[]>> = {
  date: dates,
  dateTime: [...moments.map((text) => `${text}Z`), "2024-02-29T12:30:00+14:00"],
  decimal: [
    "0",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
  ],
  duration: ["0s", `${largest}s999999999ns`, "1ns"],
  durationText: ["0s", `${largest}s`, "1ns", "1h"],
  ip: [...addresses, ...wideAddresses],
  ipNetwork: [...networks, ...wideNetworks],
  ipv4: addresses,
  ipv4Network: networks,
  ipv6: wideAddresses,
  ipv6Network: wideNetworks,
  month: ["January", "December"],
  monthNumber: ["January", "December"],
  naiveDateTime: moments,
  offsetDateTime: [
    ...moments.map((text) => `${text}Z`),
    "2024-02-29T12:30:00+23:59",
    "2024-02-29T12:30:00-23:59",
  ],
  ordinalDate: dates,
  path: ["", "/", "..", "/tmp/a b/ü"],
  plainDateTime: moments,
  signedDuration: [
    "0s",
    "9223372036854775807s999999999ns",
    "-9223372036854775807s999999999ns",
    "1ns",
  ],
  socket: [...sockets, ...wideSockets],
  socketV4: sockets,
  socketV6: wideSockets,
  time: clock,
  timeDelta: ["0s", "9223372036854775s807ms", "-9223372036854775s807ms", "1ns"],
  timeOfDay: clock,
  timestamp: ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"],
  url: ["https://example.com/", "data:,", "https://[::1]:65535/?q=%20#f"],
  utcOffset: ["+00:00", "+23:59:59", "-23:59:59"],
  uuid: uuids,
  uuidBraced: uuids.map((text) => `{${text}}`),
  uuidHyphenated: uuids,
  uuidSimple: uuids.map((text) => text.replaceAll("-", "")),
  uuidUrn: uuids.map((text) => `urn:uuid:${text}`),
  version: ["0.0.0", `${largest}.${largest}.${largest}`, "1.2.3-rc.1+build.5"],
  versionComparator: [`=${largest}.0.0`, ">=0.0.0", "~1"],
  versionRequirement: ["*", `=${largest}.0.0`, ">=1.2, <1.5"],
  weekday: ["Mon", "Sun"],
  weekdayNumber: ["Monday", "Sunday"],
};

/** Texts of a type with a human form, the least first, the greatest second. */
export function boundaryTexts(format: ValueFormat, type: TypeSchema): readonly string[] {
  if (format !== "flags") {
    return texts[format];
  }
  const names = (type.kind === "integer" ? type.flags?.named : undefined) ?? [];
  const bits = type.kind === "integer" ? 2n ** BigInt(type.bits) - 1n : 0n;
  const all = names.map(({ name }) => name).join(" | ");
  const print = (text: string): readonly string[] => {
    const { parse, print: shown } = formatOf(format, type);
    const parsed = parse(text);
    const canonical = parsed.ok ? shown(parsed.value) : undefined;
    return canonical === undefined ? [] : [canonical];
  };
  return ["", `0x${bits.toString(16)}`, all].flatMap(print);
}
