// Random Rust modules: structs and enums of every form, generics, aliases, constants, nested modules with renamed imports,
// and the serde attributes that leave both directions alike. The same seed gives the same text.

import { seededRandom } from "./seededRandom.ts";

const scalars = (
  "bool u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize f32 f64 char String () Box<str> " +
  "std::string::String Vec<u8> [u8;4] std::num::NonZeroU16 NonZeroI64 Wrapping<u32> " +
  "std::borrow::Cow<'static,str> std::marker::PhantomData<u64> std::cmp::Reverse<i16>"
).split(" ");

/** Types of well-known crates and of std that have a text; named as in catalogueOracle/Cargo.toml. */
const wellKnown = (
  "uuid_1::Uuid chrono_0_4::DateTime<chrono_0_4::Utc> chrono_0_4::NaiveDate chrono_0_4::NaiveTime " +
  "chrono_0_4::NaiveDateTime chrono_0_4::TimeDelta chrono_0_4::Weekday chrono_0_4::Month time_0_3::Date time_0_3::Time " +
  "time_0_3::PrimitiveDateTime time_0_3::OffsetDateTime time_0_3::UtcOffset time_0_3::Duration time_0_3::Weekday " +
  "time_0_3::Month url_2::Url semver_1::Version semver_1::VersionReq bytes_1::Bytes arrayvec_0_7::ArrayString<512> " +
  "ordered_float_5::OrderedFloat<f64> serde_bytes::ByteBuf ipnet_2::IpNet ipnet_2::Ipv4Net camino_1::Utf8PathBuf " +
  "compact_str_0_9::CompactString smol_str_0_3::SmolStr std::time::Duration std::net::IpAddr std::net::SocketAddr"
).split(" ");

const attributed = [
  ["rust_decimal_1::serde::str", "rust_decimal_1::Decimal"],
  ["chrono_0_4::serde::ts_seconds", "chrono_0_4::DateTime<chrono_0_4::Utc>"],
  ["time_0_3::serde::timestamp", "time_0_3::OffsetDateTime"],
  ["uuid_1::serde::compact", "uuid_1::Uuid"],
  ["serde_bytes", "Vec<u8>"],
] as const;

const mapKeys = "u8 i32 u64 String char bool".split(" ");

const derive = "#[derive(Serialize, Deserialize)]";

/** Text of a module whose type `Root` uses what else is in it; `Serialize` and `Deserialize` are in scope. */
export function randomModule(seed: number): string {
  return new ModuleWriter(seededRandom(seed), seed % 2 === 0).text();
}

class ModuleWriter {
  readonly #random: () => number;
  readonly #usesCrates: boolean;
  readonly #items: string[] = ["const COUNT: usize = 1 + 2;", "type Alias<T> = Option<(T, u8)>;"];
  /** Types that can be named so far, in use order; generic ones with `_` for their argument. */
  readonly #types: string[] = ["Alias<_>"];

  /** `usesCrates`: with types of well-known crates, which refuse some bytes that their shape allows. */
  constructor(random: () => number, usesCrates: boolean) {
    this.#random = random;
    this.#usesCrates = usesCrates;
  }

  text(): string {
    const count = 1 + this.#below(5);
    for (let index = 0; index < count; index += 1) {
      this.#declare(index);
    }
    this.#items.push(`${derive}\npub struct Root { ${this.#fields(2 + this.#below(3))} }`);
    return `use std::collections::{BTreeMap, LinkedList as Chain, VecDeque};
use std::num::{NonZeroI64, Wrapping};
use serde::{Deserialize, Serialize};
${this.#items.join("\n")}
`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }

  #declare(index: number): void {
    const name = `Type${index}`;
    switch (this.#below(this.#usesCrates ? 7 : 6)) {
      case 6:
        this.#items.push(
          `bitflags_2::bitflags! {\n    ${derive}\n    pub struct ${name}: ${this.#pick(["u8", "i32", "u64"])} { const A = 1; const B = 1 << 2; const AB = Self::A.bits() | Self::B.bits(); }\n}`,
        );
        this.#types.push(name);
        break;
      case 0:
        this.#items.push(`type ${name} = ${this.#type(2)};`);
        this.#types.push(name);
        break;
      case 1: {
        this.#items.push(
          `${derive}\npub struct ${name}<T> { inner: T, list: Vec<T>, r#type: ${this.#type(1)} }`,
        );
        this.#types.push(`${name}<_>`);
        break;
      }
      case 2: {
        // Recursive, generic, behind a module and another name.
        const body = `Empty, More(T, Box<Hidden<T>>), Both { left: Option<Box<Hidden<T>>>, value: T }`;
        this.#items.push(
          `mod inner${index} {\n    use super::*;\n    ${derive}\n    pub enum Hidden<T> { ${body} }\n}\nuse inner${index}::Hidden as ${name};`,
        );
        this.#types.push(`${name}<_>`);
        break;
      }
      case 3:
        this.#items.push(`${derive}\npub enum ${name} { ${this.#variants(name)} }`);
        this.#types.push(name);
        break;
      default:
        this.#items.push(this.#struct(name));
        this.#types.push(name);
    }
  }

  #struct(name: string): string {
    switch (this.#below(5)) {
      case 0:
        return `${derive}\npub struct ${name};`;
      case 1:
        return `${derive}\npub struct ${name}(${this.#type(2)});`;
      case 2:
        return `${derive}\npub struct ${name}(${this.#type(2)}, #[serde(skip)] u8, ${this.#type(1)});`;
      case 3:
        return `${derive}\n#[serde(transparent)]\npub struct ${name} { only: Option<${this.#type(1)}> }`;
      default:
        return `${derive}\n#[serde(rename_all = "camelCase")]\npub struct ${name} { ${this.#fields(this.#below(4))} }`;
    }
  }

  #fields(count: number): string {
    const fields = Array.from({ length: count }, (_, index) => {
      const attribute = this.#pick(["", "", `#[serde(rename = "other ${index}")] `]);
      if (this.#usesCrates && this.#random() < 0.1) {
        const [helper, type] = this.#pick(attributed);
        return `#[serde(with = "${helper}")] pub field_${index}: ${type}`;
      }
      return `${attribute}pub field_${index}: ${this.#type(3)}`;
    });
    const skipped = this.#pick([[], [], ["#[serde(skip)] pub cache: Option<String>"]]);
    return [...fields, ...skipped].join(", ");
  }

  #variants(name: string): string {
    const count = 1 + this.#below(4);
    const forms = Array.from({ length: count }, (_, index) => {
      const form = this.#pick([
        "",
        `(${this.#type(2)})`,
        `(${this.#type(1)}, Option<Box<${name}>>)`,
        ` { a: ${this.#type(2)}, b: Vec<${name}> }`,
      ]);
      return `V${index}${form}`;
    });
    // Something that has a value without more of itself.
    return ['#[serde(alias = "nothing")] Nothing', ...forms].join(", ");
  }

  /** A type expression of at most `depth` levels of containers. */
  #type(depth: number): string {
    if (depth === 0 || this.#random() < 0.3) {
      const named = this.#types.filter((type) => !type.includes("_"));
      return named.length > 0 && this.#random() < 0.4
        ? this.#pick(named)
        : this.#pick(this.#usesCrates && this.#random() < 0.4 ? wellKnown : scalars);
    }
    const inner = (): string => this.#type(depth - 1);
    const generic = this.#types.filter((type) => type.includes("_"));
    const forms: readonly (() => string)[] = [
      () => `Option<${inner()}>`,
      () => `Vec<${inner()}>`,
      () => `VecDeque<${inner()}>`,
      () => `Chain<${inner()}>`,
      () => `Box<${inner()}>`,
      () => `std::sync::Mutex<${inner()}>`,
      () => `[${inner()}; COUNT]`,
      () => `[${inner()}; ${this.#below(3)}]`,
      () => `(${inner()}, ${inner()})`,
      () => `(${inner()},)`,
      () => `BTreeMap<${this.#pick(mapKeys)}, ${inner()}>`,
      () => `Result<${inner()}, ${inner()}>`,
      () => this.#pick(generic).replace("_", inner()),
      () => this.#pick(generic).replace("_", inner()),
    ];
    const others: readonly (() => string)[] = [
      () => `indexmap_2::IndexMap<${this.#pick(mapKeys)}, ${inner()}>`,
      () => `indexmap_2::IndexSet<${this.#pick(mapKeys)}>`,
      () => `hashbrown_0_15::HashMap<${this.#pick(mapKeys)}, ${inner()}>`,
      () => `hashbrown_0_15::HashSet<${this.#pick(mapKeys)}>`,
      () => `smallvec_1::SmallVec<[${inner()}; 2]>`,
      () => `arrayvec_0_7::ArrayVec<${inner()}, 8>`,
      () => `either_1::Either<${inner()}, ${inner()}>`,
    ];
    return this.#pick(this.#usesCrates ? [...forms, ...others] : forms)();
  }
}
