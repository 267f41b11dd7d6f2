import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CrateDependency, CrateNode } from "../../../../src/model/crateGraph.ts";
import {
  type ManifestGraph,
  readManifestGraph,
} from "../../../../src/cargo/manifest/manifestGraph.ts";
import type { ManifestCache } from "../../../../src/cargo/manifest/manifestStore.ts";
import { memoryFiles, packageManifest } from "../memoryFiles.ts";

function read(texts: Record<string, string>, folders: readonly string[] = ["/w"]): ManifestGraph {
  return readManifestGraph(folders, memoryFiles(texts));
}

function crate(graph: ManifestGraph, id: string): CrateNode {
  const node = graph.graph.crates.get(id);
  assert.ok(node, `${id} is not among ${[...graph.graph.crates.keys()].join(", ")}`);
  return node;
}

function dependency(node: CrateNode, key: string): CrateDependency {
  const found = node.dependencies.find((item) => item.key === key);
  assert.ok(found, `${node.info.name} has no dependency ${key}`);
  return found;
}

describe("manifest graph", () => {
  it("finds members, nested crates and packages of several folders, not caches", () => {
    const graph = read(
      {
        "/w/Cargo.toml": '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/out"]\n',
        "/w/crates/one/Cargo.toml": packageManifest("one"),
        "/w/crates/one/src/lib.rs": "",
        "/w/crates/out/Cargo.toml": packageManifest("out"),
        "/w/crates/readme.md": "",
        "/w/nested/deep/Cargo.toml": packageManifest("nested", "[workspace]\n"),
        "/w/target/Cargo.toml": packageManifest("in-target"),
        "/w/out/CACHEDIR.TAG": "",
        "/w/out/x/Cargo.toml": packageManifest("in-cache"),
        "/w/node_modules/x/Cargo.toml": packageManifest("in-node-modules"),
        "/w/.hidden/Cargo.toml": packageManifest("hidden"),
        "/w/vendor/x/.cargo-checksum.json": "",
        "/w/vendor/x/Cargo.toml": packageManifest("vendored"),
        "/v/Cargo.toml": packageManifest("other-folder"),
      },
      ["/w", "/v"],
    );
    assert.deepEqual([...graph.graph.crates.values()].map((node) => node.info.name).sort(), [
      "nested",
      "one",
      "other-folder",
      "out",
    ]);
    assert.deepEqual(graph.notices, []);
    assert.equal(crate(graph, "/w/crates/one/Cargo.toml").info.workspaceRoot, "/w");
    assert.equal(crate(graph, "/w/crates/out/Cargo.toml").info.workspaceRoot, "/w/crates/out");
    assert.equal(crate(graph, "/w/nested/deep/Cargo.toml").info.workspaceRoot, "/w/nested/deep");
  });

  it("reads the library target in all its forms", () => {
    const graph = read({
      "/w/a/Cargo.toml": packageManifest("my-plug"),
      "/w/a/src/lib.rs": "",
      "/w/b/Cargo.toml": packageManifest(
        "b",
        '[lib]\nname = "bee"\npath = "code/b.rs"\ncrate-type = ["cdylib", "rlib"]\n',
      ),
      "/w/c/Cargo.toml": packageManifest("c"),
      "/w/c/src/main.rs": "",
      "/w/d/Cargo.toml": packageManifest("d", "[lib]\nproc-macro = true\n"),
      "/w/d/src/lib.rs": "",
      "/w/e/Cargo.toml": packageManifest("e", "autolib = false\n"),
      "/w/e/src/lib.rs": "",
    });
    const facts = ["a", "b", "c", "d", "e"].map((name) => {
      const node = crate(graph, `/w/${name}/Cargo.toml`);
      return [node.info.libraryName, node.rootFile, node.info.crateTypes.join()];
    });
    assert.deepEqual(facts, [
      ["my_plug", "/w/a/src/lib.rs", "lib"],
      ["bee", "/w/b/code/b.rs", "cdylib,rlib"],
      ["c", null, ""],
      ["d", "/w/d/src/lib.rs", "proc-macro"],
      ["e", null, ""],
    ]);
  });

  it("merges what a dependency inherits from the workspace", () => {
    const graph = read({
      "/w/Cargo.toml": [
        "[workspace]",
        'members = ["plug"]',
        "[workspace.package]",
        'version = "1.2.3"',
        'edition = "2024"',
        "[workspace.dependencies]",
        'fid = { package = "fidius", version = "0.5", features = ["host"], default-features = false }',
        'iface = { path = "iface" }',
        "",
      ].join("\n"),
      "/w/iface/Cargo.toml": packageManifest("iface", '[lib]\nname = "iface_api"\n'),
      "/w/plug/Cargo.toml": [
        "[package]",
        'name = "plug"',
        "version.workspace = true",
        "edition = { workspace = true }",
        "[dependencies]",
        'fid = { workspace = true, features = ["async"], default-features = true }',
        "iface.workspace = true",
        "",
      ].join("\n"),
    });
    const plug = crate(graph, "/w/plug/Cargo.toml");
    assert.equal(plug.info.version, "1.2.3");
    assert.equal(plug.edition, "2024");
    const fid = dependency(plug, "fid");
    assert.deepEqual(
      [fid.packageName, fid.codeName, fid.requirement, fid.features, fid.usesDefaultFeatures],
      ["fidius", "fid", "0.5", ["host", "async"], true],
    );
    const iface = dependency(plug, "iface");
    assert.equal(iface.crateId, "/w/iface/Cargo.toml");
    assert.equal(iface.codeName, "iface_api", "the name in code is the library's");
    assert.deepEqual(graph.notices, []);
  });

  it("keeps kinds, targets, optional dependencies and renames apart", () => {
    const graph = read({
      "/w/Cargo.toml": packageManifest(
        "plug",
        [
          "[features]",
          'extra = ["dep:opt"]',
          "[dependencies]",
          'opt = { version = "1", optional = true, default-features = false }',
          'my-dep = "2"',
          "[dev-dependencies]",
          'my-dep = { version = "2", features = ["test"] }',
          "[build_dependencies]",
          'cc = "1"',
          "[target.'cfg(unix)'.dependencies]",
          'nix = { package = "nix-x", version = "0.3" }',
          "",
        ].join("\n"),
      ),
    });
    const plug = crate(graph, "/w/Cargo.toml");
    const rows = plug.dependencies.map((item) => [
      item.key,
      item.codeName,
      item.packageName,
      item.kind,
      item.target,
      item.isOptional,
      item.usesDefaultFeatures,
    ]);
    assert.deepEqual(rows, [
      ["opt", "opt", "opt", "normal", null, true, false],
      ["my-dep", "my_dep", "my-dep", "normal", null, false, true],
      ["my-dep", "my_dep", "my-dep", "dev", null, false, true],
      ["cc", "cc", "cc", "build", null, false, true],
      ["nix", "nix", "nix-x", "normal", "cfg(unix)", false, true],
    ]);
    assert.deepEqual(plug.features, { extra: ["dep:opt"] });
  });

  it("follows path dependencies out of the open folders, and cycles end", () => {
    const graph = read({
      "/w/Cargo.toml": packageManifest("plug", '[dependencies]\niface = { path = "../iface" }\n'),
      "/iface/Cargo.toml": packageManifest(
        "iface",
        '[dev-dependencies]\nplug = { path = "../w" }\n',
      ),
      "/iface/src/lib.rs": "",
      "/other/Cargo.toml": packageManifest("other"),
    });
    assert.deepEqual(
      [...graph.graph.crates.values()].map((node) => [node.info.name, node.isLocal]),
      [
        ["plug", true],
        ["iface", false],
      ],
    );
    assert.deepEqual(graph.notices, []);
  });

  it("counts all members of the workspace as local when only one of them is open", () => {
    const graph = read(
      {
        "/ws/Cargo.toml": '[workspace]\nmembers = ["plug", "iface"]\n',
        "/ws/plug/Cargo.toml": packageManifest("plug"),
        "/ws/iface/Cargo.toml": packageManifest("iface"),
      },
      ["/ws/plug"],
    );
    assert.deepEqual(
      [...graph.graph.crates.values()].map((node) => [node.info.name, node.isLocal]),
      [
        ["plug", true],
        ["iface", true],
      ],
    );
  });

  it("sends registry dependencies to a path that [patch] names", () => {
    const graph = read({
      "/w/Cargo.toml": packageManifest(
        "plug",
        '[workspace]\n[dependencies]\nfidius = "0.5"\n[patch.crates-io]\nfidius = { path = "../fidius" }\n',
      ),
      "/fidius/Cargo.toml": packageManifest("fidius"),
    });
    assert.equal(dependency(crate(graph, "/w/Cargo.toml"), "fidius").crateId, "/fidius/Cargo.toml");
  });

  it("says where a manifest does not parse, keeps the rest, and its last readable state", () => {
    const cache: ManifestCache = new Map();
    const texts = {
      "/w/a/Cargo.toml": packageManifest("a"),
      "/w/b/Cargo.toml": packageManifest("b"),
    };
    readManifestGraph(["/w"], memoryFiles(texts), cache);
    const broken = { ...texts, "/w/b/Cargo.toml": `${packageManifest("b")}[dependencies]\nx = \n` };
    const graph = readManifestGraph(["/w"], memoryFiles(broken), cache);
    assert.deepEqual([...graph.graph.crates.values()].map((node) => node.info.name).sort(), [
      "a",
      "b",
    ]);
    assert.equal(graph.notices.length, 1);
    assert.equal(graph.notices[0]?.file, "/w/b/Cargo.toml");
    assert.match(graph.notices[0].message, /^Cargo\.toml does not parse at \d+:\d+: .+\. Correct/u);
    const fresh = readManifestGraph(["/w"], memoryFiles(broken));
    assert.deepEqual(
      [...fresh.graph.crates.values()].map((node) => node.info.name),
      ["a"],
    );
  });

  const troubles: readonly (readonly [string, Record<string, string>, string, RegExp])[] = [
    [
      "a missing member",
      { "/w/Cargo.toml": '[workspace]\nmembers = ["gone"]\n' },
      "/w/Cargo.toml",
      /the member "gone", but .*gone\/Cargo\.toml does not exist/u,
    ],
    [
      "a folder without a package that a glob matches",
      {
        "/w/Cargo.toml": '[workspace]\nmembers = ["c/*"]\nexclude = ["c/fine"]\n',
        "/w/c/empty/readme.md": "",
        "/w/c/fine/readme.md": "",
      },
      "/w/Cargo.toml",
      /the member "c\/\*", but \/w\/c\/empty\/Cargo\.toml does not exist/u,
    ],
    [
      "a missing path dependency",
      { "/w/Cargo.toml": packageManifest("a", '[dependencies]\nx = { path = "../x" }\n') },
      "/w/Cargo.toml",
      /x has path = "\.\.\/x", but \/x\/Cargo\.toml does not exist/u,
    ],
    [
      "a package that is no member of the workspace around it",
      {
        "/w/Cargo.toml": "[workspace]\nmembers = []\n",
        "/w/stray/Cargo.toml": packageManifest("stray"),
      },
      "/w/stray/Cargo.toml",
      /stray lies in the workspace of \/w\/Cargo\.toml but is not a member/u,
    ],
    [
      "inheriting what the workspace does not have",
      {
        "/w/Cargo.toml": '[workspace]\nmembers = ["a"]\n',
        "/w/a/Cargo.toml": packageManifest("a", "[dependencies]\nfidius.workspace = true\n"),
      },
      "/w/a/Cargo.toml",
      /fidius says workspace = true, but \[workspace\.dependencies\] of \/w\/Cargo\.toml has no fidius/u,
    ],
    [
      "a manifest of nothing",
      { "/w/Cargo.toml": "[dependencies]\n" },
      "/w/Cargo.toml",
      /neither a \[package\] with a name nor a \[workspace\]/u,
    ],
  ];
  for (const [what, texts, file, message] of troubles) {
    it(`has one notice for ${what}`, () => {
      const { notices } = read(texts);
      assert.equal(notices.length, 1, JSON.stringify(notices));
      assert.equal(notices[0]?.file, file);
      assert.match(notices[0].message, message);
    });
  }

  it("takes values of wrong types as absent", () => {
    const graph = read({
      "/w/Cargo.toml": [
        "[package]",
        'name = "a"',
        "version = 1",
        "edition = []",
        "[lib]",
        'crate-type = "cdylib"',
        "[features]",
        'x = "y"',
        "[dependencies]",
        "a = 1",
        'b = { version = 2, features = "f", path = true }',
        "",
      ].join("\n"),
    });
    const node = crate(graph, "/w/Cargo.toml");
    assert.equal(node.info.version, "0.0.0");
    assert.equal(node.dependencies.length, 2);
  });

  it("names every manifest it looked for", () => {
    const { files } = read({
      "/w/p/Cargo.toml": packageManifest("p", '[dependencies]\nx = { path = "../x" }\n'),
    });
    for (const file of ["/w/p/Cargo.toml", "/w/x/Cargo.toml", "/w/Cargo.toml", "/Cargo.toml"]) {
      assert.ok(files.has(file), file);
    }
  });
});
