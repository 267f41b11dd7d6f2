// Whose work ships: the notices name every package that a bundle has something of, and a licence that nobody allowed ends the build.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bundles } from "../../../scripts/bundles.mjs";
import {
  licenceProblems,
  listedPackages,
  noticesText,
  thirdParties,
} from "../../../scripts/thirdPartyNotices.mjs";
import { root } from "../../../scripts/run.mjs";

/** What esbuild tells of a bundle made of these files. */
function madeOf(...inputs: string[]): Pick<esbuild.Metafile, "outputs"> {
  const files = inputs.map((input) => [input, { bytesInOutput: 1 }] as const);
  return {
    outputs: {
      "dist/some.cjs": {
        bytes: 1,
        inputs: Object.fromEntries<{ bytesInOutput: number }>(files),
        imports: [],
        exports: [],
      },
    },
  };
}

describe("third-party notices", () => {
  it("list every package of every bundle, koffi and the icons, each with its licence's text, and no other", async () => {
    const built = await Promise.all(
      bundles(false).map((options) => esbuild.build({ ...options, write: false })),
    );
    const packages = thirdParties(built.map(({ metafile }) => metafile));
    assert.deepEqual(licenceProblems(packages), []);
    const text = noticesText(packages);
    // The source maps are esbuild's other word on what a bundle is made of.
    const mapped = new Set<string>();
    for (const { outputFiles } of built) {
      for (const map of outputFiles.filter(({ path }) => path.endsWith(".map"))) {
        const { sources } = JSON.parse(map.text) as { sources: string[] };
        for (const source of sources) {
          const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/u.exec(source);
          if (name?.[1] !== undefined) {
            mapped.add(name[1]);
          }
        }
      }
    }
    assert.ok(mapped.has("preact") && mapped.has("vscode-languageclient"));
    const listed = listedPackages(text);
    const names = listed.map((line) => line.slice(0, line.lastIndexOf(" ")));
    const copied = names.filter((name) =>
      /^(?:koffi|@koromix\/koffi-.*|@vscode\/codicons)$/u.test(name),
    );
    assert.equal(copied.length, 3);
    assert.deepEqual(
      [...mapped].filter((name) => !names.includes(name)),
      [],
    );
    // A package whose code comes down to nothing may be in no map, but esbuild names it.
    const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    assert.deepEqual(
      names.filter(
        (name) =>
          !copied.includes(name) &&
          !inputs.some((input) => input.includes(`node_modules/${name}/`)),
      ),
      [],
    );
    const preact = readFileSync(join(root, "node_modules/preact/LICENSE"), "utf8").trim();
    assert.ok(text.includes(preact));
  });

  it("read back as they were written, whatever stands in a licence", () => {
    const [first, second] = thirdParties([madeOf("node_modules/preact/a.js")]);
    assert.ok(first !== undefined && second !== undefined);
    const ruled = { ...first, text: `${"=".repeat(71)}\nname 1.0.0\n` };
    assert.deepEqual(listedPackages(noticesText([ruled, second])), [
      `${first.name} ${first.version}`,
      `${second.name} ${second.version}`,
    ]);
  });

  it("a package under a licence that is not on the list, or without one, is not shipped", () => {
    // A tool of the tests is under Python's licence.
    const [problem, ...others] = licenceProblems(
      thirdParties([madeOf("node_modules/argparse/argparse.js")]),
    );
    assert.match(
      problem ?? "",
      /^argparse [\d.]+ is under [\w.-]*(?:PSF|Python)[\w.-]*, which is not on the list/u,
    );
    assert.deepEqual(others, []);
    const icons = { name: "icons", version: "1.0.0", licence: "CC-BY-4.0", text: "…" };
    assert.match(licenceProblems([icons])[0] ?? "", /^icons 1\.0\.0 is under CC-BY-4\.0/u);
    assert.match(
      licenceProblems([{ ...icons, licence: "" }])[0] ?? "",
      /^icons 1\.0\.0 names no licence/u,
    );
    assert.match(
      licenceProblems([{ ...icons, licence: "MIT", text: "" }])[0] ?? "",
      /has no licence file/u,
    );
  });
});
