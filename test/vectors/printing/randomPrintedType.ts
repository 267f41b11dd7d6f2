// Random types with all that may stand in them as tokens: expressions in array lengths, blocks, macro calls, lifetimes, names
// in other scripts, and spacing of every kind. The same seed gives the same types.

import { seededRandom } from "../seededRandom.ts";

const names =
  "a X Point r#type LongTypeNameNumberOne std::string::String crate::types::Row Größe Gro\u0308ße 数 self::Inner".split(
    " ",
  );
const infix = "+ - * / % & | ^ << >> == != < > <= >= && ||".split(" ");
const assignments = "= += -= *= /= %= ^= &= |= <<= >>=".split(" ");
const raw =
  "a b , ; . : :: => -> + += << >>= && || == != < > .. ..= ... # $ ? @ ~ 'a 'x' \"t\" 1 1.5 0xff r#fn fn Self pub as dyn u8 <- - ! & * % ^ | / =".split(
    " ",
  );

export function randomPrintedType(seed: number): string {
  const writer = new Writer(seededRandom(seed));
  return writer.type(1 + writer.below(4));
}

class Writer {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  type(depth: number): string {
    if (depth <= 0) {
      return this.#pick([
        ...names,
        "u8",
        "()",
        "&str",
        "&'a str",
        "!",
        "Vec<u8>",
        "-1".replace("-1", "u16"),
      ]);
    }
    const inner = (): string => this.type(depth - 1);
    const gap = this.#gap();
    return this.#pick([
      () => `Vec<${gap}${inner()}${gap}>`,
      () => `Result<${inner()},${gap}${inner()}>`,
      () => `(${inner()},${gap}${inner()}${this.#pick(["", ","])})`,
      () => `[${inner()};${gap}${this.expression(depth)}]`,
      () => `[${inner()}; ${this.expression(depth + 1)}]`,
      () => `[u8; ${this.#block(depth)}]`,
      () => `[u8; { ${this.#statements(depth)} ${this.expression(depth)} }]`,
      () => `Few<{ ${this.expression(depth)} }, -1, 'a', "s", true, 'b>`,
      () =>
        `${this.#pick(["mac", "a::b::mac", "r#try", "::std::mac"])}!${gap}${this.#macro(depth + 1)}`,
      () => `Box<dyn Fn(${inner()})${gap}->${gap}${inner()} + Send + 'static>`,
      () => `for<'a> fn(&'a ${inner()},${gap}x: u8) -> ${inner()}`,
      () => `<${inner()} as Tr<${inner()}>>::Out`,
      () => `Tr<Out = ${inner()}, 'a, N = { ${this.expression(depth)} }>`,
      () => `impl Tr<${inner()}> + ?Sized`,
      () => `*const ${inner()}`,
      () => `&mut ${inner()}`,
    ])();
  }

  expression(depth: number): string {
    if (depth <= 0) {
      return this.#pick([
        "1",
        "N",
        "0xffusize",
        "b'x'",
        "'c'",
        "true",
        "Self::N",
        "a::b",
        '"text"',
        "1_0.5",
        "größe",
        "r#fn",
      ]);
    }
    const inner = (): string => this.expression(depth - 1);
    const gap = this.#pick(["", " "]);
    return this.#pick([
      () => `(${inner()})${gap}${this.#pick(infix)}${gap}(${inner()})`,
      () => `x ${this.#pick(infix.slice(0, 10))} ${inner()}`,
      () => `${this.#pick(["-", "!", "*", "&", "&&", "&mut "])}${this.#pick(["x", "(y)", "1"])}`,
      () => `(${inner()} as usize)`,
      () => `f(${inner()},${gap}${inner()}${this.#pick(["", ","])})`,
      () => `size_of::<${this.type(depth - 1)}>()`,
      () => `<${this.type(depth - 1)} as Tr>::f::<Vec<Vec<u8>>>(${inner()})`,
      () => `(${inner()}).len()${gap}.min${gap}(2).0`,
      () => `x[${inner()}]`,
      () => `[${inner()}; 2]`,
      () => `[${inner()}, ${inner()}]`,
      () => `S { a: ${inner()}, b, ..${inner()} }`,
      () => `(${inner()}, ${inner()})`,
      () => `${this.#pick(["vec", "a::m"])}!${this.#macro(depth)}`,
      () => this.#block(depth),
      () => this.#block(depth),
      () => `|x: u8, &y| ${inner()}`,
      () => `move || (${inner()})`,
      () => `(${inner()})..${this.#pick(["", "="])}${this.expression(0)}`,
      () => `(${inner()})?`,
      () => `&raw const ${this.expression(0)}`,
    ])();
  }

  #block(depth: number): string {
    const inner = (): string => this.expression(depth - 1);
    return this.#pick([
      () => `{ ${this.#statements(depth)} ${inner()} }`,
      () => `{ ${this.#statements(depth)} }`,
      () => `if ${this.expression(0)} { ${inner()} } else { ${inner()} }`,
      () => `if let Some(x) = f(${inner()}) { ${inner()} } else if y { 1 } else { }`,
      () =>
        `match W { true => ${inner()}, false if N > 2 => ${inner()}, -1 => 2, 1..=3 | 7 => { ${inner()} } S { a, .. } => 4, &x => x, _ => { 1 } }`,
      () => `match (${inner()}) { _ => ${inner()}${this.#pick(["", ","])} }`,
      () => `const { ${inner()} }`,
      () => `unsafe { ${inner()} }`,
      () => `loop { ${this.#statements(depth)} break ${inner()}; }`,
      () => `'a: loop { break 'a ${this.expression(0)}; }`,
      () => `while i < ${this.expression(0)} { i ${this.#pick(assignments)} ${inner()}; }`,
      () => `for i in 0..${this.expression(0)} { ${this.#statements(depth)} }`,
    ])();
  }

  #statements(depth: number): string {
    const inner = (): string => this.expression(depth - 1);
    const one = (): string =>
      this.#pick([
        () => `let x = ${inner()};`,
        () => `let mut y: Vec<Vec<u8>> = ${inner()};`,
        () => `let (a, b): (u8, X) = ${inner()};`,
        () => `x ${this.#pick(assignments)} ${inner()};`,
        () => `x[1]${this.#pick(assignments)}${inner()};`,
        () => `f(${inner()});`,
        () => `m!${this.#macro(depth)};`,
        () => `#[cfg(unix)] let z = 1;`,
        () => `const K: usize = ${inner()};`,
        () => `return ${inner()};`,
      ])();
    return Array.from({ length: this.below(3) }, one).join(this.#gap());
  }

  /** A call's delimited tokens. */
  #macro(depth: number): string {
    const [open, close] = this.#pick(["()", "[]", "{}"]) as unknown as [string, string];
    return `${open}${this.#tokens(depth)}${close}`;
  }

  #tokens(depth: number): string {
    const parts: string[] = [];
    for (let left = this.below(9); left > 0; left -= 1) {
      const [open, close] = this.#pick(["()", "[]", "{}"]) as unknown as [string, string];
      const isGroup = depth > 0 && this.below(5) === 0;
      parts.push(isGroup ? `${open}${this.#tokens(depth - 1)}${close}` : this.#pick(raw));
      const next = this.#pick(["", " ", " ", "\n", " /* c */ "]);
      // Words, numbers and quotes that touch would be other tokens.
      parts.push(
        next === "" && /[\w'"]$/.test(parts.at(-1) ?? "") ? this.#pick([" ", ",", "(", "."]) : next,
      );
    }
    return balanced(parts.join(""));
  }

  #gap(): string {
    return this.#pick(["", " ", " ", "  ", "\n    ", " /* c */ "]);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

/** Closes the parentheses that were left open. */
function balanced(tokens: string): string {
  const open = tokens.split("(").length - tokens.split(")").length;
  return tokens + ")".repeat(Math.max(0, open));
}
