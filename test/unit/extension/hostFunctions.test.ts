// What the panel's section on host functions lists: from the sources, from the library's imports, and where the two differ.

import assert from "node:assert/strict";
import {
  describeHostFunctions,
  knownHostInterfaces,
} from "../../../src/extension/hostFunctions/describeHostFunctions.ts";
import type { HostImport } from "../../../src/model/hostFunctions.ts";
import type { HostInterfaceSchema } from "../../../src/model/plugin.ts";
import { samplePlugin } from "../../support/schemaSamples.ts";

const linking = (...ids: readonly string[]) =>
  samplePlugin("demo", "Demo", { hostInterfaceIds: ids });

function hostInterface(id: string, hash: string): HostInterfaceSchema {
  const { crate, nameSpan } = samplePlugin("iface", "Unused");
  const name = id.replace(/^.*::/u, "");
  return { id, name, crate, version: 1, hash, methods: [], types: {}, nameSpan };
}

function hostImport(interfaceName: string, interfaceHash: string, isBound = false): HostImport {
  return { interfaceName, interfaceHash, interfaceVersion: 1, isBound };
}

describe("host functions in the panel", () => {
  const store = hostInterface("iface::Store", "aa");
  const clock = hostInterface("iface::Clock", "bb");
  const sources = [store, clock];

  it("before a library was loaded: what the package links", () => {
    const known = knownHostInterfaces(linking(clock.id), sources, undefined);
    assert.deepEqual(
      known.map(({ name, schemaId, isImported }) => [name, schemaId, isImported]),
      [["Clock", clock.id, null]],
    );
    assert.deepEqual(knownHostInterfaces(linking(), sources, undefined), []);
  });

  it("afterwards: what the library imports, with what is bound, then what is only in the source", () => {
    const imports = [hostImport("Store", "aa", true)];
    const known = knownHostInterfaces(linking(clock.id, store.id), sources, imports);
    assert.deepEqual(
      known.map(({ name, isImported, isBound, note }) => [name, isImported, isBound, note]),
      [
        ["Store", true, true, null],
        ["Clock", false, false, null],
      ],
    );
  });

  it("of two interfaces of a name, the one that the library has", () => {
    const other = hostInterface("other::Store", "cc");
    const imports = [hostImport("Store", "cc")];
    const known = knownHostInterfaces(linking(store.id), [store, other], imports);
    assert.deepEqual(
      known.map(({ schemaId, note }) => [schemaId, note]),
      [[other.id, null]],
    );
  });

  it("says what the library has another state of, and what no source shows", () => {
    const imports = [hostImport("Store", "old"), hostImport("Gone", "dd")];
    const known = knownHostInterfaces(linking(store.id), sources, imports);
    assert.deepEqual(
      known.map(({ name, schemaId }) => [name, schemaId]),
      [
        ["Store", store.id],
        ["Gone", null],
      ],
    );
    assert.match(known[0]?.note ?? "", /hash old.*hash aa.*Build the plugin again/u);
    assert.match(known[1]?.note ?? "", /source was not found/u);
  });

  it("is null for a plugin that asks for nothing, and read-only for a file that is no set-up", () => {
    const rest = { file: "/x.json", isThere: true, readOnly: null };
    assert.equal(describeHostFunctions([], { setup: {}, problems: [] }, rest), null);
    const known = knownHostInterfaces(linking("iface::Store"), sources, undefined);
    const broken = describeHostFunctions(known, { setup: null, problems: [] }, rest);
    assert.ok(broken?.isBroken === true && broken.readOnly !== null);
    const answered = {
      Store: { functions: { f: { kind: "module", module: "./f.mjs" } as const } },
    };
    const read = describeHostFunctions(known, { setup: answered, problems: [] }, rest);
    assert.deepEqual(read?.interfaces[0]?.setup, answered.Store);
    assert.equal(read.readOnly, null);
  });
});
