// Which method a selector names, and what is said when it names none or several: every candidate offered selects one.

import assert from "node:assert/strict";
import { selectMethod } from "../../../src/cli/options/selectMethod.ts";
import { sampleMethod, sampleModel, samplePlugin } from "../../support/schemaSamples.ts";

const model = sampleModel(
  samplePlugin("one", "Same"),
  samplePlugin("two", "Same"),
  samplePlugin("two", "Other", { methods: [sampleMethod("go"), sampleMethod("stop")] }),
  samplePlugin("three", "Twice", { id: "three::a::Twice as A" }),
  samplePlugin("three", "Twice", { id: "three::b::Twice as B" }),
);

describe("selectMethod", () => {
  for (const [selector, plugin, method] of [
    ["Other.stop", "two::Other as Calculator", "stop"],
    ["two/Same.add", "two::Same as Calculator", "add"],
    ["three::b::Twice as B.add", "three::b::Twice as B", "add"],
    [" Other . go ", "two::Other as Calculator", "go"],
  ] as const) {
    it(`finds ${selector}`, () => {
      const selected = selectMethod(model, selector);
      assert.ok(selected.ok);
      assert.equal(selected.value.plugin.id, plugin);
      assert.equal(selected.value.method.name, method);
    });
  }

  for (const selector of ["Same.add", "Twice.add"]) {
    it(`offers candidates for ${selector}, each of which selects one method`, () => {
      const selected = selectMethod(model, selector);
      assert.equal(selected.ok, false);
      const candidates = selected.error.details?.["candidates"] as string[];
      assert.equal(candidates.length, 2);
      for (const candidate of candidates) {
        assert.ok(selectMethod(model, candidate).ok, candidate);
        assert.ok(selected.error.message.includes(candidate));
      }
    });
  }

  for (const [selector, message] of [
    ["Same", /names no method/],
    [".add", /names no method/],
    ["Same.", /names no method/],
    ["Gone.add", /no plugin Gone.*two\/Other/],
    ["one/Other.go", /no plugin one\/Other/],
    ["Other.gone", /Other has no method gone.*Other\.go, Other\.stop/],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(selector)}`, () => {
      const selected = selectMethod(model, selector);
      assert.equal(selected.ok, false);
      assert.equal(selected.error.exitCode, 1);
      assert.match(selected.error.message, message);
    });
  }

  it("says that nothing was found at all", () => {
    const selected = selectMethod(sampleModel(), "A.b");
    assert.equal(selected.ok, false);
    assert.match(selected.error.message, /#\[plugin_impl\]/);
  });
});
