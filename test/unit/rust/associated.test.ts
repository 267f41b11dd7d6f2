// Associated constants and types, and the constant expressions that array lengths and const arguments are made of.

import assert from "node:assert/strict";
import { analyze, oneCrate, rust, type ProjectSource } from "./inMemoryProject.ts";
import { schemaText, tableText } from "./schemaText.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)] pub";

/** The argument's type of an interface's only method. */
function argumentOf(project: ProjectSource): string {
  const model = analyze(project);
  const [found] = model.interfaces;
  const [argument] = found?.schema.methods[0]?.arguments ?? [];
  assert.ok(found !== undefined && argument !== undefined);
  assert.deepEqual(model.problems, []);
  return [schemaText(argument.type), ...tableText(found.schema.types)].join("; ");
}

function check(type: string, source: string, expected: string): void {
  it(`${type} with ${source.replaceAll(/\s+/gu, " ").trim()}`, () => {
    const text = `${source}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: ${type}); }`;
    assert.equal(argumentOf(oneCrate(text)), expected);
  });
}

describe("associated constants", () => {
  check("[u16; Size::N]", "pub struct Size; impl Size { pub const N: usize = 3; }", "[u16; 3]");
  check(
    "[u16; <Size as Sized2>::N]",
    "pub trait Sized2 { const N: usize; } pub struct Size; impl Sized2 for Size { const N: usize = 2 + 2; }",
    "[u16; 4]",
  );
  check(
    "[u16; Size::N]",
    "pub trait Sized2 { const N: usize = Self::M * 2; const M: usize; } pub struct Size; impl Sized2 for Size { const M: usize = 3; }",
    "[u16; 6]",
  );
  check(
    "[u16; <Size as B>::N]",
    "pub trait A { const N: usize; } pub trait B { const N: usize; } pub struct Size; impl A for Size { const N: usize = 1; } impl B for Size { const N: usize = 2; }",
    "[u16; 2]",
  );
  check(
    "T",
    `${derive} struct T { data: [u16; Self::N], more: [u8; T::N * 2] } impl T { const N: usize = 4; }`,
    "demo::T; demo::T = struct { data: [u16; 4], more: bytes(8) }",
  );
  check(
    "[u16; Wide::<u32>::N]",
    "pub struct Wide<T>(T); impl Wide<u8> { pub const N: usize = 1; } impl Wide<u32> { pub const N: usize = 4; }",
    "[u16; 4]",
  );
  check(
    "[u16; Alias::N]",
    "pub struct Few<const C: usize>; impl<const C: usize> Few<C> { pub const N: usize = C + 1; } pub type Alias = Few<4>;",
    "[u16; 5]",
  );
  check(
    "[u16; <u8 as Width>::BYTES]",
    "pub trait Width { const BYTES: usize; } impl Width for u8 { const BYTES: usize = 1; } impl Width for u16 { const BYTES: usize = 2; }",
    "[u16; 1]",
  );
  check(
    "[u16; inner::deep::Size::N]",
    "mod inner { pub mod deep { pub struct Size; } mod impls { impl super::deep::Size { pub const N: usize = super::super::BASE; } } } const BASE: usize = 7;",
    "[u16; 7]",
  );
});

describe("constant expressions", () => {
  check("[u16; Kind::C as usize]", "pub enum Kind { A, B = 4, C }", "[u16; 5]");
  check("[u16; C as usize + B as usize]", "pub enum Kind { A, B = 4, C } use Kind::*;", "[u16; 9]");
  check("[u16; B2 as usize]", "pub enum Kind { A, B } use self::Kind::{B as B2};", "[u16; 1]");
  check("[u16; u8::BITS as usize]", "", "[u16; 8]");
  check("[u16; (300 as u8) as usize - 40]", "", "[u16; 4]");
  check("[u16; N * 2]", "const N: usize = 1 << 2;", "[u16; 8]");
  check("[u16; r#const]", "const r#const: usize = 2;", "[u16; 2]");
  // Signs bind before casts, and work in the width of their operand.
  check("[u16; PARTS]", "const PARTS: usize = -8i8 as u8 as usize / 62;", "[u16; 4]");
  check("[u16; -8i8 as u8 as usize / 62]", "", "[u16; 4]");
  check("[u16; N]", "const M: u8 = !0xf0; const N: usize = M as usize;", "[u16; 15]");
  check("[u16; !0u8 as usize / 20]", "", "[u16; 12]");
  check("[u16; N]", "const N: usize = (!(250 as u8)) as usize;", "[u16; 5]");
  check(
    "[u16; N]",
    "type Byte = u8; const N: usize = ((1 as Byte) << 7 >> 5) as usize;",
    "[u16; 4]",
  );
  check("[u16; match WIDE { true => 4, false => 2 }]", "pub const WIDE: bool = true;", "[u16; 4]");
  check(
    "[u16; if N > 3 && !OFF { N } else { 1 }]",
    "const N: usize = 5; const OFF: bool = false;",
    "[u16; 5]",
  );
  check("[u16; { let a = 3; let b: usize = a + 1; b * 2 }]", "", "[u16; 8]");
  check("[u16; 2usize.pow(3) + b'\\x02' as usize]", "", "[u16; 10]");
  check(
    "(Few<{ !0 >> 60 }>, Few<N>)",
    `const N: u64 = 7; ${derive} struct Few<const C: u64>;`,
    "(demo::Few<15>, demo::Few<7>); demo::Few<15> = struct ; demo::Few<7> = struct ",
  );
  check(
    "Choice<true>",
    `${derive} struct Choice<const C: bool>([u16; if C { 3 } else { 1 }]);`,
    "demo::Choice<true>; demo::Choice<true> = struct [u16; 3]",
  );
});

describe("associated types", () => {
  check(
    "<Json as Format>::Out",
    "pub trait Format { type Out; } pub struct Json; impl Format for Json { type Out = Vec<u16>; }",
    "seq(u16)",
  );
  check(
    "Holder<Json>",
    `pub trait Format { type Out; } pub struct Json; impl Format for Json { type Out = String; }
     ${derive} struct Holder<F: Format> { value: F::Out, many: Vec<<F as Format>::Out> }`,
    "demo::Holder<demo::Json>; demo::Holder<demo::Json> = struct { value: string, many: seq(string) }",
  );
  check(
    "<u8 as Format>::Out",
    "pub trait Format { type Out; } impl Format for u8 { type Out = Self; }",
    "u8",
  );
  check(
    "<Pair<u8, bool> as Format>::Second",
    "pub trait Format { type Second; } pub struct Pair<A, B>(A, B); impl<X, Y> Format for Pair<X, Y> { type Second = (Y, X); }",
    "(bool, u8)",
  );

  it("through a trait and a type of two other crates", () => {
    const text = argumentOf({
      traits: {
        files: {
          "src/lib.rs": rust`pub trait Format { type Out; const N: usize = 2; } impl Format for u64 { type Out = bool; }`,
        },
      },
      types: {
        files: {
          "src/lib.rs": rust`pub struct Text; impl traits::Format for Text { type Out = char; }`,
        },
        dependencies: ["traits"],
      },
      demo: {
        files: {
          "src/lib.rs": rust`
use traits::Format;
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: (<types::Text as Format>::Out, <u64 as Format>::Out, [u16; types::Text::N])); }
`,
        },
        dependencies: ["fidius", "traits", "types"],
      },
    });
    assert.equal(text, "(char, bool, [u16; 2])");
  });
});

describe("what stays unknown", () => {
  const message = (type: string, source: string): string => {
    const model = analyze(
      oneCrate(`${source}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: ${type}); }`),
    );
    return model.problems.map((problem) => problem.message).join(" ");
  };
  it("is a constant of two traits", () => {
    const source =
      "pub trait A { const N: usize; } pub trait B { const N: usize; } pub struct S; impl A for S { const N: usize = 1; } impl B for S { const N: usize = 2; }";
    assert.match(message("[u16; S::N]", source), /array length `S::N` is not a constant/u);
  });
  it("is a constant that a function computes", () => {
    assert.match(
      message("[u16; S::N]", "pub struct S; impl S { const N: usize = f(); }"),
      /not a constant/u,
    );
  });
  it("is what a name in a pattern binds, also where one of that name stands outside", () => {
    const length = "{ let v = 5usize; match 3usize { v => 1, _ => 2 } }";
    assert.match(message(`[u16; ${length}]`, ""), /is not a constant/u);
  });
  const overflowing = [
    "const N: usize = (200u8 + 100) as usize;",
    "const N: usize = 1 - 2 + 3;",
    "const N: usize = (1u8 << 8) as usize;",
    "const N: usize = (-(-128i8)) as usize;",
    "const N: usize = (i8::MIN / -1) as usize;",
    "const N: usize = 3 / (1 - 1);",
    "const N: usize = 255u8.pow(2) as usize;",
  ];
  for (const source of overflowing) {
    it(`is what Rust refuses to compute: ${source}`, () => {
      assert.match(message("[u16; N]", source), /array length `N` is not a constant/u);
    });
  }
  it("is what nests deeper than anyone writes, or begins again and again, after few steps", () => {
    const deep = `const N: usize = ${"(".repeat(5000)}1${")".repeat(5000)};`;
    const long = `const N: usize = 1${" + 1".repeat(50_000)};`;
    assert.match(message("[u16; N]", deep), /array length `N` is not a constant/u);
    assert.match(message("[u16; N]", long), /array length `N` is not a constant/u);
    const doubling = Array.from(
      { length: 60 },
      (_, at) => `const C${at + 1}: u64 = C${at} + C${at};`,
    );
    const half = `const C0: u64 = 1; ${doubling.join(" ")} const N: usize = (C60 >> 58) as usize;`;
    assert.equal(message("[u16; N]", half), "");
    const inImpl = doubling.join(" ").replaceAll(/ C(\d+)(?=[ ;+]*(?:\+|;))/gu, " Self::C$1");
    const again = `pub struct S; impl S { const C0: u64 = 1; ${inImpl} const N: usize = (Self::C60 >> 58) as usize; }`;
    assert.match(message("[u16; S::N]", again), /not a constant/u);
  });
  it("is a circle", () => {
    const source =
      "pub trait T { type Out; const N: usize; } pub struct S; impl T for S { type Out = <S as T>::Out; const N: usize = <S as T>::N; }";
    assert.match(message("[u16; S::N]", source), /not a constant/u);
    assert.match(message("<S as T>::Out", source), /too large to analyse/u);
  });
});

describe("serde by hand", () => {
  const project = (declaration: string, isLocal: boolean): ProjectSource => ({
    other: {
      files: {
        "src/lib.rs": "pub mod outer;",
        "src/outer.rs": `mod by_hand; mod twin { ${derive} struct Odd(u8); } ${declaration} pub type Same = Odd;`,
        "src/outer/by_hand.rs":
          "use super::Same; impl<'de> serde::de::Deserialize<'de> for Same {} struct Even;",
      },
      dependencies: ["serde"],
      isLocal,
    },
    demo: {
      files: {
        "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: other::outer::Odd); }
`,
      },
      dependencies: ["fidius", "other"],
    },
  });
  const told = (declaration: string, isLocal: boolean): string =>
    analyze(project(declaration, isLocal))
      .problems.map((problem) => problem.message)
      .join(" ");

  it("makes the type one that the source does not tell, wherever the impl block is", () => {
    assert.match(told("pub struct Odd(u8);", true), /`Odd` implements `Deserialize` by hand/u);
    const writing = "#[derive(serde::Serialize)] pub struct Odd(u8);";
    assert.match(told(writing, true), /`Odd` implements `Deserialize` by hand/u);
  });
  for (const declaration of [
    "pub struct Odd(u8);",
    "#[derive(serde::Serialize)] pub struct Odd(u8);",
  ]) {
    it(`is not looked for in another's crate, which must derive the trait: ${declaration}`, () => {
      assert.match(
        told(declaration, false),
        /`Odd` of the crate `other` does not derive `Deserialize`/u,
      );
    });
  }
  it("is no matter of the other direction", () => {
    assert.equal(told("#[derive(serde::Deserialize)] pub struct Odd(u8);", false), "");
  });
});

describe("derives of serde", () => {
  const known = (source: string): boolean =>
    analyze({
      demo: {
        files: {
          "src/lib.rs": `${source}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: T); }`,
        },
        dependencies: ["fidius", "serde", "rkyv"],
      },
    }).interfaces[0]?.schema.methods[0]?.arguments[0]?.type.kind === "named";
  const cases: readonly (readonly [string, boolean])[] = [
    [
      "use serde::{Serialize as Write, Deserialize as Read}; #[derive(Write, Read)] pub struct T(u8);",
      true,
    ],
    [
      "mod p { pub use serde::Deserialize as Read; } use p::*; #[derive(Debug, Read)] pub struct T(u8);",
      true,
    ],
    ["mod p { pub use serde::Deserialize as Read; } #[derive(p::Read)] pub struct T(u8);", true],
    ["use ::serde::*; #[derive(Serialize, Deserialize)] pub struct T(u8);", true],
    ["#[derive(::serde::Deserialize)] pub struct T(u8);", true],
    ["#[derive(rkyv::Serialize, rkyv::Deserialize)] pub struct T(u8);", false],
    [
      "use rkyv::{Serialize, Deserialize}; #[derive(Serialize, Deserialize)] pub struct T(u8);",
      false,
    ],
    ["use rkyv::Deserialize; #[derive(Deserialize, serde::Deserialize)] pub struct T(u8);", true],
    ["#[derive(Read)] pub struct T(u8);", false],
  ];
  for (const [source, isKnown] of cases) {
    it(`${isKnown ? "are" : "are not"} in ${source}`, () => {
      assert.equal(known(source), isKnown);
    });
  }
});
