import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { featuresOf, resolveFeatures } from "../../../../src/cargo/graph/features.ts";
import { readManifestGraph } from "../../../../src/cargo/manifest/manifestGraph.ts";
import type { CrateNode } from "../../../../src/model/crateGraph.ts";
import { memoryFiles, packageManifest } from "../memoryFiles.ts";

/** Features of `packageName` as the dependency line of `owner` sees it, in a build of /w/plug. */
function enabled(
  texts: Record<string, string>,
  owner: string,
  key: string,
  extra: readonly string[] = [],
): readonly string[] {
  const { graph } = readManifestGraph(["/w"], memoryFiles(texts));
  const node: CrateNode | undefined = graph.crates.get(`/w/${owner}/Cargo.toml`);
  const dependency = node?.dependencies.find((item) => item.key === key);
  assert.ok(dependency);
  return [...featuresOf(resolveFeatures(graph, "/w/plug/Cargo.toml", extra), dependency)].sort();
}

const plug = (dependencies: string): Record<string, string> => ({
  "/w/plug/Cargo.toml": packageManifest("plug", dependencies),
});

describe("features of registry packages without their manifests", () => {
  it("knows that fidius' async is fidius-core's", () => {
    const texts = plug(
      '[dependencies]\nfidius = { version = "0.5", features = ["async"] }\nfidius-core = "0.5"\n',
    );
    assert.deepEqual(enabled(texts, "plug", "fidius"), ["async"]);
    assert.deepEqual(enabled(texts, "plug", "fidius-core"), ["async", "tokio"]);
  });

  it("does not switch the facade on from its core", () => {
    const texts = plug(
      '[dependencies]\nfidius = "0.5"\nfidius-core = { version = "0.5", features = ["async"] }\n',
    );
    assert.deepEqual(enabled(texts, "plug", "fidius"), []);
    assert.deepEqual(enabled(texts, "plug", "fidius-core"), ["async", "tokio"]);
  });

  it("takes features of --features", () => {
    const texts = plug('[dependencies]\nfidius = "0.5"\n');
    assert.deepEqual(enabled(texts, "plug", "fidius"), []);
    assert.deepEqual(enabled(texts, "plug", "fidius", ["fidius/async"]), ["async"]);
  });

  it("unifies dependents on compatible versions, and no others", () => {
    const texts = (requirement: string): Record<string, string> => ({
      ...plug(`[dependencies]\niface = { path = "../iface" }\nfidius = "${requirement}"\n`),
      "/w/iface/Cargo.toml": packageManifest(
        "iface",
        '[dependencies]\nfidius = { version = "0.5.3", features = ["async"] }\n',
      ),
    });
    for (const compatible of ["0.5", "=0.5.9", "^0.5.1", "~0.5.2", "0.5.*", ">=0.5.4"]) {
      assert.deepEqual(enabled(texts(compatible), "plug", "fidius"), ["async"], compatible);
    }
    assert.deepEqual(enabled(texts("0.4"), "plug", "fidius"), []);
    assert.deepEqual(enabled(texts("0.4"), "iface", "fidius"), ["async"]);
  });

  it("counts tokio's features from every dependent, with the runtime that fidius-core brings", () => {
    const texts = plug(
      '[dependencies]\nfidius = { version = "0.5", features = ["async"] }\ntokio = { version = "1.30", features = ["time"] }\n',
    );
    assert.deepEqual(enabled(texts, "plug", "tokio"), ["rt-multi-thread", "time"]);
  });

  it("leaves dev dependencies and build dependencies out", () => {
    const texts = plug(
      '[dependencies]\nfidius = "0.5"\n[dev-dependencies]\nfidius = { version = "0.5", features = ["async"] }\n[build-dependencies]\nfidius = { version = "0.5", features = ["host"] }\n',
    );
    assert.deepEqual(enabled(texts, "plug", "fidius"), []);
  });

  it("follows a renamed package and an inherited line", () => {
    const texts = {
      "/w/Cargo.toml":
        '[workspace]\nresolver = "2"\nmembers = ["plug"]\n[workspace.dependencies]\nfid = { package = "fidius", version = "0.5" }\n',
      ...plug('[dependencies]\nfid = { workspace = true, features = ["async"] }\n'),
    };
    assert.deepEqual(enabled(texts, "plug", "fid"), ["async"]);
  });

  it("has nothing for a package that is not in the graph", () => {
    const { graph } = readManifestGraph(["/w"], memoryFiles(plug("")));
    assert.equal(resolveFeatures(graph, "/w/gone/Cargo.toml").size, 0);
  });
});
