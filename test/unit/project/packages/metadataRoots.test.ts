// Which workspaces cargo is asked about.

import assert from "node:assert/strict";
import type { CrateGraph } from "../../../../src/model/crateGraph.ts";
import { metadataRoots } from "../../../../src/project/packages/metadataRoots.ts";
import { graphOf, type ProjectSource } from "../../rust/inMemoryProject.ts";

/** One package with a dependency, as a library of these crate types. */
function graphWith(dependency: string, crateTypes: readonly string[]): CrateGraph {
  const project: ProjectSource = { demo: { files: {}, dependencies: [dependency] } };
  const { crates } = graphOf(project);
  return {
    crates: new Map(
      [...crates].map(([id, node]) => [id, { ...node, info: { ...node.info, crateTypes } }]),
    ),
  };
}

const roots = (dependency: string, crateTypes: readonly string[], lock?: string): number =>
  metadataRoots(graphWith(dependency, crateTypes), (file) =>
    file === "/ws/Cargo.lock" ? lock : assert.fail(file),
  ).length;

const locked = (name: string): string => `[[package]]\nname = "${name}"\nversion = "0.5.9"\n`;

describe("the workspaces that cargo is asked about", () => {
  it("are those whose packages name Fidius, whatever they make", () => {
    assert.equal(roots("fidius", ["lib"]), 1);
    assert.equal(roots("fidius-core", ["cdylib"]), 1);
  });

  it("are those whose dynamic libraries may link Fidius through others: the lock file tells, if there is one", () => {
    assert.equal(roots("kit", ["cdylib"], locked("fidius-core")), 1);
    assert.equal(roots("kit", ["cdylib"]), 1);
    assert.equal(roots("kit", ["cdylib"], locked("serde")), 0);
  });

  it("are no others", () => {
    assert.equal(roots("kit", ["lib"]), 0);
  });
});
