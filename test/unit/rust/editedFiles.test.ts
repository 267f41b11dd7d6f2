// Reading after an edit gives what reading anew gives, and takes over the items that the edit does not touch.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type FileSyntax, readFileSyntax } from "../../../src/rust/syntax/fileSyntax.ts";
import type { Item } from "../../../src/rust/syntax/items/items.ts";

const items = [
  "#![allow(dead_code)]\n//! A file.\n",
  "use std::{fmt, collections::*};\n",
  "/// Doc.\n#[derive(Clone)]\npub struct Pair<const N: usize> { left: [u8; N], right: Vec<u8> }\n",
  "struct Unit;\nstruct Tuple(u8, #[serde(skip)] u16);\n",
  "pub enum Kind { A = 1 << 3, B { x: u8 }, C(Vec<Vec<u8>>) }\n",
  'const TEXT: &str = "a } // no comment";\n',
  'const RAW: &str = r#"}"{"#; const LETTER: char = \'}\';\n',
  "impl Foo<{ 1 + 2 }> for Pair<3> { fn run<'a>(&'a self) -> u8 { if x { 1 } else { 2 } } }\n",
  "macro_rules! m { ($x:expr) => { { $x } }; }\nm!(1);\n",
  "mod inner { pub fn f() {} /* block } */ }\nmod other;\n",
  'extern "C" { fn c(); }\ntrait T: Sized { type A; const B: u8 = 1; fn f(&self); }\n',
  "fn long() -> impl Fn(u8) -> u8 where u8: Copy {\n    match y { _ => |v| v }\n}\n",
  "type Alias<T> = Result<T, ()>;\nstatic mut N: usize = { 3 };\nunion U { a: u8 }\n",
];
const scraps = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ";",
  '"',
  "'",
  "//",
  "/*",
  "*/",
  "\n",
  " ",
  "#[cfg(x)]",
  "#",
  "pub ",
  "fn f()",
  "struct S",
  "/// more\n",
  'r#"',
  '"#',
  "use a::b;",
  "!",
  "<",
  "é😀",
  "mod m { }",
  "const C: u8 = 1;",
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  added: fc.oneof(fc.constantFrom(...scraps), fc.constant(""), fc.constantFrom(...items)),
});

/** All that a reader of the file can see: items with their places in the file. */
function visible(syntax: FileSyntax): unknown {
  const place = (item: Item, base: number): unknown => [
    item.kind,
    item.name,
    base + item.start,
    base + item.end,
    item.doc,
    item.attributes.map(({ path }) => path.join("::")),
    "items" in item && item.items !== null ? item.items.map((inner) => place(inner, base)) : null,
  ];
  return {
    items: syntax.chunks.flatMap((chunk) => chunk.items.map((item) => place(item, chunk.base))),
    attributes: syntax.attributes.map(({ path }) => path),
    isSound: syntax.firstError === null,
  };
}

function changed(
  text: string,
  { at, removed, added }: { at: number; removed: number; added: string },
): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + added + text.slice(from + removed);
}

describe("a file after edits", () => {
  it("reads as it does anew, whatever was typed in between", () => {
    const texts = fc.array(fc.constantFrom(...items.slice(1)), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(texts, fc.array(edit, { minLength: 1, maxLength: 8 }), (parts, edits) => {
        let text = (items[0] ?? "") + parts.join("\n");
        let syntax = readFileSyntax("x.rs", text, undefined);
        for (const next of edits) {
          text = changed(text, next);
          syntax = readFileSyntax("x.rs", text, syntax);
          assert.deepEqual(visible(syntax), visible(readFileSyntax("x.rs", text, undefined)));
        }
      }),
      { numRuns: Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 300) },
    );
  });

  it("keeps the items that an edit does not touch", () => {
    const text = readFileSync("examples/type-tour/src/lib.rs", "utf8");
    const before = readFileSyntax("lib.rs", text, undefined);
    const place = text.indexOf("{", text.length / 2) + 1;
    const after = readFileSyntax(
      "lib.rs",
      `${text.slice(0, place)} /* typed */ ${text.slice(place)}`,
      before,
    );
    const old = new Set(before.chunks.flatMap((chunk) => chunk.items));
    const read = after.chunks.flatMap((chunk) => chunk.items).filter((item) => !old.has(item));
    assert.equal(read.length, 1);
  });
});
