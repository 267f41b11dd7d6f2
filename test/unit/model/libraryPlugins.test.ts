// From a library's report to plugins: matched by name and hash, told apart, marked where something is assumed.

import assert from "node:assert/strict";
import { libraryPlugins, type LibraryPluginsRequest } from "../../../src/model/libraryPlugins.ts";
import type { PluginReport } from "../../../src/model/libraryReport.ts";
import type { Buildable, InterfaceSchema, PluginSchema } from "../../../src/model/plugin.ts";
import { analyze } from "../rust/inMemoryProject.ts";

const source = `
  pub mod new {
    #[fidius::plugin_interface(version = 2, buffer = PluginAllocated)]
    pub trait Greeter { fn greet(&self, name: String) -> String; #[optional(since = 2)] fn wave(&self) -> u8; }
  }
  pub mod old {
    #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
    pub trait Greeter { fn greet(&self) -> String; }
  }
  #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
  pub trait Counter { fn count(&self, words: Vec<String>) -> u64; fn first(&self) -> u8; }
  pub struct Visible;
  #[fidius::plugin_impl(Counter)]
  impl Counter for Visible { fn first(&self) -> u8 { 1 } fn count(&self, words: Vec<String>) -> u64 { 1 } }
`;

const model = analyze({ iface: { files: { "src/lib.rs": source }, dependencies: ["fidius"] } });
const interfaces = model.interfaces.map(({ schema }) => schema);
const visible = model.plugins.map(({ schema }) => schema);
const [newGreeter, oldGreeter, counter] = [
  "iface::new::Greeter",
  "iface::old::Greeter",
  "iface::Counter",
].map((id) => interfaces.find((schema) => schema.id === id)) as [
  InterfaceSchema,
  InterfaceSchema,
  InterfaceSchema,
];

const owner: Buildable = {
  id: "plug (/ws/plug/Cargo.toml)",
  crate: {
    ...counter.crate,
    name: "plug",
    manifestPath: "/ws/plug/Cargo.toml",
    libraryName: "plug",
  },
  missingAsyncFeatures: ["iface/async"],
  fidiusVersion: "0.5.9",
};

function report(
  name: string,
  schema: InterfaceSchema,
  more: Partial<PluginReport> = {},
): PluginReport {
  return {
    index: 0,
    name,
    interfaceName: schema.name,
    interfaceHash: schema.hash,
    interfaceVersion: schema.version,
    capabilities: "ff",
    buffer: "PluginAllocated",
    methodCount: schema.methods.length,
    wire: "bincode",
    methodMetadata: [],
    traitMetadata: [],
    ...more,
  };
}

function match(
  plugins: readonly PluginReport[],
  more: Partial<LibraryPluginsRequest> = {},
): ReturnType<typeof libraryPlugins> {
  return libraryPlugins({
    report: {
      registryVersion: 1,
      abi: 500,
      releases: "0.5",
      descriptorBytes: 120,
      plugins,
      hostImports: null,
    },
    interfaces,
    visible,
    owner,
    acceptsOutdated: false,
    ...more,
  });
}

const only = (plugins: readonly PluginSchema[]): PluginSchema => {
  const [plugin, ...others] = plugins;
  assert.ok(plugin !== undefined && others.length === 0);
  return plugin;
};

describe("plugins of a library", () => {
  it("take the interface of their name and hash", () => {
    const { plugins } = match([report("B", newGreeter), report("A", oldGreeter)]);
    assert.deepEqual(
      plugins.map(({ name, interfaceId, interfaceHash }) => [name, interfaceId, interfaceHash]),
      [
        ["A", oldGreeter.id, oldGreeter.hash],
        ["B", newGreeter.id, newGreeter.hash],
      ],
    );
  });

  it("are built as their owner is, and have the trait's methods with assumed slots", () => {
    const plugin = only(match([report("P", counter)], { visible: [] }).plugins);
    assert.equal(plugin.crate.name, "plug");
    assert.equal(plugin.id, "plug::P as Counter");
    assert.deepEqual(plugin.missingAsyncFeatures, ["iface/async"]);
    assert.equal(plugin.fidiusVersion, "0.5.9");
    assert.deepEqual(plugin.library, { candidateId: owner.id, slotOrder: "assumed" });
    assert.deepEqual(
      plugin.methods.map(({ name, slot, arguments: list }) => [
        name,
        slot,
        list.map(({ type }) => type.rustType),
      ]),
      [
        ["count", 0, ["Vec<String>"]],
        ["first", 1, []],
      ],
    );
  });

  it("have the slots of their impl block where another package shows it", () => {
    const plugin = only(match([report("Visible", counter)]).plugins);
    assert.equal(plugin.library?.slotOrder, "impl");
    assert.equal(plugin.crate.name, "plug");
    assert.deepEqual(
      plugin.methods.map(({ name, slot }) => [name, slot]),
      [
        ["first", 0],
        ["count", 1],
      ],
    );
  });

  it("leave out what the owner's own source shows", () => {
    const own = { ...owner, crate: counter.crate };
    assert.deepEqual(match([report("Visible", counter)], { owner: own }).plugins, []);
  });

  it("leave out what the owner shows, also where other libraries link the same plugin", () => {
    const shown = visible.find(({ name }) => name === "Visible");
    assert.ok(shown !== undefined);
    const linked = (crate: PluginSchema["crate"]): PluginSchema => ({ ...shown, crate });
    const others = { ...owner.crate, name: "other", manifestPath: "/ws/other/Cargo.toml" };
    for (const known of [
      [linked(others), linked(owner.crate)],
      [linked(owner.crate), linked(others)],
    ]) {
      assert.deepEqual(match([report("Visible", counter)], { visible: known }).plugins, []);
    }
  });

  it("lack the optional methods whose bit or slot the library does not have", () => {
    const noBit = only(match([report("P", newGreeter, { capabilities: "0" })]).plugins);
    assert.deepEqual(
      noBit.methods.map(({ isImplemented }) => isImplemented),
      [undefined, false],
    );
    const noSlot = only(match([report("P", newGreeter, { methodCount: 1 })]).plugins);
    assert.deepEqual(
      noSlot.methods.map(({ isImplemented }) => isImplemented),
      [undefined, false],
    );
    const unknownCount = only(match([report("P", newGreeter, { methodCount: null })]).plugins);
    assert.deepEqual(
      unknownCount.methods.map(({ isImplemented }) => isImplemented),
      [undefined, undefined],
    );
  });

  it("without a source for their hash name the hashes of the sources", () => {
    const { plugins, unmatched } = match([
      report("P", newGreeter, { interfaceHash: "0".repeat(16) }),
    ]);
    assert.deepEqual(plugins, []);
    assert.deepEqual(unmatched, [
      {
        name: "P",
        interfaceName: "Greeter",
        hash: "0".repeat(16),
        sourceHashes: [newGreeter.hash, oldGreeter.hash],
      },
    ]);
  });

  it("of an older build follow the only interface of their name, and say so", () => {
    const stale = report("P", counter, {
      interfaceHash: "1".repeat(16),
      capabilities: "0",
      methodCount: 1,
    });
    const plugin = only(match([stale], { acceptsOutdated: true, visible: [] }).plugins);
    assert.equal(plugin.interfaceHash, counter.hash);
    assert.equal(plugin.library?.outdatedHash, "1".repeat(16));
    assert.ok(plugin.methods.every(({ isImplemented }) => isImplemented === undefined));
    const ambiguous = report("P", newGreeter, { interfaceHash: "1".repeat(16) });
    assert.equal(match([ambiguous], { acceptsOutdated: true }).unmatched.length, 1);
  });

  describe("with two interfaces of one name and hash", () => {
    const twin: InterfaceSchema = {
      ...counter,
      id: "twin::Counter",
      crate: { ...counter.crate, name: "twin", libraryName: "twin" },
    };
    const both = { interfaces: [counter, twin], visible: [] };
    const choose = (interfaceId: string, pluginName = "Tally") => ({
      choices: [{ pluginName, interfaceName: "Counter", interfaceId }],
    });
    const ofTally = (more: Partial<LibraryPluginsRequest>): PluginSchema =>
      only(match([report("Tally", counter)], { ...both, ...more }).plugins);

    it("have the nearest, and name the other", () => {
      const { interfaceId, library } = ofTally({});
      assert.deepEqual([interfaceId, library?.otherInterfaceIds], [counter.id, [twin.id]]);
    });

    it("have the one that was chosen, under the same id", () => {
      for (const owners of [owner, null]) {
        const before = ofTally({ owner: owners });
        const { id, interfaceId, library } = ofTally({ owner: owners, ...choose(twin.id) });
        assert.deepEqual([interfaceId, library?.otherInterfaceIds], [twin.id, [counter.id]]);
        assert.equal(id, before.id);
      }
    });

    it("keep to the nearest where the choice means another plugin, or is no choice any more", () => {
      for (const choice of [
        choose(twin.id, "Other"),
        choose("gone::Counter"),
        choose(oldGreeter.id),
      ]) {
        assert.equal(ofTally(choice).interfaceId, counter.id);
      }
    });

    it("do not take the impl block of the interface that was not chosen", () => {
      const shown = { ...both, visible, owner: null };
      const seen = only(match([report("Visible", counter)], shown).plugins);
      assert.equal(seen.library?.slotOrder, "impl");
      const other = { ...shown, ...choose(twin.id, "Visible") };
      const chosen = only(match([report("Visible", counter)], other).plugins);
      assert.deepEqual([chosen.interfaceId, chosen.library?.slotOrder], [twin.id, "assumed"]);
      assert.equal(chosen.id, seen.id);
    });
  });

  it("keep unique ids where two modules register one name", () => {
    const { plugins } = match([
      report("P", newGreeter),
      report("P", newGreeter),
      report("P", oldGreeter),
    ]);
    assert.equal(new Set(plugins.map(({ id }) => id)).size, 3);
  });

  it("stand where they were placed, else where their interface is declared", () => {
    const span = { ...counter.nameSpan, file: "/ws/plug/src/lib.rs" };
    const placed = match([report("A", counter), report("B", counter)], {
      placeOf: (name) => (name === "A" ? span : null),
    }).plugins;
    assert.deepEqual(
      placed.map(({ nameSpan }) => nameSpan.file),
      [span.file, counter.nameSpan.file],
    );
  });
});
