// The table of tokio's features against tokio itself: with exactly the features that the table names every path compiles,
// without any feature none does that the table says needs one.

import assert from "node:assert/strict";
import { tokioFeaturesFor } from "../../src/project/asyncRules/tokioFeatures.ts";
import { tokioPaths } from "./tokioPaths.ts";
import { type GeneratedPackage, type GeneratedWorkspace, writeWorkspace } from "./workspace.ts";

type TokioPath = (typeof tokioPaths)[number];

function packageOf(
  name: string,
  features: readonly string[],
  paths: readonly TokioPath[],
): GeneratedPackage {
  const list = features.map((feature) => `"${feature}"`).join(", ");
  return {
    name,
    manifest: `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\ntokio = { version = "1", default-features = false, features = [${list}] }\n`,
    source: `#![allow(unused_imports)]\n${paths
      .map(([path], index) => `mod path${index} {\n    use ${path.replace("!", "")} as _Path;\n}`)
      .join("\n")}\n`,
  };
}

const setName = (features: readonly string[]): string =>
  ["tokio_with", ...features].join("_").replaceAll("-", "_");

const sets = new Map(tokioPaths.map(([, features]) => [setName(features), features]));

describe("what tokio's paths need, by the compiler", function () {
  this.timeout(300_000);

  let workspace: GeneratedWorkspace;

  before(() => {
    workspace = writeWorkspace("tokio", [
      ...[...sets].map(([name, features]) =>
        packageOf(
          name,
          features,
          tokioPaths.filter(([, needed]) => setName(needed) === name),
        ),
      ),
      packageOf(
        "tokio_refuses",
        [],
        tokioPaths.filter(([, needed]) => needed.length > 0),
      ),
    ]);
  });

  it("is what the table says", () => {
    for (const [text, features] of tokioPaths) {
      const path = text.replace("!", "").split("::");
      assert.deepEqual(tokioFeaturesFor({ path, isMacro: text.endsWith("!") }), features, text);
    }
  });

  for (const [name, features] of sets) {
    it(`compiles with ${features.length === 0 ? "no feature" : features.join(" and ")}`, async () => {
      const verdict = await workspace.check(name);
      assert.ok(verdict.compiles, verdict.output);
    });
  }

  it("does not compile without", async () => {
    const verdict = await workspace.check("tokio_refuses");
    const missing = tokioPaths.filter(([, needed]) => needed.length > 0).map(([path]) => path);
    const refused = missing.filter((path) =>
      verdict.output.includes(`use ${path.replace("!", "")} as _Path;`),
    );
    assert.deepEqual(refused, missing);
  });
});
