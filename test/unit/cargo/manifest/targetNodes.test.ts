// Targets beside the library, as cargo finds them.

import assert from "node:assert/strict";
import { readManifestGraph } from "../../../../src/cargo/manifest/manifestGraph.ts";
import { withTargets } from "../../../../src/cargo/manifest/targetNodes.ts";
import { memoryFiles, packageManifest } from "../memoryFiles.ts";

describe("targets beside the library", () => {
  it("are those of tables and of the folders that cargo looks into", () => {
    const rest = [
      '[dev-dependencies]\nfidius = "0.5"',
      '[[example]]\nname = "shown"\ncrate-type = ["cdylib"]',
      '[[bin]]\nname = "tool"\npath = "tools/tool.rs"',
    ].join("\n");
    const files = memoryFiles({
      "/ws/Cargo.toml": packageManifest("demo", rest),
      "/ws/src/lib.rs": "",
      "/ws/src/main.rs": "",
      "/ws/examples/shown.rs": "",
      "/ws/examples/large/main.rs": "",
      "/ws/tests/whole.rs": "",
      "/ws/tools/tool.rs": "",
    });
    const { graph } = readManifestGraph(["/ws"], files);
    const found = [...withTargets(graph, files, () => true).crates.values()];
    assert.deepEqual(
      found.map(({ id, rootFile, info }) => [id, rootFile, info.crateTypes.join()]).sort(),
      [
        ["/ws/Cargo.toml#bin:demo", "/ws/src/main.rs", "bin"],
        ["/ws/Cargo.toml#bin:tool", "/ws/tools/tool.rs", "bin"],
        ["/ws/Cargo.toml#example:large", "/ws/examples/large/main.rs", "bin"],
        ["/ws/Cargo.toml#example:shown", "/ws/examples/shown.rs", "cdylib"],
        ["/ws/Cargo.toml#test:whole", "/ws/tests/whole.rs", "bin"],
        ["/ws/Cargo.toml", "/ws/src/lib.rs", "lib"],
      ],
    );
    const example = found.find(({ info }) => info.target?.name === "shown");
    assert.deepEqual(
      example?.dependencies.map(({ codeName, kind }) => [codeName, kind]),
      [
        ["fidius", "normal"],
        ["demo", "normal"],
      ],
      "an example links dev dependencies and the library",
    );
  });
});
