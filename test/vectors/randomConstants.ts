// Random constant expressions of Rust: every integer type, casts, signs, shifts, comparisons, conditions, blocks, methods, and
// constants that name others. Much of it is no Rust: rustc takes that out. The same seed gives the same constants.

import { seededRandom } from "./seededRandom.ts";

const integers = "u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize".split(" ");
const literals =
  "0 1 1 2 3 4 5 7 8 10 16 31 32 33 62 63 64 100 127 128 200 255 256 300 0xff 0x1_00 0b101 0o17 1_000 65_535 0x7fff_ffff 4_294_967_295".split(
    " ",
  );
const methods =
  "pow wrapping_add wrapping_sub wrapping_mul saturating_add saturating_sub saturating_mul rem_euclid div_euclid div_ceil".split(
    " ",
  );
const questions = "count_ones count_zeros leading_zeros trailing_zeros ilog2 ilog10".split(" ");

export interface RandomConstant {
  readonly name: string;
  readonly type: string;
  readonly expression: string;
  /** How it stands in the source: an item, an argument of a generic type, or the length of an array. */
  readonly place: "item" | "argument" | "length";
  readonly uses: readonly string[];
}

export function randomConstants(seed: number, count: number): readonly RandomConstant[] {
  const random = seededRandom(seed);
  const made: RandomConstant[] = [];
  for (let index = 0; index < count; index += 1) {
    made.push(new Writer(random, made).write(`C${index}`));
  }
  return made;
}

class Writer {
  readonly #random: () => number;
  readonly #earlier: readonly RandomConstant[];
  readonly #uses = new Set<string>();
  #locals: { readonly name: string; readonly type: string }[] = [];

  constructor(random: () => number, earlier: readonly RandomConstant[]) {
    this.#random = random;
    this.#earlier = earlier;
  }

  write(name: string): RandomConstant {
    const kind = this.#below(10);
    const place = kind === 0 ? "argument" : kind === 1 ? "length" : "item";
    const type = place === "length" ? "usize" : this.#below(12) === 0 ? "bool" : this.#integer();
    const expression = this.#of(type, 1 + this.#below(5));
    return { name, type, expression, place, uses: [...this.#uses] };
  }

  #of(type: string, depth: number): string {
    if (type === "bool") {
      return this.#bool(depth);
    }
    if (depth === 0 || this.#below(6) === 0) {
      return this.#leaf(type);
    }
    const inner = (): string => this.#of(type, depth - 1);
    const forms: readonly (() => string)[] = [
      () => `${inner()} ${this.#pick(["+", "-", "*", "/", "%", "&", "|", "^"])} ${inner()}`,
      () => `${inner()} ${this.#pick(["+", "-", "*", "/", "%", "&", "|", "^"])} ${inner()}`,
      () => `(${inner()}) ${this.#pick(["+", "-", "&", "|", "^"])} ${inner()}`,
      () => `${beforeAngle(inner())} ${this.#pick(["<<", ">>"])} ${this.#shift(depth)}`,
      () => `-${inner()}`,
      () => `-(${inner()})`,
      () => `!${inner()}`,
      () => `!(${inner()})`,
      () => this.#cast(type, depth),
      () => this.#cast(type, depth),
      () => this.#cast(type, depth),
      () => `if ${this.#bool(depth - 1)} { ${inner()} } else { ${inner()} }`,
      () => this.#block(type, depth),
      () => this.#match(type, depth),
      () => this.#method(type, depth),
    ];
    return this.#pick(forms)();
  }

  #leaf(type: string): string {
    const same = this.#earlier.filter(
      (constant) => constant.type === type && constant.place === "item",
    );
    const locals = this.#locals.filter((local) => local.type === type);
    switch (this.#below(9)) {
      case 0:
      case 1:
        if (same.length > 0) {
          const { name } = this.#pick(same);
          this.#uses.add(name);
          return this.#pick([name, `self::${name}`, `crate::types::${name}`, `r#${name}`]);
        }
        return this.#pick(literals);
      case 2:
        return `${type}::${this.#pick(["MAX", "MIN"])}`;
      case 3:
        return `${this.#pick(literals)}${this.#pick(["", "_"])}${type}`;
      case 4:
      case 5:
        return locals.length > 0 ? this.#pick(locals).name : `-${this.#pick(literals)}${type}`;
      case 6:
        return type === "u32"
          ? `${this.#integer()}::BITS`
          : type === "u8"
            ? this.#pick(["b'a'", "b'\\n'", "b'\\xff'", "b'\\''"])
            : this.#pick(literals);
      default:
        return this.#pick(literals);
    }
  }

  #shift(depth: number): string {
    return this.#below(3) > 0
      ? `${this.#below(20)}${this.#pick(["", "", "u8", "i64", "usize"])}`
      : `(${this.#of(this.#integer(), depth - 1)})`;
  }

  #cast(type: string, depth: number): string {
    const target = this.#pick([type, type, type, `Alias_${type}`]);
    const from = this.#below(8);
    if (from === 0) {
      return `(${this.#bool(depth - 1)}) as ${target}`;
    }
    if (from === 1) {
      return `${this.#pick(["'a'", "'\\u{1F980}'", "'\\n'", "'é'", "b'z' as char", "true", "Choice::Two", "Choice::Far", "Wide::Max", "Holder::BASE", "Holder::SIZE", "<Holder as Sized2>::LEN"])} as ${target}`;
    }
    const other = this.#integer();
    const inner = this.#of(other, depth - 1);
    const through = this.#pick(["", "", ` as ${this.#integer()}`]);
    const text = this.#pick([
      inner,
      `(${inner})`,
      this.#pick(literals),
      `-${this.#pick(literals)}`,
    ]);
    return `${text} as ${other}${through} as ${target}`;
  }

  #bool(depth: number): string {
    if (depth <= 0) {
      const same = this.#earlier.filter(({ type, place }) => type === "bool" && place === "item");
      if (same.length > 0 && this.#below(2) === 0) {
        const { name } = this.#pick(same);
        this.#uses.add(name);
        return name;
      }
      return this.#pick(["true", "false"]);
    }
    const type = this.#integer();
    const inner = (): string => this.#of(type, depth - 1);
    return this.#pick([
      () => `(${inner()}) ${this.#pick(["<", ">", "<=", ">=", "==", "!="])} ${inner()}`,
      () => `(${inner()}) ${this.#pick(["<", ">", "<=", ">=", "==", "!="])} ${this.#leaf(type)}`,
      () => `${this.#pick(literals)} ${this.#pick(["<", ">=", "=="])} ${inner()}`,
      () => `!(${this.#bool(depth - 1)})`,
      () => `${this.#bool(depth - 1)} ${this.#pick(["&&", "||"])} ${this.#bool(depth - 1)}`,
      () =>
        `(${this.#bool(depth - 1)}) ${this.#pick(["&", "|", "^", "=="])} (${this.#bool(depth - 1)})`,
      () => `${type}::MAX.is_power_of_two()`,
      () => `match ${inner()} { 0 => true, 1${type} | 2 => false, _ => true }`,
    ])();
  }

  #block(type: string, depth: number): string {
    const local = { name: `x${this.#locals.length}`, type: this.#pick([type, this.#integer()]) };
    const value = this.#of(local.type, depth - 1);
    const declared = this.#pick(["", `: ${local.type}`, ": _"]);
    this.#locals.push(local);
    const result = this.#of(type, depth - 1);
    this.#locals.pop();
    return `{ let ${local.name}${declared} = ${value}; ${result} }`;
  }

  #match(type: string, depth: number): string {
    const subject = this.#integer();
    const arms = [
      `${this.#pick(literals)} => ${this.#of(type, depth - 1)}`,
      `1..=${this.#pick(literals)} => ${this.#of(type, depth - 1)}`,
      `${subject}::MIN | 7..9 if ${this.#bool(depth - 1)} => { ${this.#of(type, depth - 1)} }`,
      `100.. => ${this.#of(type, depth - 1)}`,
      // A name in a pattern is a binding of its own, also where one of that name stands outside.
      `${this.#locals.at(-1)?.name ?? "x0"} if ${this.#bool(depth - 1)} => ${this.#of(type, depth - 1)}`,
    ];
    const kept = arms.filter(() => this.#below(2) === 0);
    return `match ${this.#of(subject, depth - 1)} { ${[...kept, `_ => ${this.#of(type, depth - 1)}`].join(", ")} }`;
  }

  #method(type: string, depth: number): string {
    const receiver = `(${this.#of(type, depth - 1)})`;
    if (type === "u32" && this.#below(2) === 0) {
      return `(${this.#of(this.#integer(), depth - 1)}).${this.#pick(questions)}()`;
    }
    const name = this.#pick(methods);
    return this.#pick([
      () => `${receiver}.${name}(${name === "pow" ? this.#below(6) : this.#of(type, depth - 1)})`,
      () => `${receiver}.${this.#pick(["abs", "next_power_of_two"])}()`,
    ])();
  }

  #integer(): string {
    return this.#pick(integers);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }
}

/** Behind a cast `<` would begin generic arguments. */
function beforeAngle(expression: string): string {
  return / as \w+$/.test(expression) ? `(${expression})` : expression;
}

/** Aliases, enums and associated constants that the expressions name. */
export const constantPrelude = [
  ...integers.map((type) => `pub type Alias_${type} = ${type};`),
  ...[...integers, "bool"].map(
    (type) =>
      `#[derive(Serialize, Deserialize)] pub struct W_${type}<const N: ${type}>; impl<const N: ${type}> W_${type}<N> { pub const V: ${type} = N; }`,
  ),
  "#[derive(Clone, Copy)] pub enum Choice { One = -3, Two, Far = 1000 - 1 }",
  "#[derive(Clone, Copy)] #[repr(u8)] pub enum Wide { Max = !0 - 1, Next }",
  "pub trait Sized2 { const LEN: u16; const TWICE: u16 = Self::LEN * 2; }",
  "pub struct Holder; impl Holder { pub const BASE: i16 = -5; pub const SIZE: u64 = Self::BASE as u8 as u64 + <Self as Sized2>::TWICE as u64; }",
  "impl Sized2 for Holder { const LEN: u16 = !0 >> 3; }",
].join("\n");
