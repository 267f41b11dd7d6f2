// What a panel shows while somebody types in the method's source.

import assert from "node:assert/strict";
import type { FoundMethod } from "../../../src/extension/panel/panelState.ts";
import { SteadyMethod } from "../../../src/extension/panel/steadyMethod.ts";
import { sampleMethod, samplePlugin } from "../../support/schemaSamples.ts";

function found(name: string): FoundMethod {
  const method = sampleMethod(name);
  return { plugin: samplePlugin("demo", "Basic", { methods: [method] }), method };
}

describe("method while its source is edited", () => {
  const [before, after] = [found("add"), found("add")];

  it("keeps its types, and stays, while a file does not parse, and takes those of the file that does", () => {
    const steady = new SteadyMethod();
    assert.equal(steady.of(before, []), before);
    assert.equal(steady.of(after, ["lib.rs"]), before);
    assert.equal(steady.of(undefined, ["lib.rs"]), before);
    assert.equal(steady.of(after, []), after);
    assert.equal(steady.of(undefined, []), undefined);
  });

  it("is not held up by a file that did not parse before either", () => {
    const steady = new SteadyMethod();
    steady.of(before, ["broken.rs"]);
    assert.equal(steady.of(after, ["broken.rs"]), after);
    assert.equal(steady.of(before, ["broken.rs", "lib.rs"]), after);
  });

  it("is shown as it is when the panel turns to it", () => {
    const steady = new SteadyMethod();
    steady.of(before, []);
    steady.reset();
    assert.equal(steady.of(after, ["lib.rs"]), after);
  });
});
