// Host interfaces within reach of a plugin: of its own crate and of what its library links.

import assert from "node:assert/strict";
import type { CrateGraph, CrateNode } from "../../../src/model/crateGraph.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { withHostInterfaces } from "../../../src/project/hostInterfaces.ts";
import { samplePlugin } from "../../support/schemaSamples.ts";

function node(
  name: string,
  ...linked: readonly (readonly [string, "normal" | "dev"])[]
): CrateNode {
  const { crate } = samplePlugin(name, "Unused");
  return {
    id: crate.manifestPath,
    info: crate,
    rootFile: null,
    edition: "2021",
    isLocal: true,
    features: {},
    dependencies: linked.map(([key, kind]) => ({
      key,
      codeName: key,
      packageName: key,
      kind,
      target: null,
      isOptional: false,
      usesDefaultFeatures: true,
      features: [],
      requirement: null,
      crateId: samplePlugin(key, "Unused").crate.manifestPath,
    })),
  };
}

describe("withHostInterfaces", () => {
  const nodes = [
    node("plugin", ["middle", "normal"], ["helper", "dev"]),
    node("middle", ["iface", "normal"]),
    node("iface"),
    node("helper"),
    node("alone"),
  ];
  const graph: CrateGraph = { crates: new Map(nodes.map((each) => [each.id, each])) };
  const hostInterfaces = ["iface", "helper", "plugin"].map((name) => ({
    crateId: samplePlugin(name, "Unused").crate.manifestPath,
    schema: { id: `${name}::Store` },
  })) as unknown as RustModel["hostInterfaces"];

  it("follows normal dependencies, the nearest first", () => {
    const plugins = [samplePlugin("plugin", "One"), samplePlugin("alone", "Two")];
    const [one, two] = withHostInterfaces(plugins, graph, { hostInterfaces });
    assert.deepEqual(one?.hostInterfaceIds, ["plugin::Store", "iface::Store"]);
    assert.equal(two, plugins[1], "nothing to say of it");
  });

  it("leaves plugins alone where there is no host interface", () => {
    const plugins = [samplePlugin("plugin", "One")];
    assert.equal(withHostInterfaces(plugins, graph, { hostInterfaces: [] }), plugins);
  });
});
