// The fixture plugins called with schemas that were read from their sources: the interface hash computed from source is the
// binary's, slots and types fit, and every kind of value comes back as it went in.

import assert from "node:assert/strict";
import fc from "fast-check";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { defaultArguments } from "../../src/codec/values/defaults.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import type { FixtureName } from "../support/fixtureLibraries.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { TestRunner, valueOf } from "./harness.ts";

describe("schemas read from source, against binaries", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let model: ProjectModel;

  before(async function () {
    this.timeout(600_000);
    test = await TestRunner.create();
    model = await loadProject(fixturesFolder, nullLogger);
    await fixtureLibrary("calls");
  });
  after(() => test.dispose());

  function schemaOf(name: string): PluginSchema {
    const found = model.plugins.find((plugin) => plugin.name === name);
    assert.ok(found !== undefined, `${name} was not found in the source`);
    return found;
  }

  const plugins: readonly (readonly [FixtureName, string])[] = [
    ["calls", "AllCalls"],
    ["calls", "InArena"],
    ["calls", "ConfiguredGreeter"],
    ["configured", "Greeter"],
    ["configured", "Counter"],
    ["faults", "Misbehaving"],
    ["streams", "AllStreams"],
  ];

  for (const [library, name] of plugins) {
    it(`the hash of ${name} is the binary's`, async () => {
      const report = await test.runner.inspect(await fixtureLibrary(library));
      assert.ok(report.ok);
      const binary = report.value.plugins.find((plugin) => plugin.name === name);
      const schema = schemaOf(name);
      assert.equal(schema.interfaceHash, binary?.interfaceHash);
      assert.equal(schema.interfaceName, binary?.interfaceName);
      assert.equal(schema.methods.length, binary?.methodCount);
      assert.equal(schema.buffer, binary?.buffer);
    });
  }

  it("every method without a fault can be called with its default arguments", async () => {
    const library = await fixtureLibrary("calls");
    const schema = schemaOf("AllCalls");
    for (const { name } of schema.methods) {
      const args = defaultArguments(methodOf(schema, name), schema.types);
      const outcome = await test.call(library, schema, name, args);
      assert.match(outcome.result.kind, /^(?:ok|pluginError)$/, `${name}: ${outcome.result.kind}`);
    }
  });

  it("one value of every kind comes back as it went in", async () => {
    const library = await fixtureLibrary("calls");
    const schema = schemaOf("AllCalls");
    const wide = (bits: number, signed: boolean): fc.Arbitrary<string> => {
      const half = 2n ** BigInt(bits - 1);
      const range = signed ? { min: -half, max: half - 1n } : { min: 0n, max: half * 2n - 1n };
      return fc.bigInt(range).map(String);
    };
    const text = fc.string({ unit: "grapheme", maxLength: 20 });
    // The sign of zero is kept, and JSON numbers cannot have it.
    const written = (value: number): number | string => {
      if (Object.is(value, -0)) {
        return "-0";
      }
      return Number.isFinite(value) ? value : String(value);
    };
    // Quarters read the same in both widths; the codec's own tests take all of them.
    const single = fc.integer({ min: -100_000, max: 100_000 }).map((value) => value / 4);
    const double = fc.double({ noNaN: true }).map(written);
    const point = fc.record({ x: single, y: double });
    const shape = fc.oneof(
      fc.constant("Empty"),
      point.map((it) => ({ Dot: it })),
      fc.tuple(point, point).map((line) => ({ Line: line })),
      fc.record({ text, size: fc.option(fc.nat(0xffff)) }).map((label) => ({ Label: label })),
    );
    const maybe = fc.oneof(fc.constant(null), fc.constant({ $some: null }), fc.nat(255));
    const everything = fc.record({
      yes: fc.boolean(),
      tiny: fc.integer({ min: -128, max: 127 }),
      byte: fc.nat(255),
      short: fc.integer({ min: -32768, max: 32767 }),
      word: fc.nat(0xffff_ffff),
      long: wide(64, true),
      big: wide(64, false),
      huge: wide(128, true),
      most: wide(128, false),
      size: wide(64, false),
      single,
      double,
      letter: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      text,
      maybe,
      bytes: fc
        .uint8Array({ maxLength: 12 })
        .map((bytes) => `hex:${Buffer.from(bytes).toString("hex")}`),
      list: fc.array(shape, { maxLength: 4 }),
      fixed: fc.array(fc.nat(0xffff), { minLength: 3, maxLength: 3 }),
      pair: fc.nat(0xffff_ffff).map((meters) => [meters, null]),
      outcome: fc.oneof(
        fc.nat(255).map((value) => ({ Ok: value })),
        text.map((value) => ({ Err: value })),
      ),
    });
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(everything, async (value) => {
        const map = { b: "-1", a: "9007199254740993" };
        const args = { value: { ...value, map } } as JsonObject;
        const outcome = await test.call(library, schema, "echo_everything", args);
        calls += 1;
        // fast-check's records have no prototype; the JSON text has no such differences.
        assert.deepEqual(valueOf(outcome), JSON.parse(JSON.stringify({ ...value, map })));
      }),
      { numRuns: 60 },
    );
    assert.ok(calls >= 60);
  });
});
