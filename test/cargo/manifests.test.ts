// cargo's own reading of manifests is the oracle: of the graph made without it, and of the texts that edits leave behind.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, it } from "mocha";
import { addDependency } from "../../src/cargo/edit/addDependency.ts";
import type { DependencyAddress } from "../../src/cargo/edit/dependencyEntries.ts";
import { enableFeatures } from "../../src/cargo/edit/editManifest.ts";
import { enrichGraph } from "../../src/cargo/graph/enrichGraph.ts";
import { type CargoMetadata, readMetadata } from "../../src/cargo/graph/metadata.ts";
import {
  cargoPath,
  type CargoWorkspace,
  createWorkspace,
  packageToml,
} from "./support/cargoWorkspace.ts";

let workspaces: CargoWorkspace[] = [];
function workspace(files: Record<string, string>): CargoWorkspace {
  const item = createWorkspace(files);
  workspaces.push(item);
  return item;
}

async function metadata(item: CargoWorkspace, manifest = "Cargo.toml"): Promise<CargoMetadata> {
  const answer = await readMetadata(
    {
      cargo: cargoPath(),
      manifestPath: item.path(manifest),
      workingDirectory: item.folder,
    },
    new AbortController().signal,
  );
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

describe("manifests against cargo metadata", () => {
  afterEach(() => {
    for (const item of workspaces) {
      item.dispose();
    }
    workspaces = [];
  });

  it("the graph without cargo equals cargo's in every fact it has", async () => {
    const item = workspace({
      "Cargo.toml": [
        "[workspace]",
        'members = ["crates/[a-c]*", "tools/?", "root*/*/*"]',
        'exclude = ["crates/cold"]',
        "[workspace.package]",
        'version = "2.0.1"',
        'edition = "2021"',
        "[workspace.dependencies]",
        'base = { path = "crates/base", features = ["x"], default-features = false }',
        'renamed = { package = "tool-t", path = "tools/t" }',
        "",
      ].join("\n"),
      "crates/alpha/Cargo.toml": [
        "[package]",
        'name = "alpha"',
        "version.workspace = true",
        "edition.workspace = true",
        "[lib]",
        'name = "alpha_lib"',
        'crate-type = ["cdylib", "rlib"]',
        "[features]",
        'default = ["base/y"]',
        'opt = ["dep:hidden"]',
        "[dependencies]",
        'base = { workspace = true, features = ["y"], default-features = true }',
        "renamed.workspace = true",
        'hidden = { path = "../hidden", optional = true }',
        "[target.'cfg(unix)'.dev-dependencies]",
        'base = { workspace = true, features = ["x"] }',
        "",
      ].join("\n"),
      "crates/alpha/src/lib.rs": "",
      "crates/base/Cargo.toml": packageToml(
        "base",
        '[features]\ndefault = []\nx = []\ny = ["x"]\n[build-dependencies]\nhidden = { path = "../hidden" }\n',
      ),
      "crates/base/src/lib.rs": "",
      "crates/base/build.rs": "fn main() {}",
      // Only a path dependency of members makes this one a member.
      "crates/hidden/Cargo.toml": packageToml("hidden", '[lib]\npath = "code.rs"\n', "3.0.0-pre.1"),
      "crates/hidden/code.rs": "",
      "crates/cold/Cargo.toml": packageToml("cold"),
      "crates/cold/src/lib.rs": "",
      "tools/t/Cargo.toml": packageToml("tool-t", "[lib]\nproc-macro = true\n"),
      "tools/t/src/lib.rs": "",
      "rooted/deep/er/Cargo.toml": packageToml("deeper").replace("2021", "2024"),
      "rooted/deep/er/src/lib.rs": "",
    });
    const answer = await metadata(item);
    const { graph, notices } = item.graph();
    assert.deepEqual(notices, []);
    const members = answer.packages.filter(({ id }) => answer.workspace_members.includes(id));
    assert.deepEqual(
      [...graph.crates.values()]
        .filter((node) => node.info.workspaceRoot === item.folder)
        .map((node) => node.id)
        .sort(),
      members.map((member) => member.manifest_path).sort(),
    );
    for (const member of members) {
      const node = graph.crates.get(member.manifest_path);
      assert.ok(node);
      const library = member.targets.find(({ kind }) => !kind.includes("custom-build"));
      assert.deepEqual(
        [node.info.name, node.info.version, node.edition, node.rootFile, node.info.libraryName],
        [
          member.name,
          member.version,
          member.edition,
          library?.src_path,
          library?.name.replaceAll("-", "_"),
        ],
      );
      assert.deepEqual(node.info.crateTypes, library?.crate_types);
      const rows = node.dependencies.map((dependency) => ({
        name: dependency.packageName,
        rename: dependency.key === dependency.packageName ? null : dependency.key,
        kind: dependency.kind === "normal" ? null : dependency.kind,
        target: dependency.target,
        optional: dependency.isOptional,
        uses_default_features: dependency.usesDefaultFeatures,
        features: [...dependency.features].sort(),
      }));
      // Where a dependency comes from is read from cargo's answer alone, by the bridge.
      const expected = member.dependencies.map(
        ({ req: _, source: _source, path: _path, ...rest }) => ({
          ...rest,
          // cargo repeats a feature that both lines name.
          features: [...new Set(rest.features)].sort(),
        }),
      );
      const order = (a: object, b: object): number =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
      const sorted = (list: readonly Record<string, unknown>[]): unknown =>
        list.map((row) => Object.fromEntries(Object.entries(row).sort())).sort(order);
      assert.deepEqual(sorted(rows), sorted(expected), member.name);
    }
  });

  it("joins registry packages, with sources and features, to the local ones", async function () {
    this.timeout(180_000);
    const item = workspace({
      "Cargo.toml": packageToml(
        "plug",
        '[workspace]\n[dependencies]\nfid = { package = "fidius", version = "0.5" }\n[target.\'cfg(windows)\'.dependencies]\nfidius-core = "0.5"\n',
      ),
      "src/lib.rs": "",
    });
    const graph = enrichGraph(item.graph().graph, [await metadata(item)]);
    const plug = graph.crates.get(item.path("Cargo.toml"));
    const fid = plug?.dependencies.find(({ key }) => key === "fid");
    const facade = graph.crates.get(fid?.crateId ?? "");
    assert.equal(facade?.info.name, "fidius");
    assert.equal(facade.isLocal, false);
    assert.equal(plug?.isLocal, true);
    assert.equal(fid?.codeName, "fid");
    assert.deepEqual(facade.features["async"], ["fidius-core/async"]);
    assert.match(readFileSync(facade.rootFile ?? "", "utf8"), /async_runtime/u);
    const core = facade.dependencies.find(({ key }) => key === "fidius-core");
    assert.equal(graph.crates.get(core?.crateId ?? "")?.info.name, "fidius-core");
    const macro = facade.dependencies.find(({ key }) => key === "fidius-macro");
    assert.deepEqual(graph.crates.get(macro?.crateId ?? "")?.info.crateTypes, ["proc-macro"]);
    // A line that cargo did not resolve for this platform still finds the package that is there.
    const foreign = plug.dependencies.find(({ key }) => key === "fidius-core");
    assert.equal(foreign?.crateId, core?.crateId);
    // A line typed since the answer does so too.
    item.write("Cargo.toml", packageToml("plug", '[workspace]\n[dependencies]\nfidius = "0.5"\n'));
    const typed = enrichGraph(item.graph().graph, [await metadata(item)]);
    const line = typed.crates.get(item.path("Cargo.toml"))?.dependencies[0];
    assert.equal(line?.crateId, facade.id);
  });

  it("says what cargo said when metadata fails, and ends when cancelled or too slow", async () => {
    const item = workspace({
      "Cargo.toml": packageToml("plug", '[dependencies]\nx = { path = "gone" }\n'),
      "src/lib.rs": "",
    });
    const request = {
      cargo: cargoPath(),
      manifestPath: item.path("Cargo.toml"),
      workingDirectory: item.folder,
    };
    const failed = await readMetadata(request, new AbortController().signal);
    assert.ok(!failed.ok && failed.error.kind === "cargoFailed", JSON.stringify(failed));
    assert.match(failed.error.message, /gone/u);
    const cancelled = await readMetadata(request, AbortSignal.abort());
    assert.deepEqual(cancelled, { ok: false, error: { kind: "cancelled" } });
    const slow = await readMetadata({ ...request, timeoutMs: 1 }, new AbortController().signal);
    assert.ok(!slow.ok && slow.error.kind === "timedOut", JSON.stringify(slow));
  });

  const lib = { key: "lib", kind: "normal", target: null } as const;
  const forms: readonly (readonly [string, string, DependencyAddress])[] = [
    ["an inline table", '[dependencies]\nlib = { path = "../lib" } # c\n', lib],
    ["a table of its own", '[dependencies.lib]\npath = "../lib"\n\n# next\n[features]\n', lib],
    ["dotted keys", '[dependencies]\nlib.path = "../lib"\nlib.default-features = false\n', lib],
    [
      "an array over several lines",
      '[dependencies]\nlib = { path = "../lib", features = [\n  "one", # 1\n  "two" # 2\n] }\n',
      lib,
    ],
    [
      "an array with a trailing comma",
      '[dependencies.lib]\npath = "../lib"\nfeatures = [\n  "one",\n  # none\n]\n',
      lib,
    ],
    ["workspace = true", "[dependencies]\nlib = { workspace = true }\n", lib],
    ["dotted workspace = true", "[dependencies]\nlib.workspace = true # from the root\n", lib],
    [
      "a renamed package",
      '[dependencies]\nalias = { package = "lib", path = "../lib" }\n',
      { ...lib, key: "alias" },
    ],
    [
      "a target table",
      '[target."cfg(all())".dependencies]\nlib = { path = "../lib" }\n',
      { ...lib, target: "cfg(all())" },
    ],
    ["CRLF", '[dependencies]\r\nlib = { path = "../lib" }\r\n', lib],
    [
      "the workspace's own line",
      "[dependencies]\nlib.workspace = true\n",
      { ...lib, kind: "workspace" },
    ],
  ];
  for (const [form, text, address] of forms) {
    it(`cargo enables the feature that an edit of ${form} adds`, async () => {
      const item = workspace({
        "Cargo.toml":
          '[workspace]\nresolver = "2"\nmembers = ["plug", "lib"]\n[workspace.dependencies]\nlib = { path = "lib" }\n',
        "lib/Cargo.toml": packageToml("lib", "[features]\none = []\ntwo = []\nwanted = []\n"),
        "lib/src/lib.rs": "",
        "plug/Cargo.toml": packageToml("plug", text),
        "plug/src/lib.rs": "",
      });
      const featuresOfLib = async (): Promise<readonly string[]> => {
        const tree = await item.cargo(
          "tree",
          "--offline",
          "-p",
          "plug",
          "--prefix",
          "none",
          "-f",
          "{p}|{f}",
        );
        const line = tree.split("\n").find((row) => row.startsWith("lib "));
        return (line?.split("|")[1] ?? "").split(",").filter((name) => name !== "");
      };
      const before = await featuresOfLib();
      const file = item.path(address.kind === "workspace" ? "Cargo.toml" : "plug/Cargo.toml");
      const edited = enableFeatures(readFileSync(file, "utf8"), {
        ...address,
        features: ["wanted"],
      });
      assert.ok(edited.ok, edited.ok ? "" : edited.error.message);
      writeFileSync(file, edited.value.text);
      assert.deepEqual(await featuresOfLib(), [...before, "wanted"].sort());
    });
  }

  it("cargo enables the feature that an edit of a version string adds", async () => {
    const item = workspace({
      "Cargo.toml": packageToml("plug", '[workspace]\n[dependencies]\nfidius = "0.5" # c\n'),
      "src/lib.rs": "",
    });
    const text = readFileSync(item.path("Cargo.toml"), "utf8");
    const edited = enableFeatures(text, {
      key: "fidius",
      kind: "normal",
      target: null,
      features: ["async"],
    });
    assert.ok(edited.ok);
    item.write("Cargo.toml", edited.value.text);
    const answer = await metadata(item);
    assert.deepEqual(
      answer.packages.find(({ name }) => name === "plug")?.dependencies[0]?.features,
      ["async"],
    );
  }).timeout(180_000);

  const tables: readonly (readonly [string, string])[] = [
    ["an empty manifest", ""],
    ["a table", '[dependencies]\nzebra = { path = "../zebra" }\n'],
    ["tables of their own", '[dependencies.zebra]\npath = "../zebra"\n\n[features]\n'],
    ["dotted keys", '[dependencies]\nzebra.path = "../zebra" # z\n'],
  ];
  for (const [what, text] of tables) {
    it(`cargo reads a dependency added to ${what}`, async () => {
      const item = workspace({
        "Cargo.toml":
          '[workspace]\nresolver = "2"\nmembers = ["plug", "lib", "zebra"]\n[workspace.dependencies]\nlib = { path = "lib" }\n',
        "lib/Cargo.toml": packageToml("lib", "[features]\nwanted = []\n"),
        "lib/src/lib.rs": "",
        "zebra/Cargo.toml": packageToml("zebra"),
        "zebra/src/lib.rs": "",
        "plug/Cargo.toml": packageToml("plug", text),
        "plug/src/lib.rs": "",
      });
      const edited = addDependency(readFileSync(item.path("plug/Cargo.toml"), "utf8"), {
        ...lib,
        workspace: true,
        features: ["wanted"],
      });
      assert.ok(edited.ok, edited.ok ? "" : edited.error.message);
      item.write("plug/Cargo.toml", edited.value.text);
      const answer = await metadata(item);
      const plug = answer.packages.find(({ name }) => name === "plug");
      const added = plug?.dependencies.find(({ name }) => name === "lib");
      assert.deepEqual(added?.features, ["wanted"]);
      assert.equal(plug?.dependencies.length, text === "" ? 1 : 2);
    });
  }
});
