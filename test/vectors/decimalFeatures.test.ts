// rust_decimal's features for serde decide how a Decimal crosses: the model's word for each set of them against a program that
// is built with it.

import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { analyze, rust } from "../unit/rust/inMemoryProject.ts";
import { buildProgram, OracleProcess } from "./oracleProcess.ts";

const manifest = path.join(repositoryRoot, "test/vectors/decimalOracle/Cargo.toml");
const sets: readonly (readonly string[])[] = [
  [],
  ["serde-str"],
  ["serde-bincode"],
  ["serde-float"],
  ["serde-str", "serde-float"],
  ["serde-arbitrary-precision"],
  ["serde-float", "serde-arbitrary-precision"],
];

describe("a Decimal by the features of rust_decimal", function () {
  this.timeout(300_000);

  for (const [index, features] of sets.entries()) {
    it(`${features.join(" ") || "by default"}: is read and written as the model says`, async () => {
      const oracle = await startOracle(features, index);
      try {
        await checkReading(oracle, features);
        await checkWriting(oracle, features);
      } finally {
        oracle.dispose();
      }
    });
  }
});

async function startOracle(features: readonly string[], index: number): Promise<OracleProcess> {
  const built = await buildProgram(manifest, features);
  // The next set of features is built into the same file.
  const program = path.join(testTargetFolder(), "debug", `decimal-oracle-${index}`);
  await copyFile(built, program);
  return new OracleProcess(program);
}

function typesWith(features: readonly string[]): { reading: TypeSchema; writing: TypeSchema } {
  const decimal = { key: "rust_decimal", packageName: "rust_decimal", features };
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": rust`
use fidius::plugin_interface;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn echo(&self, value: rust_decimal::Decimal) -> rust_decimal::Decimal; }
`,
      },
      dependencies: ["fidius", decimal],
    },
  });
  const [method] = model.interfaces[0]?.schema.methods ?? [];
  const reading = method?.arguments[0]?.type;
  assert.ok(reading !== undefined && method?.returns.kind === "value");
  return { reading, writing: method.returns.type };
}

/** Every value is read, or none where the model warns of it. */
async function checkReading(oracle: OracleProcess, features: readonly string[]): Promise<void> {
  const { reading } = typesWith(features);
  const isRead = (reading.warnings ?? []).length === 0 && reading.kind !== "unknown";
  assert.equal(isRead, features.includes("serde-str") || features.includes("serde-bincode"));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -1e9, max: 1e9 }), async (cents) => {
      const number = cents / 4;
      const value = reading.kind === "float" ? number : number.toFixed(2);
      const encoded = encodeValue(reading, {}, value);
      assert.ok(encoded.ok);
      const answer = await oracle.ask(0, encoded.value);
      assert.equal(answer.ok, isRead, JSON.stringify([value, answer]));
    }),
    { numRuns: 50, seed: 3 },
  );
}

/** What is written is what the model reads. */
async function checkWriting(oracle: OracleProcess, features: readonly string[]): Promise<void> {
  const { writing } = typesWith(features);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -1e9, max: 1e9 }), async (cents) => {
      const text = (cents / 4).toFixed(2);
      const answer = await oracle.ask(1, Buffer.from(text));
      if (writing.kind === "unknown") {
        return;
      }
      assert.ok(answer.ok, answer.ok ? "" : answer.message);
      const decoded = decodeValue(writing, {}, answer.bytes);
      assert.ok(decoded.ok, JSON.stringify(decoded));
      const { value } = decoded.value;
      assert.equal(Number(value), cents / 4);
      assert.equal(typeof value, writing.kind === "float" ? "number" : "string");
    }),
    { numRuns: 50, seed: 4 },
  );
}
