// serde's attributes against a real plugin: Rust's own `Debug` says what arrived, and what Rust wrote is read as it was meant.

import assert from "node:assert/strict";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { TestRunner, valueOf } from "./harness.ts";

describe("serde attributes, read and written by a real plugin", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let schema: PluginSchema;
  let library: string;

  before(async function () {
    this.timeout(600_000);
    test = await TestRunner.create();
    const model = await loadProject(fixturesFolder, nullLogger);
    const found = model.plugins.find(({ name }) => name === "AllAttributes");
    assert.ok(found !== undefined);
    schema = found;
    library = await fixtureLibrary("attributed");
  });
  after(() => test.dispose());

  const call = (method: string, args: JsonObject): Promise<CallOutcome> =>
    test.call(library, schema, method, args);

  const read: Readonly<Record<string, readonly (readonly [JsonValue, string])[]>> = {
    one_sided: [
      [
        { before: 1, only_read: 500, after: 4 },
        "OneSided { before: 1, only_read: 500, only_written: 0, after: 4 }",
      ],
    ],
    gapped: [
      ["First", "First"],
      [{ Second: 7 }, "Second(7)"],
      ["Rest", "Rest"],
    ],
    tagged_struct: [[{ value: 6 }, "TaggedStruct { value: 6 }"]],
    converted: [[42, "Converted(42)"]],
    helped: [[{ count: 70_000, after: 2 }, "Helped { count: 70000, after: 2 }"]],
    remote: [
      [{ inner: { x: 1, y: "-2" }, last: 3 }, "Remote { inner: Foreign { x: 1, y: -2 }, last: 3 }"],
    ],
    renamed: [[{ first_one: 1, second_one: 2 }, "Renamed { first_one: 1, second_one: 2 }"]],
    clear: [[500, "Clear { value: 500, cached: None }"]],
    outer: [
      [
        { list: [{ before: 1, only_read: 2, after: 3 }], option: { Second: 8 } },
        "Outer { list: [OneSided { before: 1, only_read: 2, only_written: 0, after: 3 }], option: Some(Second(8)) }",
      ],
    ],
  };
  for (const [name, cases] of Object.entries(read)) {
    for (const [value, debug] of cases) {
      it(`the plugin reads ${debug}`, async () => {
        assert.equal(valueOf(await call(`read_${name}`, { value })), debug);
      });
    }
  }

  const written: Readonly<Record<string, JsonValue>> = {
    one_sided: { before: 1, only_written: 3, after: 4 },
    gapped: ["First", { Second: 7 }, "Rest"],
    internal: [{ FirstCase: { size: 9 } }, "Nothing", { Wrapped: { text: "in", flag: true } }],
    adjacent: [{ Number: -5 }, { Pair: [1, 2] }, "Nothing"],
    tagged_struct: { type: "tagged-struct", value: 6 },
    converted: "number 42",
    remote: { inner: { x: 1, y: "-2" }, last: 3 },
    renamed: { first_one: 1, second_one: 2 },
    clear: 500,
    outer: { list: [{ before: 1, only_written: 3, after: 4 }], option: { Second: 8 } },
  };
  for (const [name, value] of Object.entries(written)) {
    it(`what the plugin writes for ${name} is read as it was meant`, async () => {
      assert.deepEqual(valueOf(await call(`write_${name}`, {})), value);
    });
  }

  it("a value that its conversion refuses is a serialization error of the plugin", async () => {
    const { result } = await call("read_converted", { value: 200 });
    assert.equal(result.kind, "wireError");
  });

  for (const name of ["internal", "adjacent"]) {
    it(`${name}: an argument of it is not known, and any bytes for it are refused by the plugin`, async () => {
      const [argument] = methodOf(schema, `read_${name}`).arguments;
      assert.ok(argument?.type.kind === "named");
      const named = schema.types[argument.type.id];
      assert.ok(named?.kind === "struct" && named.body.kind === "newtype");
      assert.equal(named.body.inner.kind, "unknown");
      assert.deepEqual(
        named.warnings.map(({ code }) => code),
        ["serdeTag"],
      );
      for (const bytes of ["", "00000000", "0900000000000000", "00".repeat(40)]) {
        const { result } = await call(`read_${name}`, { value: { $raw: `hex:${bytes}` } });
        assert.equal(result.kind, "wireError");
      }
    });
  }
});
