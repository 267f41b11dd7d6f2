// Names of new crates: what cargo or rustc refuses is refused in one sentence, and types get names that mean nothing else.

import assert from "node:assert/strict";
import { checkCrateName, traitNameOf, typeNameOf } from "../../../src/scaffold/crateNames.ts";

describe("names of new crates", () => {
  const refused: readonly (readonly [name: string, reason: RegExp])[] = [
    ["", /it is empty/],
    ["1st", /begins with a letter/],
    ["-x", /begins with a letter/],
    ["größe", /begins with a letter/],
    ["a b", /begins with a letter/],
    ["a/b", /begins with a letter/],
    ["..", /begins with a letter/],
    ["async", /keyword/],
    ["self", /keyword/],
    ["std", /a crate that the new one needs/],
    ["proc-macro", /a crate that the new one needs/],
    ["fidius", /a crate that the new one needs/],
    ["fidius-core", /a crate that the new one needs/],
    ["test", /a crate that the new one needs/],
    ["deps", /folder of that name/],
    ["con", /Windows/],
    ["x".repeat(65), /more than 64 characters/],
  ];
  for (const [name, reason] of refused) {
    it(`refuses ${JSON.stringify(name.slice(0, 20))} in one sentence with a next step`, () => {
      const result = checkCrateName(name);
      assert.ok(!result.ok);
      assert.match(result.error, reason);
      assert.match(result.error, /Give another name\.$/);
    });
  }

  it("takes what cargo takes", () => {
    for (const name of ["greeter", "polite-greeter", "a1_b-2", "X"]) {
      assert.deepEqual(checkCrateName(name), { ok: true, value: name });
    }
  });

  it("names a plugin's type after its crate, and not like a type of the prelude or its trait", () => {
    assert.equal(typeNameOf("polite-greeter", "Plugin"), "PoliteGreeter");
    assert.equal(typeNameOf("polite_2nd--greeter", "Plugin"), "Polite2ndGreeter");
    assert.equal(typeNameOf("string", "Plugin"), "StringPlugin");
    assert.equal(typeNameOf("greeter", "Plugin"), "GreeterPlugin");
    assert.equal(typeNameOf("calculator", "Plugin", ["Calculator"]), "CalculatorPlugin");
  });

  it("names an interface's trait after its crate, without what only says that it is one", () => {
    assert.equal(traitNameOf("greeter-interface"), "Greeter");
    assert.equal(traitNameOf("image_filter_api"), "ImageFilter");
    assert.equal(traitNameOf("interface"), "Interface");
    assert.equal(traitNameOf("string-interface"), "StringPlugin");
    assert.equal(traitNameOf("async-interface"), "AsyncPlugin");
  });
});
