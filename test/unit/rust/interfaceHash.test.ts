// Hashes of traits as they stand in source, against those that the real macros computed.

import assert from "node:assert/strict";
import vectors from "../../vectors/hash-vectors.json" with { type: "json" };
import { analyze, oneCrate } from "./inMemoryProject.ts";

describe("interface hash from source", () => {
  for (const vector of vectors.filter(({ kind }) => kind === "plugin_interface")) {
    it(`${vector.name}: ${vector.note}`, () => {
      const model = analyze(oneCrate(`#[fidius::${vector.attribute}]\n${vector.trait_source}`));
      const schema = model.interfaces[0]?.schema;
      assert.equal(schema?.name, vector.name);
      assert.equal(schema.hash, vector.hash_hex);
      const lines = schema.methods.map(({ signature, capabilityBit }) => ({
        signature,
        isOptional: capabilityBit !== undefined,
      }));
      const required = lines.filter(({ isOptional }) => !isOptional);
      const optional = lines.filter(({ isOptional }) => isOptional);
      assert.deepEqual(required.map(({ signature }) => signature).sort(), vector.sorted_signatures);
      assert.deepEqual(
        optional.map(({ signature }) => signature),
        vector.optional_signatures_not_hashed,
      );
    });
  }

  for (const vector of vectors.filter(({ kind }) => kind === "host_interface")) {
    it(`${vector.name}: ${vector.note}`, () => {
      const model = analyze(oneCrate(`#[fidius::${vector.attribute}]\n${vector.trait_source}`));
      const schema = model.hostInterfaces[0]?.schema;
      assert.equal(schema?.name, vector.name);
      assert.equal(schema.hash, vector.hash_hex);
      const lines = schema.methods.map(({ signature }) => signature);
      assert.deepEqual(lines.sort(), vector.sorted_signatures);
    });
  }

  it("is tried for every vector", () => {
    const kinds = vectors.map(({ kind }) => kind);
    assert.deepEqual(
      [kinds.length, new Set(kinds)],
      [24, new Set(["plugin_interface", "host_interface"])],
    );
  });
});
