// The crates of catalogueOracle/Cargo.toml, as the analyser meets them, and a module for each of them that uses all its types.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../support/fixtureLibraries.ts";
import type { DependencySource } from "../unit/rust/inMemoryProject.ts";

/** Where the manifest of generated programs stands. */
export const catalogueOracle = join(repositoryRoot, "test/vectors/catalogueOracle");

type Dependency = Exclude<DependencySource, string>;

/** The dependencies that the manifest names, with what it asks of them. */
export const catalogueCrates: readonly Dependency[] = readFileSync(
  join(catalogueOracle, "Cargo.toml"),
  "utf8",
)
  .split("[dependencies]")[1]!
  .split("\n")
  .flatMap((line): readonly Dependency[] => {
    const [, key = "", value = ""] = /^([\w-]+) = (.+)$/.exec(line) ?? [];
    const textOf = (name: string): string | undefined =>
      new RegExp(String.raw`\b${name} = "([^"]+)"`).exec(value)?.[1];
    const requirement = textOf("version") ?? /^"(.+)"$/.exec(value)?.[1];
    const features = /features = \[(.*)\]/.exec(value)?.[1]?.match(/[\w-]+/g) ?? [];
    return requirement === undefined
      ? []
      : [{ key, packageName: textOf("package") ?? key, requirement, features }];
  });

const secondsNames = ["Seconds", "MilliSeconds", "MicroSeconds", "NanoSeconds"];
const adaptorNames = [
  "serde_as, Bytes, DisplayFromStr",
  ...secondsNames.flatMap((seconds) =>
    ["Duration", "Timestamp"].flatMap((kind) => [`${kind}${seconds}`, `${kind}${seconds}WithFrac`]),
  ),
].join(", ");

/** Fields by package, `$` being the name of the crate; with a version line where they differ. */
const fields: Readonly<Record<string, readonly string[]>> = {
  arrayvec: ["$::ArrayVec<u16, 8>", "$::ArrayString<512>"],
  bytes: ["$::Bytes", "$::BytesMut"],
  camino: ["$::Utf8PathBuf", "Box<$::Utf8Path>"],
  chrono: [
    "$::DateTime<$::Utc>",
    "$::NaiveDate",
    "$::NaiveTime",
    "$::NaiveDateTime",
    "$::Weekday",
    "$::Month",
    "$::TimeDelta",
    "$::Duration",
    ...["seconds", "milliseconds", "microseconds", "nanoseconds"].flatMap((unit) => [
      `#[serde(with = "$::serde::ts_${unit}")] $::DateTime<$::Utc>`,
      `#[serde(with = "$::serde::ts_${unit}_option")] Option<$::DateTime<$::Utc>>`,
      `#[serde(with = "$::naive::serde::ts_${unit}")] $::NaiveDateTime`,
      `#[serde(with = "$::naive::serde::ts_${unit}_option")] Option<$::NaiveDateTime>`,
    ]),
  ],
  compact_str: ["$::CompactString"],
  either: ["$::Either<u8, String>"],
  hashbrown: ["$::HashMap<u16, String>", "$::HashSet<u16>"],
  indexmap: ["$::IndexMap<u16, String>", "$::IndexSet<u16>"],
  "indexmap 1": ['#[serde(with = "$::serde_seq")] $::IndexMap<u16, String>'],
  "indexmap 2": ['#[serde(with = "$::map::serde_seq")] $::IndexMap<u16, String>'],
  "humantime-serde": [
    '#[serde(with = "humantime_serde")] std::time::Duration',
    '#[serde(with = "humantime_serde")] Option<std::time::Duration>',
    '#[serde(with = "humantime_serde::option")] Option<std::time::Duration>',
  ],
  ipnet: ["$::IpNet", "$::Ipv4Net", "$::Ipv6Net"],
  "ordered-float": ["$::OrderedFloat<f64>", "$::OrderedFloat<f32>", "$::NotNan<f64>"],
  rust_decimal: [
    '#[serde(with = "$::serde::str")] $::Decimal',
    '#[serde(with = "$::serde::str_option")] Option<$::Decimal>',
  ],
  semver: ["$::Version", "$::VersionReq", "$::Comparator"],
  serde_bytes: [
    "$::ByteBuf",
    "$::ByteArray<4>",
    '#[serde(with = "$")] Vec<u8>',
    '#[serde(with = "$")] [u8; 4]',
    '#[serde(with = "$")] Option<Vec<u8>>',
  ],
  "smallvec 1": ["$::SmallVec<[u16; 4]>", "$::SmallVec<[u8; 4]>"],
  "smallvec 2": ["$::SmallVec<u16, 4>", "$::SmallVec<u8, 4>"],
  smol_str: ["$::SmolStr"],
  time: [
    ..."Date Time PrimitiveDateTime PlainDateTime UtcDateTime SignedDuration OffsetDateTime UtcOffset Duration Weekday Month"
      .split(" ")
      .map((name) => `$::${name}`),
    ...[
      "timestamp",
      ..."milliseconds milliseconds_i64 microseconds nanoseconds"
        .split(" ")
        .map((unit) => `timestamp::${unit}`),
    ].flatMap((path) => [
      `#[serde(with = "$::serde::${path}")] $::OffsetDateTime`,
      `#[serde(with = "$::serde::${path}::option")] Option<$::OffsetDateTime>`,
    ]),
    '#[serde(with = "$::serde::rfc3339")] $::OffsetDateTime',
  ],
  serde_with: [
    "DisplayFromStr as u64",
    "Vec<DisplayFromStr> as Vec<u64>",
    "std::collections::BTreeMap<DisplayFromStr, Option<DisplayFromStr>> as std::collections::BTreeMap<u16, Option<i8>>",
    "(DisplayFromStr, _) as (u64, u16)",
    "Box<DisplayFromStr> as Box<u64>",
    "serde_with::hex::Hex as Vec<u8>",
    "serde_with::base64::Base64 as Vec<u8>",
    "Bytes as Vec<u8>",
    "Bytes as [u8; 4]",
    ...secondsNames.flatMap((seconds) => {
      return [
        `Duration${seconds} as std::time::Duration`,
        `Option<Duration${seconds}<u64>> as Option<std::time::Duration>`,
        `Duration${seconds}WithFrac as std::time::Duration`,
        `Timestamp${seconds} as std::time::SystemTime`,
        `Timestamp${seconds}WithFrac as std::time::SystemTime`,
      ];
    }),
  ].map((field) => {
    const [adaptor = "", type = ""] = field.split(" as ");
    return `#[serde_as(as = "${adaptor}")] ${type}`;
  }),
  url: ["$::Url"],
  uuid: ["$::Uuid"],
  "uuid 1": [
    "$::NonNilUuid",
    ...["compact", "braced", "hyphenated", "simple", "urn"].flatMap((form) => [
      `#[serde(with = "$::serde::${form}")] $::Uuid`,
      `#[serde(with = "$::serde::${form}::option")] Option<$::Uuid>`,
    ]),
  ],
};

/** A module whose `Root` holds every type of the crate; undefined for crates that are no part of the catalogue. */
export function crateModule({ key, packageName, requirement }: Dependency): string | undefined {
  const line = /\d+/.exec(requirement ?? "")?.[0] ?? "";
  const all = [...(fields[packageName] ?? []), ...(fields[`${packageName} ${line}`] ?? [])];
  if (all.length === 0) {
    return undefined;
  }
  const members = all.map((field, index) => {
    const [, attribute = "", type = ""] =
      /^(#\[.*\] )?(.+)$/.exec(field.replaceAll("$", key)) ?? [];
    return `    ${attribute}pub f${index}: ${type},`;
  });
  const uses =
    packageName === "serde_with" ? `use serde_with::{${adaptorNames}};\n#[serde_as]\n` : "";
  return `use serde::{Deserialize, Serialize};
${uses}#[derive(Serialize, Deserialize)]
pub struct Root {
${members.join("\n")}
}
`;
}
