// Every line of Fidius called through the host, with schemas read from its source: the same bytes go in and the same values
// come out as with Fidius' own host of that line, and the interface hash from source is the binary's.

import assert from "node:assert/strict";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { encodeArguments } from "../../src/codec/bincode/encode.ts";
import { writeJsonWire } from "../../src/codec/debugJson/jsonWireWrite.ts";
import { inputForWire } from "../../src/codec/method/wireForm.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallResult } from "../../src/model/outcome.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { wireFormOf } from "../../src/runner/session/libraryWire.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "../host/harness.ts";
import { builtLine, lineFolder, lineName, lines } from "./lines.ts";
import type { Line } from "./lines.ts";

const sample: JsonObject = {
  yes: true,
  tiny: -7,
  most: "18446744073709551615",
  huge: "340282366920938463463374607431768211455",
  least: "-170141183460469231731687303715884105728",
  single: 0.1,
  double: -2.5e300,
  letter: "é",
  text: 'tab\t quote" \u{1f600}',
  maybe: 3,
  bytes: "hex:007fff",
  shapes: ["Empty", { Dot: -1 }, { Line: [1, 2] }, { Label: { text: "", size: null } }],
  fixed: [1, 2, 65535],
  pair: [9, null],
  names: { a: "-9223372036854775808", "b c": "0" },
  numbers: [
    [1, true],
    [4294967295, false],
  ],
  outcome: { Err: "no" },
  meters: 12,
  marker: null,
};

/** The calls that the oracle of a line makes, in its order. */
function callsOf(line: Line): readonly (readonly [method: string, args: JsonObject])[] {
  return [
    ["double", { value: 21 }],
    ["greet", { name: "Ada" }],
    ["mirror", { sample }],
    ["turn", { shape: { Line: [1, 2] } }],
    ["divide", { division: { dividend: 7, divisor: 2 } }],
    ["divide", { division: { dividend: 7, divisor: 0 } }],
    ["refuse", { size: 3 }],
    ["panic_now", { message: "boom" }],
    ["later", { value: "41" }],
    ["quiet", { value: 1 }],
    ...(line.hasTuples
      ? ([
          ["nothing", {}],
          ["answer", {}],
          ["add", { left: 20, right: 22 }],
        ] as const)
      : []),
    ["extra", { value: 255 }],
  ];
}

for (const line of lines) {
  describe(`Fidius ${lineName(line)}`, function () {
    this.timeout(60_000);
    let test: TestRunner;
    let model: ProjectModel;
    let library = "";

    before(async function () {
      this.timeout(600_000);
      test = await TestRunner.create();
      model = await loadProject(lineFolder(line), nullLogger);
      ({ library } = await builtLine(line));
    });
    after(() => test.dispose());

    const schemaOf = (name: string): PluginSchema => {
      const found = model.plugins.find((plugin) => plugin.name === name);
      assert.ok(found !== undefined, `${name} was not found in the source`);
      return found;
    };
    const call = (plugin: string, method: string, args: JsonObject = {}) =>
      test.call(library, schemaOf(plugin), method, args);

    it("is found in the source with its release, and the hashes from source are the binary's", async () => {
      const report = await test.runner.inspect(library);
      assert.ok(report.ok, JSON.stringify(report));
      assert.equal(report.value.abi, line.abi);
      assert.equal(report.value.plugins.length, model.plugins.length);
      for (const binary of report.value.plugins) {
        const schema = schemaOf(binary.name);
        assert.equal(schema.interfaceHash, binary.interfaceHash, binary.name);
        assert.equal(schema.interfaceName, binary.interfaceName);
        assert.equal(schema.buffer, binary.buffer);
        assert.equal(schema.fidiusVersion, line.version);
        assert.deepEqual(schema.missingAsyncFeatures, []);
        assert.equal(binary.methodCount, line.abi === 1 ? null : schema.methods.length);
        assert.equal(binary.wire, line.values);
        for (const { traitIndex, metadata } of schema.methods) {
          assert.deepEqual(binary.methodMetadata[traitIndex] ?? [], metadata ?? []);
        }
        const declared = model.interfaces.find(({ id }) => id === schema.interfaceId);
        assert.deepEqual(binary.traitMetadata, declared?.metadata ?? []);
      }
    });

    if (line.hasHost) {
      it("takes the bytes and gives the values that Fidius' own host says", async () => {
        const { calls: expected } = await builtLine(line);
        const basic = schemaOf("Basic");
        const calls = callsOf(line);
        assert.deepEqual(
          expected.map(({ method }) => method),
          calls.map(([method]) => method),
        );
        for (const [index, [name, args]] of calls.entries()) {
          const oracle = expected[index];
          const { result } = await call("Basic", name, args);
          assert.equal(await sentHex(basic, name, args), oracle?.input, name);
          assert.deepEqual(plainly(basic, name, result), {
            kind: oracle?.kind,
            value: oracle?.value,
          });
        }
      });
    }

    it("gives errors of a type of their own", async () => {
      const refused = resultOf(await call("Basic", "refuse", { size: 11 }), "pluginError");
      assert.deepEqual(refused.value, { TooLarge: { limit: 10 } });
      assert.equal(refused.error, undefined);
      const divided = resultOf(
        await call("Basic", "divide", { division: { dividend: 1, divisor: 0 } }),
        "pluginError",
      );
      assert.deepEqual(divided.error, {
        code: "DIVISION",
        message: "cannot divide by zero",
        details: null,
      });
    });

    it("survives a panic and names it and its place", async () => {
      const { panic } = resultOf(await call("Basic", "panic_now", { message: "boom" }), "panic");
      assert.equal(panic.message, "boom");
      assert.match(panic.location?.file ?? "", /src[/\\]lib\.rs$/);
      assert.equal(valueOf(await call("Basic", "double", { value: 4 })), 8);
    });

    it("runs the slot of the impl block's order, with an optional method between required ones", async () => {
      assert.equal(valueOf(await call("Permuted", "first", { value: 1 })), 11);
      assert.equal(valueOf(await call("Permuted", "between", { value: 1 })), 21);
      assert.equal(valueOf(await call("Permuted", "last", { value: 1 })), 31);
    });

    if (line.abi >= 100) {
      it("gets results in an arena, and retries with a larger one", async () => {
        const text = "0123456789".repeat(10);
        const small = await call("Roomy", "repeat", { text, times: 2 });
        assert.equal(valueOf(small), text.repeat(2));
        assert.deepEqual(small.notes, []);
        const large = await call("Roomy", "repeat", { text, times: 2000 });
        assert.equal(valueOf(large), text.repeat(2000));
        assert.match(large.notes.join(), /the method ran 2 times/);
        const again = await call("Roomy", "repeat", { text, times: 2000 });
        assert.deepEqual(again.notes, []);
        const failed = resultOf(await call("Roomy", "fail", { length: 300_000 }), "pluginError");
        assert.equal(failed.error?.message.length, 300_000);
        const { panic } = resultOf(await call("Roomy", "panic_here", { message: "in" }), "panic");
        assert.equal(panic.message, "in");
      });
    }

    if (line.abi >= 200) {
      it("takes and gives raw bytes, also in a Result", async () => {
        const bytes = "hex:010203";
        assert.equal(valueOf(await call("Basic", "reverse", { bytes })), "hex:030201");
        assert.equal(valueOf(await call("Basic", "checked", { bytes })), bytes);
        assert.equal(valueOf(await call("Basic", "reverse", { bytes: "hex:" })), "hex:");
        const empty = resultOf(await call("Basic", "checked", { bytes: "hex:" }), "pluginError");
        assert.equal(empty.error?.code, "EMPTY");
      });
    }

    async function sentHex(plugin: PluginSchema, name: string, args: JsonObject): Promise<string> {
      const method = methodOf(plugin, name);
      const report = await test.runner.inspect(library);
      assert.ok(report.ok);
      const target = report.value.plugins.find((other) => other.name === plugin.name);
      assert.ok(target !== undefined);
      const form = wireFormOf(report.value, target, plugin, method);
      const encoded = encodeArguments(method, plugin.types, args);
      assert.ok(form.ok && encoded.ok);
      const input = inputForWire(form.value, method, plugin.types, encoded.value);
      assert.ok(input.ok, JSON.stringify(input));
      return Buffer.from(input.value).toString("hex");
    }
  });
}

/** A result as the oracle says it. */
function plainly(
  plugin: PluginSchema,
  name: string,
  result: CallResult,
): { readonly kind: string; readonly value: string } {
  const { returns } = methodOf(plugin, name);
  // The first release gives a Result as it is, and no message with a panic.
  const isFirst = plugin.fidiusVersion === "0.0.0-alpha.1";
  if (result.kind === "ok") {
    const type = returns.kind === "result" ? returns.success : returns.type;
    const text = jsonOf(type, plugin, result.value);
    return { kind: "ok", value: isFirst && returns.kind === "result" ? `{"Ok":${text}}` : text };
  }
  if (result.kind === "pluginError") {
    const type = returns.kind === "result" ? returns.failure : returns.type;
    const text = jsonOf(type, plugin, result.value);
    return isFirst ? { kind: "ok", value: `{"Err":${text}}` } : { kind: "error", value: text };
  }
  return result.kind === "panic"
    ? { kind: "panic", value: isFirst ? "null" : JSON.stringify(result.panic.message) }
    : { kind: result.kind, value: JSON.stringify(result) };
}

function jsonOf(type: TypeSchema, plugin: PluginSchema, value: JsonValue): string {
  const written = writeJsonWire(type, plugin.types, value);
  assert.ok(written.ok, JSON.stringify(written));
  return written.value;
}
