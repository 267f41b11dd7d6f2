// After an answer of cargo only what it changes is new: the nodes of other crates and the features of builds without changed
// crates stay the same objects, on which everything that is kept rests.

import assert from "node:assert/strict";
import { extendGraph } from "../../../src/cargo/graph/enrichGraph.ts";
import type { CargoMetadata } from "../../../src/cargo/graph/metadata.ts";
import { currentPlatform } from "../../../src/cargo/graph/targetPlatform.ts";
import { createBuildSettings } from "../../../src/project/buildSettings.ts";
import { createRustAnalyzer } from "../../../src/rust/analyzer.ts";
import { filesOf, graphOf, rust, type ProjectSource } from "../rust/inMemoryProject.ts";

const names = ["one", "two", "three"];
const linux = currentPlatform("linux", "x64");

const project: ProjectSource = Object.fromEntries(
  names.map((name) => [
    name,
    {
      files: {
        "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { fn a(&self, x: kit::Data) -> u8; }
`,
      },
      dependencies: ["fidius", "kit"],
    },
  ]),
);

/** What cargo says of the workspace of one crate: where its `kit` is. */
function answerFor(name: string): CargoMetadata {
  const packageOf = (packageName: string, folder: string, dependencies: readonly string[]) => ({
    id: folder,
    name: packageName,
    version: "1.0.0",
    manifest_path: `${folder}/Cargo.toml`,
    edition: "2021",
    source: dependencies.length === 0 ? "registry" : null,
    authors: [],
    features: {},
    dependencies: dependencies.map((dependency) => ({
      name: dependency,
      optional: false,
      uses_default_features: true,
      features: [],
      req: "1",
    })),
    targets: [
      { name: packageName, kind: ["lib"], crate_types: ["lib"], src_path: `${folder}/src/lib.rs` },
    ],
  });
  return {
    packages: [
      packageOf(name, `/ws/${name}`, ["kit"]),
      packageOf("kit", `/registry/kit-of-${name}`, []),
    ],
    workspace_members: [`/ws/${name}`],
    workspace_root: `/ws/${name}`,
    target_directory: "/target",
    resolve: {
      nodes: [
        {
          id: `/ws/${name}`,
          deps: [{ name: "kit", pkg: `/registry/kit-of-${name}`, dep_kinds: [{}] }],
          features: [],
        },
      ],
    },
  };
}

describe("an answer of cargo metadata", () => {
  it("changes the nodes and features of its own workspace, and no others", () => {
    const manifests = graphOf(project);
    let graph = manifests;
    let build = createBuildSettings(graph, linux);
    for (const name of names) {
      const before = { graph, build };
      const featuresBefore = new Map(
        names.map((id) => [id, build.featuresOf(`/ws/${id}/Cargo.toml`)]),
      );
      graph = extendGraph(manifests, graph, [answerFor(name)]);
      build = createBuildSettings(graph, linux, undefined, before.build);
      for (const other of names) {
        const id = `/ws/${other}/Cargo.toml`;
        const isOwn = other === name;
        assert.equal(graph.crates.get(id) === before.graph.crates.get(id), !isOwn, other);
        assert.equal(build.featuresOf(id) === featuresBefore.get(other), !isOwn, other);
      }
    }
    assert.deepEqual(graph, extendGraph(manifests, manifests, names.map(answerFor)));
  });

  it("has only those files read that it makes known, and leaves the findings of others as they are", () => {
    const files = filesOf(project);
    for (const name of names) {
      const kit = `/registry/kit-of-${name}/src/lib.rs`;
      files.set(
        kit,
        "#[derive(serde::Serialize, serde::Deserialize)] pub struct Data { pub v: u8 }",
      );
    }
    const parsed: string[] = [];
    const analyzer = createRustAnalyzer({
      files: { read: (file) => files.get(file) },
      onParse: (file) => parsed.push(file),
    });
    const manifests = graphOf(project);
    let graph = manifests;
    let build = createBuildSettings(graph, linux);
    let model = analyzer.analyze(graph, build);
    assert.equal(parsed.splice(0).length, names.length);
    for (const name of names) {
      const before = model;
      graph = extendGraph(manifests, graph, [answerFor(name)]);
      build = createBuildSettings(graph, linux, undefined, build);
      model = analyzer.analyze(graph, build);
      assert.deepEqual(parsed.splice(0), [`/registry/kit-of-${name}/src/lib.rs`]);
      const kept = model.interfaces.filter((found) => before.interfaces.includes(found));
      assert.equal(kept.length, names.length - 1);
    }
  });
});
