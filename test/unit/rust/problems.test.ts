// What is wrong with an interface or a plugin, with the place in the source that it stands on.

import assert from "node:assert/strict";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";

const greeter = rust`
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync { fn greet(&self, name: String) -> String; }
`;

describe("problems", () => {
  /** Codes of all problems with the text they stand on. */
  function check(title: string, trait: string, impl: string, expected: string[]): void {
    it(title, () => {
      const text = rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T: Send + Sync { ${trait} }
struct P;
#[plugin_impl(T)] impl T for P { ${impl} }
fidius::fidius_plugin_registry!();
`;
      const { problems } = analyze(oneCrate(text), undefined, checkCrate);
      const lines = text.split("\n");
      assert.deepEqual(
        problems.map(({ code, span: { start, end } }) => {
          const marked = (lines[start.line] ?? "").slice(start.character, end.character);
          return `${code} ${marked}`;
        }),
        expected,
      );
    });
  }
  check("none in a sound plugin", "fn a(&self);", "fn a(&self) {}", []);
  check("order", "fn a(&self); fn b(&self);", "fn b(&self) {} fn a(&self) {}", ["impl-order b"]);
  check("missing method", "fn a(&self); fn b(&self) {}", "fn a(&self) {}", ["method-missing T"]);
  check("method that the trait lacks", "fn a(&self);", "fn a(&self) {} fn z(&self) {}", [
    "method-not-in-trait z",
  ]);
  check(
    "raw on one side",
    "#[wire(raw)] fn a(&self, d: Vec<u8>) -> Vec<u8>;",
    "fn a(&self, d: Vec<u8>) -> Vec<u8> { d }",
    ["raw-mismatch a"],
  );
  check(
    "shim variables",
    "fn a(&self, instance: u8, arena_cap: u8);",
    "fn a(&self, mut instance: u8, arena_cap: u8) {}",
    ["argument-shadows-shim mut instance"],
  );
  check("unknown type", "fn a(&self, m: Vec<Missing>);", "fn a(&self, m: Vec<Missing>) {}", [
    "unknownType Vec<Missing>",
  ]);

  it("unknown type of a field, on the field", () => {
    const { problems } = analyze(
      oneCrate(rust`
use fidius::*;
#[derive(serde::Serialize)] struct S { good: u8, bad: Missing }
#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { fn a(&self) -> S; }
`),
    );
    assert.deepEqual(
      problems.map(({ code, severity, span }) => [
        code,
        severity,
        span.start.line,
        span.start.character,
      ]),
      [["unknownType", "information", 2, 54]],
    );
  });

  it("different buffer strategies", () => {
    const { problems } = analyze(
      oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = Arena)] pub trait T: Send + Sync { fn a(&self); }
struct P;
#[plugin_impl(T)] impl T for P { fn a(&self) {} }
fidius::fidius_plugin_registry!();
`),
      undefined,
      checkCrate,
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["buffer-mismatch"],
    );
  });

  it("files that are missing or too large", () => {
    const { problems } = analyze(
      oneCrate(`use fidius::*; ${greeter} mod gone; mod big;`, {
        "src/big.rs": " ".repeat(8_000_001),
      }),
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["fileTooLarge", "moduleNotFound"],
    );
  });
});
