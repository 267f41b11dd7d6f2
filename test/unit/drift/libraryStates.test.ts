// Sources against what a library says of itself.

import assert from "node:assert/strict";
import { compare } from "../../../src/drift/compareInterfaces.ts";
import { exampleInterface, runMethod } from "../../../src/drift/example.ts";
import { libraryInterfaces } from "../../../src/drift/libraryStates.ts";
import type { PluginReport } from "../../../src/model/libraryReport.ts";
import { readText, shortly } from "./statesOf.ts";

const then = `${runMethod}\n    fn stop(&self) -> bool;`;

/** A library whose plugin was built from the methods; `more` is what it says otherwise. */
function libraryOf(methods: string, more: Partial<PluginReport> = {}): PluginReport {
  const [state] = readText(exampleInterface({ methods })).states;
  assert.ok(state !== undefined);
  const optional = state.methods.filter(({ isOptional }) => isOptional).length;
  return {
    index: 0,
    name: "Plugin",
    interfaceName: "Tool",
    interfaceHash: state.hash,
    interfaceVersion: 1,
    capabilities: ((1n << BigInt(optional)) - 1n).toString(16),
    buffer: "PluginAllocated",
    methodCount: state.methods.length,
    methodNames: state.methods.map(({ name }) => name),
    wire: "bincode",
    methodMetadata: [],
    traitMetadata: [],
    ...more,
  };
}

function compared(plugin: PluginReport, methods: string, abi = 500) {
  const now = readText(exampleInterface({ methods, version: 2 })).states;
  const report = {
    registryVersion: 1,
    abi,
    releases: "0.5",
    descriptorBytes: 120,
    plugins: [plugin],
    hostImports: null,
  };
  const { pairs, notes } = libraryInterfaces(report, now);
  return {
    changes: shortly(pairs.flatMap(([before, after]) => compare(before, after, () => undefined))),
    notes,
  };
}

/** Without symbols. */
function stripped(plugin: PluginReport): PluginReport {
  const { methodNames: _names, ...rest } = plugin;
  return rest;
}

describe("sources and a library", () => {
  it("of the same interface have no change, with and without symbols", () => {
    assert.deepEqual(compared(libraryOf(then), then).changes, []);
    assert.deepEqual(compared(stripped(libraryOf(then)), then).changes, []);
  });

  it("are compared by the names of its slots", () => {
    const swapped = "    fn stop(&self) -> bool;\n    fn run(&self, input: String) -> String;";
    assert.deepEqual(compared(libraryOf(then), swapped).changes, [
      "methods-reordered run breaking binary",
    ]);
    const above = `    #[optional(since = 2)]\n    fn more(&self);\n${then}`;
    assert.deepEqual(compared(libraryOf(then), above).changes, [
      "optional-inserted-above more breaking binary",
    ]);
    const below = `${then}\n    #[optional(since = 2)]\n    fn more(&self);`;
    assert.deepEqual(compared(libraryOf(then), below).changes, ["optional-added more safe binary"]);
  });

  it("of another hash are told what gives that hash", () => {
    assert.deepEqual(compared(libraryOf(then), runMethod).changes, [
      "method-removed stop breaking binary",
    ]);
    assert.deepEqual(compared(libraryOf(runMethod), then).changes, [
      "method-inserted stop breaking binary",
    ]);
    const retyped = then.replace("String) -> String", "String) -> u8");
    assert.deepEqual(compared(stripped(libraryOf(then)), retyped).changes, [
      "method-retyped run breaking binary",
    ]);
  });

  it("of a hash that nothing explains are told that", () => {
    const other = libraryOf(then, { interfaceHash: "0123456789abcdef" });
    assert.deepEqual(compared(other, then).changes, ["hash-changed  breaking binary"]);
  });

  it("differ in buffer, ABI, version and metadata", () => {
    assert.deepEqual(compared(libraryOf(then, { buffer: "Arena" }), then).changes, [
      "buffer-changed  breaking binary",
    ]);
    assert.deepEqual(compared(libraryOf(then), then, 400).changes, []);
    const lower = libraryOf(runMethod, { interfaceVersion: 3 });
    assert.deepEqual(
      compared(lower, then).changes.at(-1),
      "interface-version-not-raised stop warning binary",
    );
    const described = libraryOf(then, { traitMetadata: [{ key: "unit", value: "s" }] });
    assert.deepEqual(compared(described, then).changes, ["metadata-changed  warning binary"]);
  });

  it("say what a library does not tell", () => {
    const { notes } = compared(stripped(libraryOf(then)), then);
    assert.match(notes.join(" "), /is stripped and does not tell the slots.*holds no types/u);
    const foreign = compared(libraryOf(then, { interfaceName: "Other" }), then);
    assert.match(foreign.notes.join(), /have no interface Other/u);
    assert.deepEqual(foreign.changes, []);
  });
});
