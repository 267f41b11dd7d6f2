// What has no end, or none in sight, is named where it stands; the plugin beside it is there as ever.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { readFileSyntax } from "../../../src/rust/syntax/fileSyntax.ts";
import { analyze, oneCrate } from "./inMemoryProject.ts";

/** A plugin with a method for the type in question and one that has nothing to do with it. */
function plugin(type: string, before = ""): string {
  return `use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Serialize};
${before}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn large(&self, value: ${type}); fn other(&self, value: Neighbour); }
#[derive(Serialize, Deserialize)]
pub struct Neighbour { a: u8, b: Vec<String> }
pub struct P;
#[plugin_impl(Subject)]
impl Subject for P { fn large(&self, value: ${type}) {} fn other(&self, value: Neighbour) {} }
`;
}

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join("\n");
}

function nested(open: string, inner: string, close: string, depth: number): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

/** The type in question; the other method's is looked at on the way. */
function typeIn({ plugins }: RustModel): TypeSchema {
  const [found] = plugins;
  assert.ok(found !== undefined && plugins.length === 1, `${String(plugins.length)} plugins`);
  const [large, other] = found.schema.methods;
  assert.equal(other?.arguments[0]?.type.kind, "named");
  assert.ok(Object.keys(found.schema.types).some((id) => id.endsWith("::Neighbour")));
  const type = large?.arguments[0]?.type;
  assert.ok(type !== undefined);
  return type;
}

function reasonOf(type: TypeSchema): string {
  assert.equal(type.kind, "unknown");
  return type.reason;
}

const derive = "#[derive(Serialize, Deserialize)]";

describe("what is too large to analyse", function () {
  this.timeout(120_000);

  const types: Readonly<Record<string, readonly [type: string, before: string, RegExp]>> = {
    "an alias that doubles at each of 60 steps": [
      "A60",
      `type A0 = (u8, u8); ${times(60, (at) => `type A${at + 1} = (A${at}, A${at});`)}`,
      /too large/,
    ],
    "an alias of a thousand that triples": [
      "A12",
      `type A0 = (u8, u8, u8); ${times(12, (at) => `type A${at + 1} = (A${at}, A${at}, A${at});`)}`,
      /too large/,
    ],
    "generic aliases applied to themselves": [
      "A40<u8>",
      `type A0<T> = (T, T); ${times(40, (at) => `type A${at + 1}<T> = A${at}<A${at}<T>>;`)}`,
      /too large|too deep/,
    ],
    "100,000 types in one another": [nested("Vec<", "u8", ">", 100_000), "", /too (deep|large)/],
    "20,000 tuples in one another": [nested("(", "u8", ",)", 20_000), "", /too (deep|large)/],
    "50,000 references": [`${"&".repeat(50_000)}u8`, "", /too (deep|large)/],
    "a length in 50,000 parentheses": [
      `[u8; ${nested("(", "1", ")", 50_000)}]`,
      "",
      /length|too (deep|large)/,
    ],
    "an alias of itself": ["A", "type A = B; type B = A;", /contains itself|too deep/],
    "a constant of itself": ["[u8; A]", "const A: usize = B; const B: usize = A;", /length/],
  };
  for (const [title, [type, before, reason]] of Object.entries(types)) {
    it(`${title}: unknown, with its place`, () => {
      const model = analyze(oneCrate(plugin(type, before)));
      assert.match(reasonOf(typeIn(model)), reason);
      const [problem] = model.problems;
      assert.equal(problem?.code, "unknownType");
      assert.equal(problem.span.file, "/ws/demo/src/lib.rs");
    });
  }

  const growing: Readonly<Record<string, string>> = {
    "in a pair": "b: Option<Box<G<(T, T)>>>",
    "in a list": "b: Option<Box<G<Vec<T>>>>",
    "in two ways at once": "b: Option<Box<G<Vec<T>>>>, c: Option<Box<G<Option<T>>>>",
  };
  for (const [title, fields] of Object.entries(growing)) {
    it(`a generic type that contains itself ${title}: said where it is declared`, () => {
      const source = plugin("G<u8>", `${derive} pub struct G<T> { a: T, ${fields} }`);
      const model = analyze(oneCrate(source));
      assert.equal(typeIn(model).kind, "named");
      assert.ok(model.problems.some(({ message }) => message.includes("ever larger versions")));
    });
  }

  it("thirty versions of a generic type in one another are no such thing", () => {
    const source = plugin(
      nested("G<", "u8", ">", 30),
      `${derive} pub struct G<T> { a: T, b: Vec<T> }`,
    );
    const model = analyze(oneCrate(source));
    assert.equal(typeIn(model).kind, "named");
    assert.deepEqual(model.problems, []);
  });

  it("a chain of 60 constants that each use the one before twice is worked out", () => {
    const chain = times(60, (at) => `const A${at + 1}: usize = A${at} + A${at} - A${at};`);
    const type = typeIn(analyze(oneCrate(plugin("[u16; A60]", `const A0: usize = 7; ${chain}`))));
    assert.ok(type.kind === "array" && type.length === 7, JSON.stringify(type));
  });

  const circles: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
    "a file that includes itself": ['include!("lib.rs"); include!("lib.rs");', {}],
    "files that include one another": [
      'include!("b.rs");',
      { "src/b.rs": 'include!("lib.rs"); include!("b.rs");' },
    ],
    "modules that are the file they stand in": [
      '#[path = "lib.rs"] mod a; #[path = "lib.rs"] mod b;',
      {},
    ],
  };
  for (const [title, [before, files]] of Object.entries(circles)) {
    it(`${title}: named at each place`, () => {
      const model = analyze(oneCrate(plugin("u8", before), files));
      assert.equal(typeIn(model).kind, "integer");
      const codes = new Set(model.problems.map(({ code }) => code));
      assert.deepEqual([...codes], ["circularFile"]);
    });
  }

  it("files that are two modules each, 40 floors deep: named, and the plugin stays", () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `src/f${at}.rs`,
        `#[path = "f${at + 1}.rs"] pub mod a; #[path = "f${at + 1}.rs"] pub mod b;`,
      ]),
    );
    const source = plugin("u8", '#[path = "f0.rs"] pub mod a;');
    const model = analyze(oneCrate(source, { ...files, "src/f40.rs": "" }));
    assert.equal(typeIn(model).kind, "integer");
    assert.ok(model.problems.some(({ code }) => code === "tooLarge"));
  });

  /** Macros that make more than anybody reads. */
  const macros: Readonly<Record<string, string>> = {
    "that calls itself twice": "macro_rules! k { () => { k!(); k!(); } }",
    "that calls itself without an end": "macro_rules! k { () => { pub struct A; k!(); } }",
    "whose argument doubles": "macro_rules! k { ($($t:tt)*) => { k!(a $($t)* $($t)*); } }",
    "that writes itself anew":
      "macro_rules! k { () => { macro_rules! k { () => {} } k!(); k!(); } }",
    "that doubles at each of 60 steps": `macro_rules! k { () => { k0!(); } }
${times(60, (at) => `macro_rules! k${at} { () => { k${at + 1}!(); k${at + 1}!(); } }`)}`,
    "that tries two thousand rules on a long call": `macro_rules! k { () => { k!(${"a ".repeat(500)}); }; ${times(2_000, (at) => `($($t:tt)* x${at}) => {};`)} }`,
  };
  const voice = `macro_rules! voice { ($name:ident) => {
    #[derive(Serialize, Deserialize)] pub struct $name { made: u8 }
  } }`;
  for (const [title, definition] of Object.entries(macros)) {
    it(`a macro ${title}: named at its call, and the calls around it are read`, () => {
      const before = `${voice}\nvoice!(Before);\n${definition}\nk!();\nvoice!(Behind);`;
      const model = analyze(oneCrate(plugin("(Before, Behind)", before)));
      const type = typeIn(model);
      assert.ok(type.kind === "tuple" && type.elements.every(({ kind }) => kind === "named"));
      const [problem, ...others] = model.problems;
      assert.deepEqual(others, []);
      assert.equal(problem?.code, "tooLarge");
      assert.match(problem.message, /^What `k!` makes here is too large to analyse/u);
      const line = before.slice(0, before.indexOf("\nk!();")).split("\n").length + 2;
      assert.deepEqual(problem.span.start, { line, character: 0 });
    });
  }

  it("ten macros without an end: the calls up to the package's limit are read, the one behind it is named", () => {
    const doubling = "macro_rules! k { ($($t:tt)*) => { k!(a $($t)* $($t)*); } }";
    const before = `${voice}\nvoice!(Before);\n${doubling}\n${"k!();\n".repeat(10)}voice!(Behind);`;
    const model = analyze(oneCrate(plugin("Before", before)));
    assert.equal(typeIn(model).kind, "named");
    const messages = model.problems.map(({ message }) => message);
    assert.ok(messages.length < 10, messages.join("\n"));
    assert.match(messages.at(-1) ?? "", /^What the macros of this package make is too large/u);
  });

  it("a macro that calls itself 127 times, as rustc allows, is no such thing", () => {
    const before = `macro_rules! count { ($($first:tt)?) => { pub struct Last; };
($first:tt $($rest:tt)+) => { count!($($rest)+); } }
count!(${"a ".repeat(127)});`;
    const model = analyze(oneCrate(plugin("u8", before)));
    assert.deepEqual(model.problems, []);
  });

  const deep: Readonly<Record<string, string>> = {
    modules: nested("mod a { ", "", "}", 50_000),
    "use trees": `use ${nested("a::{", "b", "}", 50_000)};`,
  };
  for (const [title, before] of Object.entries(deep)) {
    it(`50,000 ${title} in one another: named, and the plugin stays`, () => {
      const model = analyze(oneCrate(plugin("u8", before)));
      assert.equal(typeIn(model).kind, "integer");
      assert.ok(model.problems.some(({ code }) => code === "tooLarge"));
    });
  }

  it("50,000 conditions in one another leave the item there", () => {
    const condition = `#[cfg(${nested("not(", "unix", ")", 50_000)})] pub struct Gated;`;
    assert.equal(typeIn(analyze(oneCrate(plugin("u8", condition)))).kind, "integer");
  });

  it("a crate whose only file is over 8 MB says so", () => {
    const { problems } = analyze(oneCrate(`${plugin("u8")}// ${"x".repeat(8_000_000)}`));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["fileTooLarge"],
    );
  });

  it("a lib.rs of 5 MB is read", () => {
    const line = "pub fn generated(a: u8) -> u8 { if a > 1 { a - 1 } else { a } }\n";
    const source = `${line.repeat(5_000_000 / line.length)}${plugin("u8")}`;
    assert.equal(typeIn(analyze(oneCrate(source))).kind, "integer");
  });

  it("a type with more fields than are read is too large, and so is what holds it", () => {
    const fields = times(30_000, (at) => `a${at}: u8,`);
    const wide = `${derive} pub struct Wide { ${fields} } ${derive} pub struct Around { w: Wide }`;
    const model = analyze(oneCrate(plugin("Around", wide)));
    const around = model.plugins[0]?.schema.types["demo::Around"];
    assert.match(JSON.stringify(around), /This type is too large to analyse/u);
    assert.equal(typeIn(model).kind, "named");
    const place = model.problems.find(({ message }) => message.includes("not known in full"));
    assert.equal(place?.span.start.line, 2);
  });

  it("what is behind the items of a file that are read is named at its first item", () => {
    const functions = "pub fn f() {}\n".repeat(81_000);
    const { problems, plugins } = analyze(oneCrate(`${plugin("u8")}${functions}${plugin("u8")}`));
    assert.equal(plugins.length, 1);
    const rest = problems.find(({ message }) => message.includes("nothing from here on"));
    const line = rest?.span.start.line ?? 0;
    assert.ok(line > 79_000 && line < 81_000, String(line));
  });

  it("an item of a million tokens is known by its beginning, and what is behind it is read", () => {
    const fields = times(300_000, (at) => `a${at}: u8,`);
    const wide = `${derive} pub struct Wide { ${fields} }`;
    const model = analyze(oneCrate(plugin("Wide", wide)));
    assert.match(reasonOf(typeIn(model)), /This type is too large to analyse/u);
  });

  it("a file that is read in portions is the same as one that is read at once", () => {
    const items = times(4_000, (at) => `/// Has ${at}.\n#[a] pub fn f${at}(a: u8) { g(); }`);
    const broken = `${items}\nfn ends( { }\n`;
    for (const text of [items, broken, `${items}\n/* open`, `${items} }`]) {
      const whole = readFileSyntax("x.rs", text, undefined);
      const found = whole.chunks.flatMap((chunk) => chunk.items);
      assert.equal(found.filter(({ name }) => /^f\d+$/u.test(name)).length, 4_000);
      assert.equal(found[3_999]?.doc?.trim(), "Has 3999.");
      assert.equal(whole.firstError === null, text === items);
    }
  });

  it("5 MB of brackets that do not match are read, on one line", () => {
    const source = `${plugin("u8")}\nfn f() { ${"a+(".repeat(1_000_000)} }`;
    assert.equal(typeIn(analyze(oneCrate(source))).kind, "integer");
  });
});
