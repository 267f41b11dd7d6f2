// The Plugins view as data, what commands take from its nodes, and that ids of commands match the manifest.

import assert from "node:assert/strict";
import packageJson from "../../../package.json" with { type: "json" };
import { commandIds } from "../../../src/extension/commandIds.ts";
import { asLibraryPath, asMethodTarget, asPluginTarget } from "../../../src/extension/targets.ts";
import type { TreeNode } from "../../../src/extension/tree/treeNode.ts";
import { withBuildStates } from "../../../src/extension/tree/buildStates.ts";
import { treeNodes } from "../../../src/extension/tree/treeNodes.ts";
import { sampleMethod, sampleModel, samplePlugin, u64Type } from "../../support/schemaSamples.ts";

const later = sampleMethod("later", {
  isAsync: true,
  wire: "raw",
  doc: "Waits.",
  returns: { kind: "result", success: u64Type, failure: { kind: "string", rustType: "String" } },
});
const plugin = samplePlugin("zebra", "Slow", {
  methods: [sampleMethod("add"), later],
  missingAsyncFeatures: ["fidius/async"],
});
const model = {
  ...sampleModel(plugin, samplePlugin("ape", "Quick")),
  interfaces: [
    {
      id: "zebra::Calculator",
      name: "Calculator",
      crate: plugin.crate,
      version: 2,
      buffer: "Arena",
      hash: "0123456789abcdef",
      methods: [sampleMethod("add")],
      types: {},
      nameSpan: plugin.nameSpan,
    },
  ],
} as const;

function all(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...all(node.children)]);
}

describe("treeNodes", () => {
  const nodes = treeNodes(model);

  it("lists crates by name, in each interfaces before plugins", () => {
    assert.deepEqual(
      nodes.map(({ label, children }) => [label, children.map((child) => child.label)]),
      [
        ["ape", ["Quick"]],
        ["zebra", ["Calculator", "Slow"]],
      ],
    );
  });

  it("shows what a build leaves out, with what it needs", () => {
    const [crate] = treeNodes({
      ...sampleModel(),
      leftOut: [
        {
          id: "zebra::Fast as Calculator",
          kind: "plugin",
          name: "Fast",
          interfaceName: "Calculator",
          crate: plugin.crate,
          needs: "the feature `fast`",
          features: ["fast"],
          nameSpan: plugin.nameSpan,
        },
      ],
    });
    const [node] = crate?.children ?? [];
    assert.equal(node?.label, "Fast");
    assert.equal(node.description, "Calculator · not in this build: needs the feature fast");
    assert.equal(node.accessibilityLabel, "plugin Fast, not in this build: needs the feature fast");
    assert.equal(asPluginTarget(node), undefined);
  });

  it("gives every node an id of its own and something for screen readers", () => {
    const every = all(nodes);
    assert.equal(new Set(every.map(({ id }) => id)).size, every.length);
    assert.deepEqual(
      every.filter(({ accessibilityLabel }) => accessibilityLabel === ""),
      [],
    );
  });

  it("shows badges, signature and documentation of a method", () => {
    const node = all(nodes).find(({ label }) => label === "later");
    assert.equal(node?.description, "async · raw");
    assert.equal(node.tooltip, "async fn later(&self, a: u64) -> Result<u64, String>\n\nWaits.");
  });

  it("marks a plugin whose async set-up is incomplete", () => {
    const node = all(nodes).find(({ label }) => label === "Slow");
    assert.equal(node?.icon, "warning");
    assert.match(node.tooltip, /fidius\/async/);
  });

  it("shows metadata where the method is looked at", () => {
    const method = sampleMethod("add", { metadata: [{ key: "unit", value: "metres" }] });
    const crates = treeNodes(sampleModel(samplePlugin("ape", "Quick", { methods: [method] })));
    const node = all(crates).find(({ kind }) => kind === "pluginMethod");
    assert.match(node?.tooltip ?? "", /unit = "metres"/u);
  });

  it("lists what was opened after the crates, with what closes it", () => {
    const [opened] = treeNodes(sampleModel(), [
      {
        kind: "package",
        path: "/given/pack.fid",
        folder: "/cache/pack",
        signature: "It is signed.",
      },
    ]);
    assert.deepEqual([opened?.label, opened?.description], ["pack.fid", "opened package"]);
    assert.match(opened?.tooltip ?? "", /It is signed\./u);
    assert.equal(asLibraryPath(opened), "/given/pack.fid");
  });

  it("says what is known of each plugin's library, in words and by an icon", () => {
    const states = new Map([
      ["ape", "stale"],
      ["zebra", "failed"],
    ] as const);
    const idOf = (crate: string): string =>
      model.plugins.find((each) => each.crate.name === crate)?.id ?? "";
    const shown = withBuildStates(
      nodes,
      new Map([...states].map(([crate, state]) => [idOf(crate), state])),
    );
    const described = all(shown).filter(({ kind }) => kind === "plugin");
    const [quick, slow] = described;
    assert.match(quick?.description ?? "", /· changed since its build$/u);
    assert.match(quick?.accessibilityLabel ?? "", /changed since its build$/u);
    assert.equal(quick?.icon, "history");
    assert.match(slow?.description ?? "", /async set-up incomplete · build failed$/u);
    assert.equal(slow?.icon, "warning");
    const built = withBuildStates(nodes, new Map([[idOf("ape"), "fresh"]]));
    assert.match(all(built).find(({ kind }) => kind === "plugin")?.description ?? "", /· built$/u);
    assert.deepEqual(withBuildStates(nodes, new Map()), nodes);
  });

  it("has nodes that commands take as targets", () => {
    const method = all(nodes).find(({ kind }) => kind === "pluginMethod");
    assert.deepEqual(asMethodTarget(method), {
      pluginId: "ape::Quick as Calculator",
      method: "add",
    });
    const interfaceMethod = all(nodes).find(({ kind }) => kind === "interfaceMethod");
    assert.equal(asMethodTarget(interfaceMethod), undefined);
    const slow = all(nodes).find(({ label }) => label === "Slow");
    assert.deepEqual(asPluginTarget(slow), { pluginId: plugin.id });
  });
});

describe("targets", () => {
  for (const argument of [undefined, null, 3, "x", [], {}, { pluginId: 1, method: "a" }]) {
    it(`takes ${JSON.stringify(argument)} as none`, () => {
      assert.equal(asMethodTarget(argument), undefined);
      assert.equal(asPluginTarget(argument), undefined);
    });
  }
});

describe("commandIds", () => {
  it("are those of package.json", () => {
    assert.deepEqual(
      [...Object.values(commandIds)].sort(),
      packageJson.contributes.commands.map(({ command }) => command).sort(),
    );
  });
});
