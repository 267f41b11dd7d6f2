// Which method a selector names, and what is said when it names none or several: every candidate offered selects one.

import assert from "node:assert/strict";
import { selectMethod } from "../../../src/cli/options/project/selectMethod.ts";
import type { InterfaceSchema, LeftOut } from "../../../src/model/plugin.ts";
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

  it("lists each method of a plugin that is there twice once", () => {
    const methods = [sampleMethod("start"), sampleMethod("stop")];
    const twice = sampleModel(
      samplePlugin("one", "Engine", { methods }),
      samplePlugin("two", "Engine", { methods }),
    );
    const selected = selectMethod(twice, "Engine.gone");
    assert.equal(selected.ok, false);
    assert.match(selected.error.message, /It has: Engine\.start, Engine\.stop\.$/u);
  });

  it("lists each plugin of an interface once", () => {
    const found = sampleModel(
      samplePlugin("one", "Engine", { interfaceId: "interface::Calculator" }),
      samplePlugin("one", "Engine", { interfaceId: "interface::Calculator" }),
    );
    const { crate, methods, types, nameSpan } = samplePlugin("interface", "Unused");
    const declared: InterfaceSchema = {
      id: "interface::Calculator",
      name: "Calculator",
      version: 1,
      buffer: "PluginAllocated",
      hash: "0123456789abcdef",
      crate,
      methods,
      types,
      nameSpan,
    };
    const selected = selectMethod({ ...found, interfaces: [declared] }, "Calculator.add");
    assert.equal(selected.ok, false);
    assert.match(selected.error.message, /implements it: one\/Engine\.$/u);
  });

  it("gives the reason of the candidate that the user can bring in, not of another target's", () => {
    const { crate, nameSpan } = samplePlugin("gated", "Flat");
    const one = { kind: "plugin", name: "Flat", interfaceName: "Geo", crate, nameSpan } as const;
    const leftOut: readonly LeftOut[] = [
      { ...one, id: "gated::Flat as Geo", needs: "`cfg(windows)`", features: [] },
      { ...one, id: "gated::Flat as Geo", needs: "the feature `plugin`", features: ["plugin"] },
    ];
    const selected = selectMethod({ ...sampleModel(), leftOut }, "Flat.mirror");
    assert.equal(selected.ok, false);
    assert.equal(
      selected.error.message,
      "The plugin Flat is not in this build: it needs the feature `plugin`. Give --features plugin.",
    );
  });

  it("says that nothing was found at all", () => {
    const selected = selectMethod(sampleModel(), "A.b");
    assert.equal(selected.ok, false);
    assert.match(selected.error.message, /#\[plugin_impl\]/);
  });
});
