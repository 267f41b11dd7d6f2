// Every rule on changes of interfaces: its own example, and what is near to it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { driftIndex, driftPage } from "../../../src/drift/driftPage.ts";
import { exampleInterface, runMethod } from "../../../src/drift/example.ts";
import { driftRules } from "../../../src/drift/rules/index.ts";
import { changesBetween, readText, shortly } from "./statesOf.ts";

/** Rules on what a text alone does not show: releases of Fidius, and libraries. */
const withoutText = new Set(["fidius-changed", "hash-changed"]);

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";

/** The changes of an interface whose method takes a `P`. */
function changesOfType(before: string, after: string, method = "fn run(&self, p: P) -> u8;") {
  const text = (items: string, version: number): string =>
    exampleInterface({ methods: `    ${method}`, items, version });
  return changesBetween(text(before, 1), text(after, 2));
}

function changesOfMethods(before: string, after: string) {
  return shortly(
    changesBetween(
      exampleInterface({ methods: before }),
      exampleInterface({ methods: after, version: 2 }),
    ),
  );
}

describe("rules on changes of interfaces", () => {
  for (const { id, severity, category, page } of driftRules) {
    if (!withoutText.has(id)) {
      it(`${id} is told of its example, at a place in it`, () => {
        const found = changesBetween(page.before, page.after).find(({ rule }) => rule === id);
        assert.ok(found !== undefined, shortly(changesBetween(page.before, page.after)).join());
        assert.deepEqual([found.severity, found.category], [severity, category]);
        assert.ok(found.span !== undefined);
        assert.match(found.message, /^.*[.]$/u);
      });
    }
    it(`nothing is told of the text of ${id} and itself`, () => {
      for (const text of [page.before, page.after]) {
        const changes = changesBetween(text, text).filter(
          ({ rule }) => rule !== "wire-form-unknown",
        );
        assert.deepEqual(shortly(changes), []);
      }
    });
  }

  it("have a page each in docs/drift, as it is generated", () => {
    const folder = join(import.meta.dirname, "../../../docs/drift");
    const pages = new Map(driftRules.map((rule) => [`${rule.id}.md`, driftPage(rule)]));
    pages.set("README.md", driftIndex(driftRules));
    assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
    for (const [file, text] of pages) {
      assert.equal(readFileSync(join(folder, file), "utf8"), text, `${file}: run npm run docs`);
    }
  });

  it("have ids that are unique", () => {
    const ids = driftRules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe("methods", () => {
  it("that stand at the slot of one that is gone with its types are renamed, others are removed and inserted", () => {
    assert.deepEqual(
      changesOfMethods("fn a(&self) -> u8;\nfn b(&self);", "fn c(&self) -> u8;\nfn b(&self);"),
      ["method-renamed c breaking binary"],
    );
    assert.deepEqual(
      changesOfMethods("fn a(&self) -> u8;\nfn b(&self);", "fn b(&self);\nfn c(&self) -> u8;"),
      ["method-removed a breaking binary", "method-inserted c breaking binary"],
    );
  });

  it("that are optional and renamed break sources alone", () => {
    assert.deepEqual(
      changesOfMethods(
        `${runMethod}\n#[optional(since = 1)] fn a(&self);`,
        `${runMethod}\n#[optional(since = 1)] fn b(&self);`,
      ),
      ["method-renamed b breaking source"],
    );
  });

  it("that are optional and last can go without breaking what is built", () => {
    const optional = (name: string): string => `#[optional(since = 1)] fn ${name}(&self);`;
    assert.deepEqual(changesOfMethods(`${runMethod}\n${optional("a")}`, runMethod), [
      "method-removed a breaking source",
    ]);
    assert.deepEqual(
      changesOfMethods(
        `${runMethod}\n${optional("a")}\n${optional("b")}`,
        `${runMethod}\n${optional("b")}`,
      ),
      ["method-removed a breaking binary"],
    );
  });

  it("are moved as few as explain the order", () => {
    assert.deepEqual(
      changesOfMethods(
        "fn a(&self);\nfn b(&self);\nfn c(&self);",
        "fn c(&self);\nfn a(&self);\nfn b(&self);",
      ),
      ["methods-reordered c breaking binary"],
    );
  });

  it("that are optional and retyped are told to be misread, since no hash refuses them", () => {
    const [change] = changesBetween(
      exampleInterface({ methods: `${runMethod}\n#[optional(since = 1)] fn a(&self, x: u8);` }),
      exampleInterface({
        methods: `${runMethod}\n#[optional(since = 1)] fn a(&self, x: u16);`,
        version: 2,
      }),
    );
    assert.equal(change?.rule, "method-retyped");
    assert.match(change.message, /^`a` was `\(u8\) -> \(\)` and is `\(u16\) -> \(\)`\. .*misread/u);
  });

  it("keep their meaning when only an argument's name, a comment or spacing changes", () => {
    assert.deepEqual(
      changesOfMethods("fn a(&self, x: Vec<u8>);", "/// New.\nfn a(&self, y: Vec < u8 >);"),
      [],
    );
  });

  it("of a host interface are compared too", () => {
    const text = (methods: string): string =>
      `use fidius::host_interface;\n\n#[host_interface(version = 1)]\npub trait Services: Send + Sync {\n${methods}\n}\n`;
    assert.deepEqual(
      shortly(
        changesBetween(text("fn a(&self);\nfn b(&self);"), text("fn b(&self);\nfn a(&self);")),
      ),
      ["methods-reordered a breaking binary", "interface-version-not-raised a warning binary"],
    );
  });
});

describe("wire forms", () => {
  const struct = (fields: string): string => `${derive}pub struct P {\n${fields}\n}`;

  it("change with a field that is new, gone, moved or of another type", () => {
    for (const [before, after, clause] of [
      ["x: u8,", "x: u8, y: u8,", /`P` gained the field `y`/u],
      ["x: u8, y: u8,", "x: u8,", /`P` lost the field `y`/u],
      ["x: u8, y: u8,", "y: u8, x: u8,", /`P` has its fields in another order/u],
      ["x: u8,", "x: u16,", /`P\.x` was `u8` and is `u16`/u],
      ["x: u8,", "x: Option<u8>,", /`P\.x` was `u8` and is `Option<u8>`/u],
    ] as const) {
      const [change, ...others] = changesOfType(struct(before), struct(after));
      assert.deepEqual([change?.rule, others], ["wire-form-changed", []]);
      assert.match(change?.message ?? "", clause);
    }
  });

  it("change with what serde's attributes say", () => {
    for (const [before, after] of [
      ["x: u8,", "#[serde(skip)] x: u8,"],
      ["x: Option<u8>,", '#[serde(with = "serde_bytes")] x: Vec<u8>,'],
    ] as const) {
      const rules = changesOfType(struct(before), struct(after)).map(({ rule }) => rule);
      assert.deepEqual(rules, ["wire-form-changed"], `${before} → ${after}`);
    }
    const tagged = (attribute: string): string => `${derive}${attribute}pub enum P {\nA,\nB,\n}`;
    assert.deepEqual(
      changesOfType(tagged(""), tagged('#[serde(tag = "t")]\n')).map(({ rule }) => rule)[0],
      "wire-form-changed",
    );
  });

  it("do not change with a field that serde skips, with docs, derives and visibility", () => {
    assert.deepEqual(
      changesOfType(struct("x: u8,"), struct("/// X.\npub x: u8, #[serde(skip)] y: u8,")),
      [],
    );
  });

  it("change with an alias behind the same name", () => {
    const [change] = changesOfType("pub type P = u32;", "pub type P = u64;");
    assert.equal(change?.rule, "wire-form-changed");
    assert.match(change.message, /^the argument `p`/u);
  });

  it("change with types deep inside, and are told once with all the methods", () => {
    const items = (field: string): string =>
      `${derive}pub struct P { list: Vec<Option<Q>> }\n${derive}pub struct Q { ${field} }`;
    const changes = changesOfType(
      items("a: u8"),
      items("a: u8, b: u8"),
      "fn run(&self, p: P) -> u8;\nfn go(&self) -> Result<Q, fidius::PluginError>;",
    );
    assert.deepEqual(shortly(changes), ["wire-form-changed run+go breaking binary"]);
    assert.match(
      changes[0]?.message ?? "",
      /^`Q` gained the field `b`; `run` and `go` keep their hash, but/u,
    );
    assert.equal(changes[0]?.span?.start.line, 5);
  });

  it("of recursive types come to an end", () => {
    const items = (more: string): string =>
      `${derive}pub struct P { next: Option<Box<P>>, others: Vec<P>${more} }`;
    assert.deepEqual(changesOfType(items(""), items("")), []);
    assert.equal(changesOfType(items(""), items(", x: u8")).length, 1);
  });

  it("stay behind another name of a field, a newtype or a type of the same bytes, and sources break", () => {
    for (const [before, after] of [
      [struct("x: u8,"), struct("y: u8,")],
      [struct("x: u8,"), `${struct("x: W,")}\n${derive}pub struct W(u8);`],
      [struct("x: u8, z: u16,"), `${derive}pub struct P(u8, u16);`],
    ] as const) {
      assert.deepEqual(shortly(changesOfType(before, after)), ["part-renamed run breaking source"]);
    }
  });

  it("of an enum stay with a variant at its end, and change with one above or gone", () => {
    const variants = (list: string): string => `${derive}pub enum P {\n${list}\n}`;
    const short = (before: string, after: string): string | undefined =>
      shortly(changesOfType(variants(before), variants(after)))[0];
    assert.equal(short("A, B(u8),", "A, B(u8), C,"), "variant-added run breaking source");
    assert.equal(short("A, B(u8),", "A, C, B(u8),"), "wire-form-changed run breaking binary");
    assert.equal(short("A, B(u8),", "B(u8),"), "wire-form-changed run breaking binary");
    assert.equal(short("A, B(u8),", "A, B(u16),"), "wire-form-changed run breaking binary");
    assert.equal(short("A, B(u8),", "Z, B(u8),"), "part-renamed run breaking source");
  });

  it("that are not known are told, and are no change", () => {
    const text = exampleInterface({ methods: "fn run(&self, p: other::P) -> u8;" });
    assert.deepEqual(shortly(changesBetween(text, text)), ["wire-form-unknown run warning binary"]);
  });
});

describe("interfaces", () => {
  it("that moved are compared all the same", () => {
    const inside = `mod tools {\n${exampleInterface({ methods: "fn run(&self);" })}}\n`;
    assert.deepEqual(
      shortly(changesBetween(exampleInterface({ methods: "fn run(&self, x: u8);" }), inside)),
      [
        "interface-moved  warning source",
        "method-retyped run breaking binary",
        "interface-version-not-raised run warning binary",
      ],
    );
  });

  it("have the places of today", () => {
    const { states } = readText(exampleInterface({ methods: runMethod }));
    assert.equal(states[0]?.span?.file, "/ws/demo/src/lib.rs");
  });
});
