// Printed types against the compiler, which prints them in a macro that reads them as Fidius' own does: what enters the interface
// hash. FIDIUS_FUZZ_SEED draws other random types, FIDIUS_FUZZ_RUNS more.

import assert from "node:assert/strict";
import { printType } from "../../../src/abi/typePrinter.ts";
import { printedTypes } from "./printedTypes.ts";
import { randomPrintedType } from "./randomPrintedType.ts";

const count = Math.ceil(Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400) * 1.3);
const seed = Number(process.env["FIDIUS_FUZZ_SEED"] ?? 1);

const long = (operator: string): string =>
  ["a".repeat(32), "b".repeat(40), "c".repeat(30)].join(` ${operator} `);

const kinds: Readonly<Record<string, readonly string[]>> = {
  "arrows of match arms": [
    "[u8; match WIDE { true => 4, false => 2 }]",
    "[u8; match N { -1 => 4, 1..=3 | 7 if N > -1 => { 1 } Some(-2) => &&x, _ => - 2, }]",
  ],
  "assignments with operators": [
    "[u8; { let mut n = 1; n += 2; n <<= 1; n>>=1; n |= n; n }]",
    "[u8; { n-=1; n*=2; n/=3; n%=4; n^=5; n&=6; n }]",
  ],
  "operators before a value": ["[u8; f(|| 1, &&x, <<A as B>::C as D>::E, x || y && z << 1)]"],
  "types in expressions": [
    "[u8; size_of::<Vec<Vec<u8>>>() >> 1]",
    "[u8; { let x: Vec<Vec<u8>> = y as Vec<Vec<u8>>; x }]",
  ],
  "long blocks": [
    `[u8; { ${long("+")} }]`,
    `[u8; const { ${long("*")} }]`,
    `Few<{ if ${"x".repeat(60)} { ${long("-")} } else { 1 } }>`,
    `[u8; { { { ${long("&")} } } }]`,
  ],
  "macro calls": [
    "mac!(a,b)",
    "a::b::mac! [ a , b ]",
    "[u8; count!{a => b, $ c , d !e ; {f} { g }}]",
    `mac!({${long("b")}})`,
    `mac!({ ${long(";")} })`,
  ],
  "names in several forms": [
    "Gro\u0308\u00dfe",
    "Gr\u00f6\u00dfe",
    "e\u0301::Cafe\u0301<'e\u0301>",
    `(${"Gro\u0308\u00dfe, ".repeat(12)})`,
    'Few<"e\u0301">',
  ],
  "lifetimes behind other arguments": ["Few<u8, 'a>", "Few<u8, 'a, T, 'b,>", "Few<{ 1 }, 'b>"],
};

describe("printed types against the compiler", function () {
  this.timeout(900_000);

  it("of every kind that once was printed otherwise", async () => {
    const sources = Object.entries(kinds).flatMap(([kind, types]) =>
      types.map((source) => ({ kind, source })),
    );
    const printed = await printedTypes(sources.map(({ source }) => source));
    for (const [index, { kind, source }] of sources.entries()) {
      assert.equal(printType(source), printed.get(index), `${kind}: ${source}`);
    }
  });

  it(`of ${count} random token streams, nearly all of them types`, async () => {
    const sources = Array.from({ length: count }, (_, index) => randomPrintedType(seed + index));
    const printed = await printedTypes(sources);
    assert.ok(printed.size > count * 0.7, `${printed.size} of ${count} are types`);
    for (const [index, text] of printed) {
      assert.equal(printType(sources[index] ?? ""), text, JSON.stringify(sources[index]));
    }
  });
});
